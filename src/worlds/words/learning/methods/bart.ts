import { drawIndex } from '../../../../core/discrete/draw.ts';
import { crossEntropy } from '../../../../core/losses/crossEntropy.ts';
import type { Rng } from '../../../../core/types.ts';
import { drawSentence, L, LANGUAGE, MASK, SYMBOLS, V } from '../../../../core/words/language.ts';
import { observedLikelihood } from '../../../../core/words/likelihood.ts';
import { posterior } from '../../../../core/words/posterior.ts';
import type { Method, Net, Process, SampleRun, Trajectory } from './method.ts';
import { drawIndependently, IMPOSSIBLE, sharpened, softmax, writeOneHot } from './shared.ts';

const K = SYMBOLS.length;
const SPAN_MEAN = 3;

/** p(s) of the length of a span that begins at i: Poisson(3), at most the words that are left. */
export function spanLengths(i: number): Float64Array {
  const weights = new Float64Array(L - i + 1);
  let value = Math.exp(-SPAN_MEAN);
  for (let s = 0; s < weights.length; s++) {
    weights[s] = value;
    value *= SPAN_MEAN / (s + 1);
  }
  return weights;
}

/** The span of s words from i, as one [M]; what follows moves up. */
export function collapsed(x0: Int32Array, i: number, s: number): Int32Array {
  const out = new Int32Array(L);
  out.set([...x0.subarray(0, i), MASK, ...x0.subarray(i + s)].slice(0, L));
  return out;
}

/** Whether a sentence can have had its span there, of some length. */
export const canBeFilled = (seen: Int32Array): boolean => fillingsOf(seen).some(({ weight }) => weight > 0);

function fillings(seen: Int32Array) {
  const parts = fillingsOf(seen);
  if (parts.some(({ weight }) => weight > 0)) return parts;
  return [{ weight: 1, found: posterior(LANGUAGE, new Float64Array(L * V).fill(1)) }];
}

/** For each length that a collapsed span may have had: its weight, and the posterior given it. */
function fillingsOf(seen: Int32Array) {
  const i = seen.indexOf(MASK);
  return Array.from(spanLengths(i), (p, s) => {
    const filled = new Int32Array(L);
    filled.set(
      [...seen.subarray(0, i), ...new Array<number>(s).fill(MASK), ...seen.subarray(i + 1)].slice(0, L),
    );
    const found = posterior(LANGUAGE, observedLikelihood(filled));
    return { weight: p * Math.exp(found.logEvidence), found };
  });
}

/**
 * p(x_0 | a sentence with one span collapsed), [L][V]: a mixture over the lengths that the span may have had; that of the language alone where
 * no sentence can have become it, as a factorised sampler may reach.
 */
export function collapsedPosterior(seen: Int32Array): Float64Array {
  const parts = fillings(seen);
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  const out = new Float64Array(L * V);
  for (const { weight, found } of parts)
    for (let k = 0; k < out.length; k++) out[k]! += (weight / total) * found.marginals[k]!;
  return out;
}

function collapsedSample(seen: Int32Array, rng: Rng): Int32Array {
  const parts = fillings(seen);
  return parts[
    drawIndex(
      parts.map(({ weight }) => weight),
      rng,
    )
  ]!.found.sample(rng);
}

/** A sentence of which some span, perhaps empty, is one [M]. */
function withSpanHidden(x0: Int32Array, rng: Pick<Rng, 'uniform'>): Int32Array {
  const i = Math.floor(rng.uniform() * L);
  return collapsed(x0, i, drawIndex(spanLengths(i), rng));
}

const encode = (states: readonly Int32Array[]): Float32Array => {
  const inputs = new Float32Array(states.length * L * K);
  states.forEach((state, n) => {
    writeOneHot(state, K, inputs, n * L * K);
  });
  return inputs;
};

const probabilities = (net: Net, states: readonly Int32Array[]) =>
  softmax(net.evaluate(encode(states), states.length));

function createBart(): Process {
  return {
    inputs: L * K,
    outputs: L * V,
    mostSteps: 100,
    batch(n, rng) {
      const sentences = Array.from({ length: n }, () => drawSentence(rng));
      const labels = sentences.flatMap((x0) => [...x0]);
      return {
        inputs: encode(sentences.map((x0) => withSpanHidden(x0, rng))),
        slopes: (outputs, into) => crossEntropy(outputs, { n, groups: L, size: V }, labels, null, into),
      };
    },
    forward(sentences, rng) {
      const hidden = sentences.map((x0) => withSpanHidden(x0, rng));
      return { times: [0, 1], frames: [[...sentences], hidden], nfe: 0 };
    },
    sample: infillAgain,
    posterior({ sequence, denoiser, net }) {
      if (denoiser === 'learned') return probabilities(net, [sequence]);
      if (!canBeFilled(sequence)) throw new RangeError(IMPOSSIBLE);
      return collapsedPosterior(sequence);
    },
    bound: null,
    transition: null,
  };
}

/** Begins with nothing but [M], and then hides a span of its own answer and fills it again. */
function* infillAgain({
  n,
  denoiser,
  net,
  rng,
  settings,
  steps,
  fixed,
}: SampleRun): Generator<void, Trajectory> {
  const rounds = steps ?? settings.steps;
  const nothing = collapsed(new Int32Array(L), 0, 0);
  let hidden: Int32Array[] = Array.from({ length: n }, () => fixed?.slice() ?? nothing.slice());
  const frames = [hidden];
  for (let k = 0; k < rounds; k++) {
    // A lone [M] at the start says nothing of a sentence, as one would that came of hiding it.
    const isBegun = k > 0 || fixed !== undefined;
    const filled = denoiser === 'exact' && !isBegun ? hidden.map(() => drawSentence(rng)) : fill(hidden);
    frames.push(filled);
    yield;
    if (k + 1 === rounds || fixed) break;
    hidden = filled.map((sentence) => withSpanHidden(sentence, rng));
    frames.push(hidden);
  }
  return { times: frames.map((_, k) => 1 - k / (frames.length - 1)), frames, nfe: rounds };

  function fill(seen: readonly Int32Array[]): Int32Array[] {
    const p =
      denoiser === 'learned'
        ? probabilities(net, seen)
        : Float64Array.from(seen.flatMap((one) => [...collapsedPosterior(one)]));
    if (denoiser === 'exact') return seen.map((one) => collapsedSample(one, rng));
    const drawn = drawIndependently(sharpened(p, settings.temperature, settings.topP), n, rng);
    return drawn.map((words, k) => {
      const before = seen[k]!.subarray(0, seen[k]!.indexOf(MASK));
      words.set(before);
      return words;
    });
  }
}

export const bart: Method = createBart;
