import { crossEntropy, NO_LABEL } from '../../../../core/losses/crossEntropy.ts';
import type { Rng } from '../../../../core/types.ts';
import { drawSentence, L, LANGUAGE, MASK, V } from '../../../../core/words/language.ts';
import {
  gaussianLikelihood,
  observedLikelihood,
  simplexEmbeddings,
} from '../../../../core/words/likelihood.ts';
import { posterior } from '../../../../core/words/posterior.ts';
import type { WordsSettings } from '../../settings.ts';
import { cosineNoise } from './gaussian.ts';
import type { Guidance, Method, Process, SampleRun, Trajectory } from './method.ts';
import { knowing, mostProbable, predict, sharpened, softmax, TIME_FEATURES, writeTime } from './shared.ts';

/** λ of the modular control at a scale of 1. */
const LAMBDA = 20;
/** Below which a word’s probability does not count. */
const LEAST_SHARE = 1e-6;

/** A sentence of which the blocks before `start` are known, and the one from there is under noise. */
interface BlockState {
  readonly words: Int32Array;
  readonly start: number;
  /** w̃_t of the block's positions, [B][V]. */
  readonly noisy: Float64Array;
  /** Share of the noise, 0…1. */
  readonly share: number;
}

/** SSD-LM (Han et al. 2022): words are corners of a simplex, w̃_0 = K(2·onehot − 1), and the loss is cross-entropy. */
function createSsdLm(settings: WordsSettings): Process {
  const B = Number(settings.block);
  const { simplex: K } = settings;
  const blocks = L / B;
  const corners = simplexEmbeddings(K);
  const inputsOf = L * V + TIME_FEATURES + blocks;

  const noisedBlock = (words: Int32Array, start: number, share: number, rng: Rng): BlockState => {
    const { alpha, sigma } = cosineNoise(share);
    const noisy = new Float64Array(B * V);
    for (let i = 0; i < B; i++) {
      const corner = words[start + i]! * V;
      for (let v = 0; v < V; v++) noisy[i * V + v] = alpha * corners[corner + v]! + sigma * K * rng.normal();
    }
    return { words, start, noisy, share };
  };
  /** Before the block the words, in it what is noisy, beyond it nothing. */
  const encode = (states: readonly BlockState[]): Float32Array => {
    const inputs = new Float32Array(states.length * inputsOf);
    states.forEach(({ words, start, noisy, share }, n) => {
      const at = n * inputsOf;
      for (let i = 0; i < start; i++)
        for (let v = 0; v < V; v++) inputs[at + i * V + v] = corners[words[i]! * V + v]! / K;
      inputs.set(settings.softmaxInput ? softmax(noisy) : noisy.map((value) => value / K), at + start * V);
      writeTime(share, inputs, at + L * V);
      inputs[at + L * V + TIME_FEATURES + start / B] = 1;
    });
    return inputs;
  };
  const like = ({ words, start, noisy, share }: BlockState): Float64Array => {
    const { alpha, sigma } = cosineNoise(share);
    const all = observedLikelihood(words.map((word, i) => (i < start ? word : MASK)));
    const full = new Float64Array(L * V);
    full.set(noisy, start * V);
    const block = gaussianLikelihood(full, corners, alpha, sigma * K);
    all.set(block.subarray(start * V, (start + B) * V), start * V);
    return all;
  };

  return {
    inputs: inputsOf,
    outputs: L * V,
    mostSteps: 200,
    batch(n, rng) {
      const labels = new Int32Array(n * L).fill(NO_LABEL);
      const states = Array.from({ length: n }, (_, k) => {
        const words = drawSentence(rng);
        const start = B * Math.floor(rng.uniform() * blocks);
        labels.set(words.subarray(start, start + B), k * L + start);
        return noisedBlock(words, start, rng.uniform(), rng);
      });
      return {
        inputs: encode(states),
        slopes: (outputs, into) => crossEntropy(outputs, { n, groups: L, size: V }, labels, null, into),
      };
    },
    reading: {
      inputs: L * V,
      moves: false,
      batch(n, rng) {
        const inputs = new Float32Array(n * L * V);
        const sentences = Array.from({ length: n }, (_, k) => {
          const sentence = drawSentence(rng);
          // Clean words, as many blocks as there may be by the time that it is asked.
          const end = B * (1 + Math.floor(rng.uniform() * blocks));
          for (let i = 0; i < end; i++) inputs[(k * L + i) * V + sentence[i]!] = 1;
          return sentence;
        });
        return { inputs, sentences };
      },
    },
    forward(sentences, rng) {
      const steps = 24;
      const start = L - B;
      const frames = Array.from({ length: steps + 1 }, (_, k) =>
        k === 0
          ? [...sentences]
          : sentences.map((words) => {
              const { noisy } = noisedBlock(words, start, k / steps, rng);
              return withBlock(words, start, nearest(noisy), B);
            }),
      );
      return { times: frames.map((_, k) => k / steps), frames, nfe: 0 };
    },
    sample: (run) => decode(run, settings, { corners, encode, like }),
    posterior({ sequence, t, denoiser, net }) {
      const start = B * Math.floor(Math.max(0, sequence.indexOf(MASK)) / B);
      const { alpha } = cosineNoise(t);
      const noisy = Float64Array.from({ length: B * V }, (_, k) => {
        const word = sequence[start + Math.floor(k / V)]!;
        return word === MASK ? 0 : alpha * corners[word * V + (k % V)]!;
      });
      const state = { words: sequence, start, noisy, share: t };
      return predict(denoiser, net, [state], encode, like, { refuses: true }).p;
    },
    bound: null,
    transition: null,
  };
}

/** The words whose corners of the simplex a noisy block is nearest to. */
function nearest(block: Float64Array): Int32Array {
  const all = new Float64Array(L * V);
  all.set(block);
  return mostProbable(all, 1)[0]!;
}

function withBlock(words: Int32Array, start: number, block: ArrayLike<number>, B: number): Int32Array {
  const out = words.slice();
  for (let i = 0; i < B; i++) out[start + i] = block[i]!;
  return out;
}

/** Source, Algorithm 2: block after block; in each, logits are projected to the simplex and noised again. */
function* decode(
  { n, denoiser, net, rng, settings, steps: asked, fixed, guidance = null }: SampleRun,
  { block, simplex: K }: WordsSettings,
  process: {
    corners: Float64Array;
    encode: (states: readonly BlockState[]) => Float32Array;
    like: (state: BlockState) => Float64Array;
  },
): Generator<void, Trajectory> {
  const B = Number(block);
  const steps = asked ?? settings.steps;
  const { projection, temperature, topP } = settings;
  let words: Int32Array[] = Array.from({ length: n }, () => new Int32Array(L).fill(MASK));
  const keepFixed = (said: Int32Array) =>
    fixed ? said.map((word, i) => (fixed[i] === MASK || said[i] === MASK ? word : fixed[i]!)) : said;
  const frames: Int32Array[][] = [];
  const like = (state: BlockState) => knowing(fixed, process.like(state));
  for (let start = 0; start < L; start += B) {
    let noisy = words.map(() => Float64Array.from({ length: B * V }, () => K * rng.normal()));
    /** What is seen on the way: the noisy block, as its nearest words. */
    const seen = () => words.map((known, m) => keepFixed(withBlock(known, start, nearest(noisy[m]!), B)));
    if (start === 0) frames.push(seen());
    for (let k = 0; k < steps; k++) {
      const share = 1 - k / steps;
      const states = words.map((known, m) => ({ words: known, start, noisy: noisy[m]!, share }));
      const { p, draw } = predict(denoiser, net, states, process.encode, like, {
        shaped: (raw) => sharpened(raw, temperature, topP),
        ...(guidance && {
          automaton: guidance.automaton,
          led: (logits: Float32Array) =>
            guidance.way === 'exact'
              ? ledByAutomaton(logits, states.map(like), guidance)
              : ledByClassifiers(logits, states, B, guidance),
        }),
      });
      const chosen = projection === 'greedy' && denoiser !== 'exact' ? mostProbable(p, n) : draw(rng);
      words = words.map((known, m) => keepFixed(withBlock(known, start, chosen[m]!.subarray(start), B)));
      const { alpha, sigma } = cosineNoise(1 - (k + 1) / steps);
      const hot = projection === 'multi-hot' && denoiser !== 'exact';
      noisy = words.map((known, m) => {
        const next = new Float64Array(B * V);
        for (let i = start; i < start + B; i++) {
          for (let v = 0; v < V; v++) {
            const isIn = hot ? p[(m * L + i) * V + v]! > 1 / V : known[i] === v;
            next[(i - start) * V + v] = alpha * (isIn ? K : -K) + sigma * K * rng.normal();
          }
        }
        return next;
      });
      frames.push(k + 1 < steps ? seen() : words);
      yield;
    }
  }
  const nfe = (steps * L) / B;
  return { times: frames.map((_, k) => 1 - k / nfe), frames, nfe };
}

/** SSD-LM’s modular control: each logit of the block goes λ∇ ln p_φ(y | words) further, by classifiers that know clean words alone. */
function ledByClassifiers(
  logits: Float32Array,
  states: readonly BlockState[],
  B: number,
  { scale, slopes }: Guidance,
): Float32Array {
  const p = softmax(logits);
  const inputs = new Float32Array(logits.length);
  states.forEach(({ words, start }, m) => {
    for (let i = 0; i < start; i++) inputs[(m * L + i) * V + words[i]!] = 1;
    inputs.set(p.subarray((m * L + start) * V, (m * L + start + B) * V), (m * L + start) * V);
  });
  const ofClass = slopes(inputs, states.length);
  const out = logits.slice();
  states.forEach(({ start }, m) => {
    for (let i = start; i < start + B; i++) {
      const at = (m * L + i) * V;
      let mean = 0;
      for (let v = 0; v < V; v++) mean += p[at + v]! * ofClass[at + v]!;
      for (let v = 0; v < V; v++) out[at + v]! += LAMBDA * scale * p[at + v]! * (ofClass[at + v]! - mean);
    }
  });
  return out;
}

/** Bayes’ rule by the exact p(y | w̃_t): ln p(w_i = v | w̃_t, y) − ln p(w_i = v | w̃_t), added s times to the logits. */
function ledByAutomaton(
  logits: Float32Array,
  likes: readonly Float64Array[],
  { automaton, scale }: Guidance,
): Float32Array {
  const out = logits.slice();
  likes.forEach((like, m) => {
    const given = posterior(automaton, like);
    const free = posterior(LANGUAGE, like);
    if (given.logEvidence === Number.NEGATIVE_INFINITY) return;
    for (let k = 0; k < L * V; k++)
      out[m * L * V + k]! +=
        scale * Math.log((given.marginals[k]! + LEAST_SHARE) / (free.marginals[k]! + LEAST_SHARE));
  });
  return out;
}

export const ssdLm: Method = createSsdLm;
