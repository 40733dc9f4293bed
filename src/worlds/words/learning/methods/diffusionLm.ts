import { squaredError } from '../../../../core/losses/crossEntropy.ts';
import type { Rng } from '../../../../core/types.ts';
import { drawSentence, L, LANGUAGE, MASK, V } from '../../../../core/words/language.ts';
import { gaussianLikelihood } from '../../../../core/words/likelihood.ts';
import { type Posterior, posterior } from '../../../../core/words/posterior.ts';
import type { WordsSettings } from '../../settings.ts';
import {
  ancestralDraws,
  ancestralStep,
  createEmbeddingLearner,
  type NoiseAt,
  nearestWords,
  sphereEmbeddings,
  sqrtNoise,
} from './gaussian.ts';
import type { Batch, Guidance, Method, Net, Process, SampleRun, Trajectory } from './method.ts';
import { plugAndPlay } from './plugAndPlay.ts';
import { knowing, softmax, TIME_FEATURES, writeTime } from './shared.ts';

/** How much the rounding term −log softmax(x_0·EMBᵀ) counts beside the squares. */
const ROUNDING = 0.05;

/** A sentence as points, x [L][d], at a share of the noise. */
interface Noisy {
  readonly x: Float64Array;
  readonly share: number;
}

/** Diffusion-LM (Li et al. 2022): words are points of ℝᵈ, x_0 = EMB(w), and Gaussian noise with the sqrt schedule. */
function createDiffusionLm(settings: WordsSettings, rng: Rng): Process {
  const { dimension: d, predicts } = settings;
  const embeddings = sphereEmbeddings(d, rng.fork('embeddings'));
  const learnEmbeddings = createEmbeddingLearner(embeddings, d);
  const inputs = L * d + TIME_FEATURES;
  const pointsOf = (sentence: ArrayLike<number>) => embed(sentence, embeddings, d);
  const encode = (states: readonly Noisy[]): Float32Array => {
    const out = new Float32Array(states.length * inputs);
    states.forEach(({ x, share }, n) => {
      out.set(x, n * inputs);
      writeTime(share, out, n * inputs + L * d);
    });
    return out;
  };
  /** x̂_0 of the network, [L][d] for each. */
  const learnedX0 = (net: Net, states: readonly Noisy[]): Float64Array[] => {
    const answers = net.evaluate(encode(states), states.length);
    return states.map(({ x, share }, n) => {
      const answer = answers.subarray(n * L * d, (n + 1) * L * d);
      if (predicts === 'x0') return Float64Array.from(answer);
      const { alpha, sigma } = sqrtNoise(share);
      return x.map((value, k) => (value - sigma * answer[k]!) / alpha);
    });
  };

  /** Fresh sentences under noise of a share drawn evenly. */
  function noised(n: number, random: Rng) {
    const sentences = Array.from({ length: n }, () => drawSentence(random));
    const noise: NoiseAt[] = [];
    const epsilon = new Float32Array(n * L * d);
    const clean = new Float32Array(n * L * d);
    const states = sentences.map((sentence, k) => {
      const share = random.uniform();
      const { alpha, sigma } = sqrtNoise(share);
      noise.push({ alpha, sigma });
      const x0 = pointsOf(sentence);
      clean.set(x0, k * L * d);
      const x = x0.map((value, j) => {
        const e = random.normal();
        epsilon[k * L * d + j] = e;
        return alpha * value + sigma * e;
      });
      return { x, share };
    });
    return { sentences, noise, epsilon, clean, states };
  }

  function batch(n: number, random: Rng): Batch {
    const { sentences, noise, epsilon, clean, states } = noised(n, random);
    const targets = predicts === 'x0' ? clean : epsilon;
    const fromTarget = new Float32Array(n * L * d);
    return {
      inputs: encode(states),
      slopes(outputs, into) {
        const loss = squaredError(outputs, targets, into);
        for (let k = 0; k < into.length; k++) fromTarget[k] = predicts === 'x0' ? -into[k]! : 0;
        return loss;
      },
      ...(settings.learnedEmbeddings && {
        learnInputs(inputSlopes: Float32Array, rate: number) {
          const gradient = roundingGradient(sentences, embeddings, d);
          sentences.forEach((sentence, k) => {
            for (let i = 0; i < L; i++)
              for (let j = 0; j < d; j++)
                gradient[sentence[i]! * d + j]! +=
                  fromTarget[(k * L + i) * d + j]! + noise[k]!.alpha * inputSlopes[k * inputs + i * d + j]!;
          });
          learnEmbeddings(gradient, rate);
        },
      }),
    };
  }

  /** p(w_i | x) where x̂_0 is rounded: softmax over the words of −‖x̂_0 − EMB‖²/2s², s the noise that is left in it. */
  const rounded = (x0: Float64Array): Float64Array => gaussianWords(x0, embeddings);
  const posteriorOf = ({ x, share }: Noisy, automaton = LANGUAGE, fixed?: Int32Array): Posterior => {
    const { alpha, sigma } = sqrtNoise(share);
    return posterior(automaton, knowing(fixed, gaussianLikelihood(x, embeddings, alpha, sigma)));
  };

  return {
    inputs,
    outputs: L * d,
    mostSteps: 500,
    batch,
    embeddings,
    reading: {
      inputs,
      moves: settings.learnedEmbeddings,
      batch(n, random) {
        const { sentences, states } = noised(n, random);
        return { sentences, inputs: encode(states) };
      },
    },
    forward(sentences, random) {
      const steps = 24;
      const clouds = sentences.map((sentence) => ({
        x0: pointsOf(sentence),
        e: Float64Array.from({ length: L * d }, () => random.normal()),
      }));
      const at = (k: number) => {
        const { alpha, sigma } = sqrtNoise(k / steps);
        return clouds.map(({ x0, e }) => x0.map((value, j) => alpha * value + sigma * e[j]!));
      };
      const frames = Array.from({ length: steps + 1 }, (_, k) =>
        k === 0 ? clouds.map(({ x0 }) => x0) : at(k),
      );
      return {
        times: frames.map((_, k) => k / steps),
        frames: frames.map((xs) => xs.map((x) => nearestWords(x, embeddings, d))),
        nfe: 0,
        ...planeOf(frames, d),
      };
    },
    *sample(run: SampleRun): Generator<void, Trajectory> {
      const { n, rng: random, denoiser, net, fixed, guidance = null } = run;
      const { clamp } = run.settings;
      const steps = run.steps ?? run.settings.steps;
      const automaton = guidance?.automaton ?? LANGUAGE;
      let xs: Float64Array[] = Array.from({ length: n }, () =>
        Float64Array.from({ length: L * d }, () => random.normal()),
      );
      const frames: Int32Array[][] = [];
      const clouds: Float64Array[][] = [];
      const rounding: number[] = [];
      for (let k = 0; k < steps; k++) {
        const share = 1 - k / steps;
        const states = xs.map((x) => ({ x, share }));
        const recorded = xs.slice(0, MOST_RECORDED);
        frames.push(recorded.map((x) => nearestWords(x, embeddings, d)));
        clouds.push(recorded);
        let x0s = estimates(states);
        rounding.push(meanRounding(x0s, embeddings, d));
        if (clamp) x0s = x0s.map((x0) => pointsOf(nearestWords(x0, embeddings, d)));
        if (fixed) x0s = x0s.map((x0) => keepFixed(x0, pointsOf, fixed, d));
        xs = next(x0s, k);
        yield;
      }
      frames.push(xs.map((x) => nearestWords(x, embeddings, d)));
      clouds.push(xs.slice(0, MOST_RECORDED));
      return {
        times: frames.map((_, k) => 1 - k / Math.max(1, frames.length - 1)),
        frames,
        nfe: steps,
        rounding,
        ...planeOf(clouds, d),
      };

      function estimates(states: readonly Noisy[]): Float64Array[] {
        if (denoiser === 'learned') {
          const x0s = learnedX0(net, states);
          return guidance?.way === 'exact' ? led(x0s, states, guidance) : x0s;
        }
        const found = states.map((state) => posteriorOf(state, automaton, fixed));
        if (denoiser === 'exact') return found.map((one) => pointsOf(one.sample(random)));
        return found.map(({ marginals }) => meanPoint(marginals, embeddings, d));
      }

      /** Guidance by the exact classifier: x̂_0 + s·σ²/α ∇ ln p(y | x_t), whose gradient is α/σ²·(E[x_0 | x_t, y] − E[x_0 | x_t]). */
      function led(x0s: Float64Array[], states: readonly Noisy[], { scale }: Guidance): Float64Array[] {
        return x0s.map((x0, m) => {
          const given = posteriorOf(states[m]!, automaton, fixed);
          if (given.logEvidence === Number.NEGATIVE_INFINITY) return x0;
          const towards = meanPoint(given.marginals, embeddings, d);
          const from = meanPoint(posteriorOf(states[m]!, LANGUAGE, fixed).marginals, embeddings, d);
          return x0.map((value, j) => value + scale * (towards[j]! - from[j]!));
        });
      }

      function next(x0s: Float64Array[], k: number): Float64Array[] {
        if (denoiser !== 'learned' || guidance?.way !== 'learned' || k + 1 === steps)
          return ancestralDraws(xs, x0s, k, steps, random);
        const share = 1 - (k + 1) / steps;
        const read = (points: readonly Float64Array[]) => encode(points.map((x) => ({ x, share })));
        return plugAndPlay(ancestralStep(xs, x0s, k, steps), guidance, read, random);
      }
    },
    posterior({ sequence, t, denoiser, net }) {
      const { alpha } = sqrtNoise(t);
      const state = { x: pointsOf(sequence).map((value) => alpha * value), share: t };
      if (denoiser !== 'learned') return maskedPosterior(sequence, state, embeddings);
      return rounded(learnedX0(net, [state])[0]!);
    },
    bound: null,
    transition: null,
  };
}

/** Sentences whose way is kept; of the others, where it ends. */
const MOST_RECORDED = 64;

/** EMB(w) for each word, [L][d]; nothing for [M]. */
export function embed(sentence: ArrayLike<number>, embeddings: Float64Array, d: number): Float64Array {
  const x = new Float64Array(sentence.length * d);
  for (let i = 0; i < sentence.length; i++) {
    const word = sentence[i]!;
    if (word !== MASK) x.set(embeddings.subarray(word * d, (word + 1) * d), i * d);
  }
  return x;
}

/** Σ_v p(v)·EMB(v), [L][d]. */
export function meanPoint(p: Float64Array, embeddings: Float64Array, d: number): Float64Array {
  const x = new Float64Array((p.length / V) * d);
  for (let i = 0; i < p.length / V; i++)
    for (let v = 0; v < V; v++)
      for (let j = 0; j < d; j++) x[i * d + j]! += p[i * V + v]! * embeddings[v * d + j]!;
  return x;
}

/** Distance of each estimate to the word that it is rounded to, on average. */
function meanRounding(x0s: readonly Float64Array[], embeddings: Float64Array, d: number): number {
  let sum = 0;
  for (const x0 of x0s) {
    const nearest = embed(nearestWords(x0, embeddings, d), embeddings, d);
    for (let i = 0; i < L; i++) {
      let squares = 0;
      for (let j = 0; j < d; j++) squares += (x0[i * d + j]! - nearest[i * d + j]!) ** 2;
      sum += Math.sqrt(squares);
    }
  }
  return sum / (x0s.length * L);
}

function keepFixed(
  x0: Float64Array,
  pointsOf: (sentence: Int32Array) => Float64Array,
  fixed: Int32Array,
  d: number,
): Float64Array {
  const known = pointsOf(fixed);
  return x0.map((value, k) => (fixed[Math.floor(k / d)] === MASK ? value : known[k]!));
}

/** softmax of −‖x − EMB(v)‖²/2s² with s = ½, [L][V]. */
export const gaussianWords = (x: Float64Array, embeddings: Float64Array): Float64Array => {
  const weights = gaussianLikelihood(x, embeddings, 1, 0.5);
  for (let at = 0; at < weights.length; at += V) {
    const total = weights.subarray(at, at + V).reduce((sum, value) => sum + value, 0);
    for (let v = 0; v < V; v++) weights[at + v]! /= total;
  }
  return weights;
};

/** Of the points of a sentence, of which those of [M] say nothing. */
function maskedPosterior(sequence: Int32Array, { x, share }: Noisy, embeddings: Float64Array): Float64Array {
  const { alpha, sigma } = sqrtNoise(share);
  const like = gaussianLikelihood(x, embeddings, alpha, sigma);
  for (let i = 0; i < L; i++) if (sequence[i] === MASK) like.fill(1, i * V, (i + 1) * V);
  return posterior(LANGUAGE, like).marginals;
}

/** dL/dEMB of ROUNDING·(−log softmax(EMB(w)·EMBᵀ)_w), the mean over words. */
function roundingGradient(
  sentences: readonly Int32Array[],
  embeddings: Float64Array,
  d: number,
): Float64Array {
  const counts = new Float64Array(V);
  for (const sentence of sentences) for (const word of sentence) counts[word]! += 1 / (sentences.length * L);
  const gradient = new Float64Array(embeddings.length);
  for (let w = 0; w < V; w++) {
    const logits = Float64Array.from({ length: V }, (_, v) => {
      let dot = 0;
      for (let j = 0; j < d; j++) dot += embeddings[w * d + j]! * embeddings[v * d + j]!;
      return dot;
    });
    const p = softmax(logits);
    for (let v = 0; v < V; v++) {
      const slope = ROUNDING * counts[w]! * (p[v]! - (v === w ? 1 : 0));
      for (let j = 0; j < d; j++) {
        gradient[w * d + j]! += slope * embeddings[v * d + j]!;
        gradient[v * d + j]! += slope * embeddings[w * d + j]!;
      }
    }
  }
  return gradient;
}

/** The points of every sentence's second word, where d = 2. */
function planeOf(frames: readonly Float64Array[][], d: number): { plane?: Float32Array[] } {
  if (d !== 2) return {};
  return { plane: frames.map((xs) => Float32Array.from(xs.flatMap((x) => [x[2]!, x[3]!]))) };
}

export const diffusionLm: Method = createDiffusionLm;
