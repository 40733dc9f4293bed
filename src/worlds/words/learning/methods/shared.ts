import { drawIndex } from '../../../../core/discrete/draw.ts';
import { softmaxGroups } from '../../../../core/losses/crossEntropy.ts';
import type { Rng } from '../../../../core/types.ts';
import type { Automaton } from '../../../../core/words/automaton.ts';
import { L, LANGUAGE, MASK, PAD, V } from '../../../../core/words/language.ts';
import { observedLikelihood } from '../../../../core/words/likelihood.ts';
import { type Posterior, posterior } from '../../../../core/words/posterior.ts';
import type { DenoiserId } from '../../../../families/discrete/requests.ts';
import type { Net } from './method.ts';

export const TIME_FEATURES = 16;

/** Waves of the share of noise, 0…1, eight frequencies: into 16 numbers from `at`. */
export function writeTime(share: number, into: Float32Array, at: number): void {
  for (let k = 0; k < TIME_FEATURES / 2; k++) {
    into[at + 2 * k] = Math.sin((Math.PI / 2) * share * 2 ** k);
    into[at + 2 * k + 1] = Math.cos((Math.PI / 2) * share * 2 ** k);
  }
}

/** One of K for each position: into [L][K] from `at`. */
export function writeOneHot(sequence: ArrayLike<number>, K: number, into: Float32Array, at: number): void {
  for (let i = 0; i < L; i++) into[at + i * K + sequence[i]!] = 1;
}

/** Of words that are known. */
export const IMPOSSIBLE = 'No sentence of the language has these words at these places.';

/** p̃(x_0 | state) of a batch, and sentences from it. */
export interface Prediction {
  /** [n][L][V] */
  readonly p: Float64Array;
  /** Whole sentences: of the joint posterior for the exact denoiser, else word by word. */
  draw(rng: Rng): Int32Array[];
}

export interface PredictOptions {
  /** Sharpens the probabilities before words are drawn. */
  readonly shaped?: (p: Float64Array) => Float64Array;
  /** Leads the network's logits, [n][L][V]. */
  readonly led?: (logits: Float32Array) => Float32Array;
  /** The sentences that the exact denoisers know. */
  readonly automaton?: Automaton;
  /** Whether a state that no sentence can have become is refused, as where somebody asks about one of his own. */
  readonly refuses?: boolean;
}

/**
 * @param encode the inputs of the network for these states, [n][inputs]
 * @param like p(state_i | w_i = v), [L][V]
 * @throws RangeError where `refuses`
 */
export function predict<S>(
  denoiser: DenoiserId,
  net: Net,
  states: readonly S[],
  encode: (states: readonly S[]) => Float32Array,
  like: (state: S) => Float64Array,
  { shaped = (p) => p, led = (logits) => logits, automaton = LANGUAGE, refuses = false }: PredictOptions = {},
): Prediction {
  if (denoiser === 'learned') {
    const p = shaped(softmax(led(net.evaluate(encode(states), states.length))));
    return { p, draw: (rng) => drawIndependently(p, states.length, rng) };
  }
  const posteriors = states.map((state) => possiblePosterior(automaton, like(state), refuses));
  const p = new Float64Array(states.length * L * V);
  posteriors.forEach(({ marginals }, k) => {
    p.set(marginals, k * L * V);
  });
  if (denoiser === 'exact') return { p, draw: (rng) => posteriors.map((found) => found.sample(rng)) };
  const chosen = shaped(p);
  return { p: chosen, draw: (rng) => drawIndependently(chosen, states.length, rng) };
}

/**
 * A state that no sentence can have become, as a factorised sampler may reach, tells nothing any more: its posterior is taken
 * as that of the language alone.
 */
function possiblePosterior(automaton: Automaton, like: Float64Array, refuses: boolean): Posterior {
  const found = posterior(automaton, like);
  const isPossible = found.logEvidence > Number.NEGATIVE_INFINITY;
  if (isPossible) return found;
  if (refuses) throw new RangeError(IMPOSSIBLE);
  return posterior(automaton, new Float64Array(L * V).fill(1));
}

export function drawIndependently(p: Float64Array, n: number, rng: Pick<Rng, 'uniform'>): Int32Array[] {
  return Array.from({ length: n }, (_, k) =>
    Int32Array.from({ length: L }, (_unused, i) => drawIndex(p, rng, (k * L + i) * V, V)),
  );
}

/** p^{1/temperature}, and of it the most probable words that together have at least topP. @param p [groups][size] */
export function sharpened(
  p: Float64Array,
  temperature: number,
  topP: number,
  size: number = V,
): Float64Array {
  if (temperature === 1 && topP === 1) return p;
  const out = new Float64Array(p.length);
  for (let at = 0; at < p.length; at += size) {
    const group = Array.from(p.subarray(at, at + size), (value) => value ** (1 / temperature));
    const total = group.reduce((sum, value) => sum + value, 0);
    const ranked = group.map((value, v) => ({ share: value / total, v })).sort((a, b) => b.share - a.share);
    let before = 0;
    for (const { share, v } of ranked) {
      if (before >= topP) break;
      out[at + v] = share;
      before += share;
    }
    for (let v = 0; v < size; v++) out[at + v]! /= before;
  }
  return out;
}

/** The most probable word of each position: [n] of [L]. */
export function mostProbable(p: Float64Array, n: number): Int32Array[] {
  return Array.from({ length: n }, (_, k) =>
    Int32Array.from({ length: L }, (_unused, i) => {
      const at = (k * L + i) * V;
      let best = PAD;
      for (let v = 1; v < V; v++) if (p[at + v]! > p[at + best]!) best = v;
      return best;
    }),
  );
}

/** p̃ of the words from logits, [groups][V]. */
export const softmax = (logits: ArrayLike<number>): Float64Array => softmaxGroups(logits, V);

/** p(x_t, what is fixed | w), [L][V]: a word that is fixed is known, whatever it is under noise. */
export function knowing(fixed: Int32Array | undefined, like: Float64Array): Float64Array {
  if (!fixed) return like;
  const known = observedLikelihood(fixed);
  for (let i = 0; i < L; i++) {
    if (fixed[i] !== MASK) like.set(known.subarray(i * V, (i + 1) * V), i * V);
  }
  return like;
}
