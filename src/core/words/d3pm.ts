import { drawIndex } from '../discrete/draw.ts';
import type { Rng } from '../types.ts';
import { bitsOf } from './automaton.ts';
import { L, LANGUAGE, V } from './language.ts';
import type { WordNoise } from './noise.ts';
import { languageFacts } from './statistics.ts';

/** x_t ~ Cat(x_0 Q̄_t), each position by itself: [L]. */
export function noised(
  noise: WordNoise,
  x0: ArrayLike<number>,
  t: number,
  rng: Pick<Rng, 'uniform'>,
): Int32Array {
  const qbar = noise.upTo(t);
  return Int32Array.from({ length: L }, (_, i) => drawIndex(qbar, rng, x0[i]! * noise.K, noise.K));
}

/**
 * q(x_s = j | x_t, x_0 = v) ∝ Q_{s→t}[j][x_t]·Q̄_s[v][j] for every x_t and v, [K] of [V][K], made once; zero where v cannot
 * have become x_t.
 * @param t 1…T
 * @param s 0…t−1
 */
export function stepPosteriors(noise: WordNoise, t: number, s = t - 1): readonly Float64Array[] {
  let known = tables.get(noise);
  if (!known) {
    known = new Map();
    tables.set(noise, known);
  }
  const key = t * (noise.T + 1) + s;
  let table = known.get(key);
  if (!table) {
    const Q = noise.between(s, t);
    table = Array.from({ length: noise.K }, (_, xt) => posteriorsOf(noise, Q, noise.upTo(s), xt));
    known.set(key, table);
  }
  return table;
}

function posteriorsOf({ K }: WordNoise, Q: Float64Array, before: Float64Array, xt: number): Float64Array {
  const out = new Float64Array(V * K);
  for (let v = 0; v < V; v++) {
    let total = 0;
    for (let j = 0; j < K; j++) {
      const weight = Q[j * K + xt]! * before[v * K + j]!;
      out[v * K + j] = weight;
      total += weight;
    }
    if (total > 0) for (let j = 0; j < K; j++) out[v * K + j]! /= total;
  }
  return out;
}

/** The times of a reverse process in `steps` steps: T, …, 0, as even as whole numbers can be. */
export function evenTimes(T: number, steps: number): number[] {
  return Array.from({ length: steps + 1 }, (_, k) => Math.round((T * (steps - k)) / steps));
}

const tables = new WeakMap<WordNoise, Map<number, Float64Array[]>>();

/**
 * p_θ(x_{t−1} | x_t) = Σ_v q(x_{t−1} | x_t, v)·p̃(v), [K]; the p̃ of words that cannot have become x_t is shared out.
 * @param p p̃(x_0 | x_t) at this position, [V] from `at`
 */
export function reverseStep(
  posteriors: Float64Array,
  p: ArrayLike<number>,
  at: number,
  K: number,
): Float64Array {
  const out = new Float64Array(K);
  let total = 0;
  for (let v = 0; v < V; v++) {
    for (let j = 0; j < K; j++) {
      const weight = posteriors[v * K + j]! * p[at + v]!;
      out[j]! += weight;
      total += weight;
    }
  }
  for (let j = 0; j < K; j++) out[j]! /= total;
  return out;
}

/**
 * A Monte-Carlo estimate of the variational bound, bits a sentence: Σ_t E KL(q(x_{t−1}|x_t,x_0) ‖ p_θ(x_{t−1}|x_t)), and
 * KL(q(x_T|x_0) ‖ prior) at the end. A sentence's own −log₂ p, of which the mean is known, is the control variate.
 * @param predict p̃(x_0 | x_t) for a batch of x_t: [n][L][V]
 * @param sentences true draws
 * @param times of the reverse process, T … 0
 */
export function wordBound(
  noise: WordNoise,
  predict: (xt: readonly Int32Array[], t: number) => Float64Array,
  sentences: readonly Int32Array[],
  rng: Pick<Rng, 'uniform'>,
  times: readonly number[] = evenTimes(noise.T, noise.T),
): { bits: number; error: number; byStep: Float64Array } {
  const costs = Array.from({ length: noise.T + 1 }, () => new Float64Array(sentences.length));
  const add = (step: number, n: number, nats: number) => {
    costs[step]![n]! += nats / Math.LN2;
  };
  for (let k = 0; k + 1 < times.length; k++) {
    const t = times[k]!;
    const s = times[k + 1]!;
    const noisy = sentences.map((x0) => noised(noise, x0, t, rng));
    const p = predict(noisy, t);
    const posteriors = stepPosteriors(noise, t, s);
    sentences.forEach((x0, n) => {
      for (let i = 0; i < L; i++) {
        const table = posteriors[noisy[n]![i]!]!;
        const reverse = reverseStep(table, p, (n * L + i) * V, noise.K);
        add(t - 1, n, divergence(table, x0[i]! * noise.K, reverse));
      }
    });
  }
  const last = noise.upTo(noise.T);
  sentences.forEach((x0, k) => {
    for (const word of x0) add(noise.T, k, divergence(last, word * noise.K, noise.prior));
  });
  return boundOfCosts(costs, sentences);
}

/**
 * The mean cost of sentences by steps, which add up to it. A sentence's own −log₂ p, of which the mean is known, is the control variate: of
 * each step, as far as its costs go with it.
 * @param costs bits of each sentence at each step
 * @param sentences true draws
 */
export function boundOfCosts(
  costs: readonly Float64Array[],
  sentences: readonly ArrayLike<number>[],
): { bits: number; error: number; byStep: Float64Array } {
  const n = sentences.length;
  const meanOf = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / n;
  const totals = Float64Array.from({ length: n }, (_, k) => costs.reduce((sum, cost) => sum + cost[k]!, 0));
  const drawn = Float64Array.from(sentences, (x0) => bitsOf(LANGUAGE, x0));
  const ahead = meanOf(drawn) - languageFacts().entropy;
  const spread = drawn.map((bits) => bits - meanOf(drawn));
  const withDrawn = (values: Float64Array) => meanOf(values.map((value, k) => value * spread[k]!));
  const ofTotal = withDrawn(totals);
  const byStep = Float64Array.from(costs, (cost) => {
    const share = ofTotal === 0 ? 1 / costs.length : withDrawn(cost) / ofTotal;
    return meanOf(cost) - share * ahead;
  });
  return { ...meanWithControl(totals, drawn, languageFacts().entropy), byStep };
}

/** The mean of `values` and its standard error, where `controls`, drawn with them, are known to have the mean `known`. */
export function meanWithControl(
  values: Float64Array,
  controls: Float64Array,
  known: number,
): { bits: number; error: number } {
  const n = values.length;
  const corrected = values.map((value, k) => value - (controls[k]! - known));
  const bits = corrected.reduce((sum, value) => sum + value, 0) / n;
  const variance = corrected.reduce((sum, value) => sum + (value - bits) ** 2, 0) / Math.max(n - 1, 1);
  return { bits, error: Math.sqrt(variance / n) };
}

/** KL(q ‖ p), nats, of q's part that begins `at`. */
function divergence(q: Float64Array, at: number, p: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < p.length; j++) {
    const share = q[at + j]!;
    if (share > 0) sum += share * Math.log(share / p[j]!);
  }
  return sum;
}
