import type { Rng } from '../types.ts';
import { bitsOf } from './automaton.ts';
import { drawIndex } from './draw.ts';
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
 * q(x_{t−1} = j | x_t, x_0 = v) ∝ Q_t[j][x_t]·Q̄_{t−1}[v][j] for every v, [V][K]; zero where v cannot have become x_t.
 * @param t 1…T
 */
export function stepPosterior(noise: WordNoise, xt: number, t: number): Float64Array {
  const { K } = noise;
  const Q = noise.step(t);
  const before = noise.upTo(t - 1);
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

/** All the posteriors of a noise's step, one for each x_t: [K] of [V][K], made once. */
export function stepPosteriors(noise: WordNoise, t: number): readonly Float64Array[] {
  let known = tables.get(noise);
  if (!known) {
    known = new Map();
    tables.set(noise, known);
  }
  let table = known.get(t);
  if (!table) {
    table = Array.from({ length: noise.K }, (_, xt) => stepPosterior(noise, xt, t));
    known.set(t, table);
  }
  return table;
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
 */
export function wordBound(
  noise: WordNoise,
  predict: (xt: readonly Int32Array[], t: number) => Float64Array,
  sentences: readonly Int32Array[],
  rng: Pick<Rng, 'uniform'>,
): { bits: number; error: number; byStep: Float64Array } {
  const n = sentences.length;
  const totals = new Float64Array(n);
  const byStep = new Float64Array(noise.T + 1);
  const add = (step: number, k: number, nats: number) => {
    totals[k]! += nats / Math.LN2;
    byStep[step]! += nats / Math.LN2 / n;
  };
  for (let t = 1; t <= noise.T; t++) {
    const noisy = sentences.map((x0) => noised(noise, x0, t, rng));
    const p = predict(noisy, t);
    const posteriors = stepPosteriors(noise, t);
    sentences.forEach((x0, k) => {
      for (let i = 0; i < L; i++) {
        const table = posteriors[noisy[k]![i]!]!;
        const reverse = reverseStep(table, p, (k * L + i) * V, noise.K);
        add(t - 1, k, divergence(table, x0[i]! * noise.K, reverse));
      }
    });
  }
  const last = noise.upTo(noise.T);
  sentences.forEach((x0, k) => {
    for (const word of x0) add(noise.T, k, divergence(last, word * noise.K, noise.prior));
  });
  const drawn = Float64Array.from(sentences, (x0) => bitsOf(LANGUAGE, x0));
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
