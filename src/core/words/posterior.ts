import { drawIndex } from '../discrete/draw.ts';
import type { Rng } from '../types.ts';
import type { Automaton } from './automaton.ts';

/** What a language says of a sentence of which each position was seen through noise. */
export interface Posterior {
  /** p(w_i = v | seen), [L][V]. */
  readonly marginals: Float64Array;
  /** ln p(seen), nats; −Infinity where the language cannot have said it, and then `marginals` are zero. */
  readonly logEvidence: number;
  /** A whole sentence from p(w | seen): [L]. */
  sample(rng: Pick<Rng, 'uniform'>): Int32Array;
}

/** Arcs as columns, so that the two passes below read plain arrays. */
interface Columns {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly word: Int32Array;
  readonly probability: Float64Array;
}

const columnsOf = new WeakMap<Automaton, Columns>();

/**
 * Forward–backward over the automaton: exact for any noise that corrupts the positions independently.
 * @param like p(seen_i | w_i = v), [L][V], up to a factor for each position, of which the evidence knows nothing
 */
export function posterior(automaton: Automaton, like: Float64Array): Posterior {
  const { words, states } = automaton;
  const length = like.length / words;
  const columns = columnsFor(automaton);
  const { alphas, logEvidence } = forward(automaton, columns, like, length);
  if (logEvidence === Number.NEGATIVE_INFINITY)
    return { marginals: new Float64Array(like.length), logEvidence, sample: impossible };

  const { from, to, word, probability } = columns;
  const marginals = new Float64Array(like.length);
  let betas = automaton.final;
  for (let i = length - 1; i >= 0; i--) {
    const next = new Float64Array(states);
    let total = 0;
    for (let a = 0; a < from.length; a++) {
      const after = probability[a]! * like[i * words + word[a]!]! * betas[to[a]!]!;
      if (after === 0) continue;
      next[from[a]!]! += after;
      const joint = alphas[i * states + from[a]!]! * after;
      marginals[i * words + word[a]!]! += joint;
      total += joint;
    }
    for (let v = 0; v < words; v++) marginals[i * words + v]! /= total;
    let scale = 0;
    for (const value of next) scale = Math.max(scale, value);
    for (let s = 0; s < states; s++) next[s]! /= scale;
    betas = next;
  }
  return {
    marginals,
    logEvidence,
    sample: (rng) => backwardSample(automaton, columns, alphas, like, length, rng),
  };
}

/** α_i(s) ∝ p(seen_0…i−1, state s), each row scaled to sum 1, and the logarithm of what was taken out. */
function forward(
  { states, words, start, final }: Automaton,
  { from, to, word, probability }: Columns,
  like: Float64Array,
  length: number,
): { alphas: Float64Array; logEvidence: number } {
  const alphas = new Float64Array((length + 1) * states);
  alphas[start] = 1;
  let logEvidence = 0;
  for (let i = 0; i < length; i++) {
    const here = i * states;
    const next = here + states;
    let total = 0;
    for (let a = 0; a < from.length; a++) {
      const alpha = alphas[here + from[a]!]!;
      if (alpha === 0) continue;
      const value = alpha * probability[a]! * like[i * words + word[a]!]!;
      alphas[next + to[a]!]! += value;
      total += value;
    }
    if (total === 0) return { alphas, logEvidence: Number.NEGATIVE_INFINITY };
    for (let s = 0; s < states; s++) alphas[next + s]! /= total;
    logEvidence += Math.log(total);
  }
  let ends = 0;
  for (let s = 0; s < states; s++) ends += alphas[length * states + s]! * final[s]!;
  return { alphas, logEvidence: logEvidence + Math.log(ends) };
}

/** Forward-filter–backward-sample: the last state, then at each position the arc that led there. */
function backwardSample(
  { states, words, final }: Automaton,
  { from, to, word, probability }: Columns,
  alphas: Float64Array,
  like: Float64Array,
  length: number,
  rng: Pick<Rng, 'uniform'>,
): Int32Array {
  const sentence = new Int32Array(length);
  const last = Float64Array.from(final, (weight, s) => weight * alphas[length * states + s]!);
  let state = drawIndex(last, rng);
  const weights = new Float64Array(from.length);
  for (let i = length - 1; i >= 0; i--) {
    for (let a = 0; a < from.length; a++) {
      weights[a] =
        to[a] === state ? alphas[i * states + from[a]!]! * probability[a]! * like[i * words + word[a]!]! : 0;
    }
    const arc = drawIndex(weights, rng);
    sentence[i] = word[arc]!;
    state = from[arc]!;
  }
  return sentence;
}

function impossible(): never {
  throw new RangeError('No sentence of the language fits what is fixed here: nothing can be drawn.');
}

function columnsFor(automaton: Automaton): Columns {
  let columns = columnsOf.get(automaton);
  if (!columns) {
    columns = {
      from: Int32Array.from(automaton.arcs, (arc) => arc.from),
      to: Int32Array.from(automaton.arcs, (arc) => arc.to),
      word: Int32Array.from(automaton.arcs, (arc) => arc.word),
      probability: Float64Array.from(automaton.arcs, (arc) => arc.probability),
    };
    columnsOf.set(automaton, columns);
  }
  return columns;
}
