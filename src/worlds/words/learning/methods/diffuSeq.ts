import { drawIndex } from '../../../../core/discrete/draw.ts';
import { crossEntropy, squaredError } from '../../../../core/losses/crossEntropy.ts';
import type { Rng } from '../../../../core/types.ts';
import { leastRisk } from '../../../../core/words/editDistance.ts';
import { drawSentence, L, LANGUAGE, V } from '../../../../core/words/language.ts';
import { gaussianLikelihood } from '../../../../core/words/likelihood.ts';
import { posterior } from '../../../../core/words/posterior.ts';
import { drawTarget, targetPosterior, turnedNumber } from '../../../../core/words/turnNumber.ts';
import type { WordsSettings } from '../../settings.ts';
import { embed, gaussianWords, meanPoint } from './diffusionLm.ts';
import { ancestralDraws, nearestWords, sphereEmbeddings, sqrtNoise } from './gaussian.ts';
import type { Method, Net, Process, SampleRun, Trajectory } from './method.ts';
import { softmax, TIME_FEATURES, writeTime } from './shared.ts';

/** A target sentence under noise, beside its source, which has none. */
interface Pair {
  readonly source: Int32Array;
  readonly x: Float64Array;
  readonly share: number;
}

/** DiffuSeq (Gong et al. 2022) on “turn the subject's number”: partial noise, on the target alone. */
function createDiffuSeq(settings: WordsSettings, rng: Rng): Process {
  const { dimension: d } = settings;
  const embeddings = sphereEmbeddings(d, rng.fork('embeddings'));
  const inputs = 2 * L * d + TIME_FEATURES;
  const encode = (pairs: readonly Pair[]): Float32Array => {
    const out = new Float32Array(pairs.length * inputs);
    pairs.forEach(({ source, x, share }, n) => {
      out.set(embed(source, embeddings, d), n * inputs);
      out.set(x, n * inputs + L * d);
      writeTime(share, out, n * inputs + 2 * L * d);
    });
    return out;
  };
  const learnedX0 = (net: Net, pairs: readonly Pair[]): Float64Array[] => {
    const answers = net.evaluate(encode(pairs), pairs.length);
    const size = answers.length / pairs.length;
    return pairs.map((_, n) => {
      const answer = Float64Array.from(answers.subarray(n * size, (n + 1) * size));
      return settings.crossEntropy ? meanPoint(softmax(answer), embeddings, d) : answer;
    });
  };
  const estimates = ({ denoiser, net, rng: random }: SampleRun, pairs: readonly Pair[]): Float64Array[] => {
    if (denoiser === 'learned') return learnedX0(net, pairs);
    return pairs.map(({ source, x, share }) => {
      const { alpha, sigma } = sqrtNoise(share);
      const targets = turnedNumber(source);
      const weights = targetPosterior(targets, gaussianLikelihood(x, embeddings, alpha, sigma), V);
      if (denoiser === 'exact') return embed(targets[drawIndex(weights, random)]!.sentence, embeddings, d);
      const mean = new Float64Array(L * d);
      targets.forEach(({ sentence }, k) => {
        embed(sentence, embeddings, d).forEach((value, j) => {
          mean[j]! += weights[k]! * value;
        });
      });
      return mean;
    });
  };

  return {
    inputs,
    outputs: settings.crossEntropy ? L * V : L * d,
    mostSteps: 500,
    embeddings,
    batch(n, random) {
      const labels = new Int32Array(n * L);
      const clean = new Float32Array(n * L * d);
      const pairs = Array.from({ length: n }, (_, k) => {
        const source = drawSentence(random);
        const target = drawTarget(turnedNumber(source), random);
        labels.set(target, k * L);
        const x0 = embed(target, embeddings, d);
        clean.set(x0, k * L * d);
        const share = random.uniform();
        const { alpha, sigma } = sqrtNoise(share);
        return { source, x: x0.map((value) => alpha * value + sigma * random.normal()), share };
      });
      return {
        inputs: encode(pairs),
        slopes: (outputs, into) =>
          settings.crossEntropy
            ? crossEntropy(outputs, { n, groups: L, size: V }, labels, null, into)
            : squaredError(outputs, clean, into),
      };
    },
    forward(sentences, random) {
      const steps = 24;
      const targets = sentences.map((source) => drawTarget(turnedNumber(source), random));
      const points = targets.map((target) => embed(target, embeddings, d));
      const noise = points.map((x0) => x0.map(() => random.normal()));
      const frames = Array.from({ length: steps + 1 }, (_, k) => {
        if (k === 0) return targets;
        const { alpha, sigma } = sqrtNoise(k / steps);
        return points.map((x0, n) =>
          nearestWords(
            x0.map((value, j) => alpha * value + sigma * noise[n]![j]!),
            embeddings,
            d,
          ),
        );
      });
      return { times: frames.map((_, k) => k / steps), frames, nfe: 0, beside: sentences };
    },
    *sample(run: SampleRun): Generator<void, Trajectory> {
      const { n, rng: random } = run;
      const { clamp, candidates } = run.settings;
      const steps = run.steps ?? run.settings.steps;
      const sources = run.sources ?? Array.from({ length: n }, () => drawSentence(random));
      /** Candidates of one source stand together. */
      const all = sources.flatMap((source) => new Array<Int32Array>(candidates).fill(source));
      let xs: Float64Array[] = all.map(() => Float64Array.from({ length: L * d }, () => random.normal()));
      const frames: Int32Array[][] = [];
      const wordsOf = () => xs.map((x) => nearestWords(x, embeddings, d));
      const firsts = (words: readonly Int32Array[]) => words.filter((_, k) => k % candidates === 0);
      for (let k = 0; k < steps; k++) {
        frames.push(firsts(wordsOf()));
        const share = 1 - k / steps;
        let x0s = estimates(
          run,
          xs.map((x, m) => ({ source: all[m]!, x, share })),
        );
        if (clamp) x0s = x0s.map((x0) => embed(nearestWords(x0, embeddings, d), embeddings, d));
        xs = ancestralDraws(xs, x0s, k, steps, random);
        yield;
      }
      const answers = wordsOf();
      frames.push(sources.map((_, k) => leastRisk(answers.slice(k * candidates, (k + 1) * candidates))));
      return {
        times: frames.map((_, k) => 1 - k / steps),
        frames,
        nfe: steps * candidates,
        beside: sources,
      };
    },
    posterior({ sequence, t, denoiser, net }) {
      // The sequence is the source, and of its target nothing is known.
      const pair = { source: sequence, x: new Float64Array(L * d), share: Math.max(t, 1e-3) };
      if (denoiser === 'learned') return gaussianWords(learnedX0(net, [pair])[0]!, embeddings);
      const out = new Float64Array(L * V);
      if (posterior(LANGUAGE, oneHot(sequence)).logEvidence === Number.NEGATIVE_INFINITY)
        throw new RangeError('DiffuSeq turns a sentence of the language: give a source that is one.');
      for (const { sentence, probability } of turnedNumber(sequence))
        for (let i = 0; i < L; i++) out[i * V + sentence[i]!]! += probability;
      return out;
    },
    bound: null,
    transition: null,
  };
}

function oneHot(sequence: Int32Array): Float64Array {
  const like = new Float64Array(L * V);
  for (let i = 0; i < L; i++) if (sequence[i]! < V) like[i * V + sequence[i]!] = 1;
  return like;
}

export const diffuSeq: Method = createDiffuSeq;
