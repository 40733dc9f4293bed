import { requireInteger } from '../check.ts';
import type { Rng } from '../types.ts';
import { keptShares } from './betas.ts';

/*
 * Binomial diffusion (Sohl-Dickstein et al. 2015, the key table): q(x_t = 1 | x_{t−1}) = x_{t−1}(1 − β_t) + ½β_t, so that a bit is
 * still what it was with probability (1 + ᾱ_t)/2, and π = B(½).
 */

export const BITS = 20;

/** Patterns that are equally likely: the data. [n][20] of 0 and 1, n = 1…8 */
export type Patterns = readonly Uint8Array[];

/** A beat every five bits, in five phases (2015, “Binary heartbeat”). */
export const HEARTBEAT: Patterns = Array.from({ length: 5 }, (_, phase) =>
  Uint8Array.from({ length: BITS }, (_, i) => (i % 5 === phase ? 1 : 0)),
);

/** A chain of flips. */
export interface BitChain {
  readonly T: number;
  /** β_t, t = 1…T at 0…T − 1. */
  readonly betas: Float64Array;
  /** ᾱ_t for t = 0…T. */
  readonly kept: Float64Array;
}

export const bitChain = (betas: Float64Array): BitChain => ({
  T: betas.length,
  betas,
  kept: keptShares(betas),
});

/** The noise seen at some of its t alone: the chain that a sampler of fewer steps goes back. @param stops ascending, 0 first and T last */
export function bitChainAt(chain: BitChain, stops: readonly number[]): BitChain {
  const kept = Float64Array.from(stops, (t) => chain.kept[t]!);
  const betas = Float64Array.from(kept.subarray(1), (share, k) => 1 - share / kept[k]!);
  return { T: betas.length, betas, kept };
}

/** P(x_t = x_0). */
export const agreement = ({ kept }: BitChain, t: number): number => (1 + kept[t]!) / 2;

/** P(x_s = 1 | x_t, x_0) by Bayes, s < t. @param s 0…t − 1 @param t 1…T */
function bitPosteriorAt({ kept }: BitChain, s: number, t: number, xt: number, x0: number): number {
  const stays = (1 + kept[t]! / kept[s]!) / 2;
  const known = (1 + kept[s]!) / 2;
  const one = (xt ? stays : 1 - stays) * (x0 ? known : 1 - known);
  const zero = (xt ? 1 - stays : stays) * (x0 ? 1 - known : known);
  // From x_0 itself no flip is left, so nothing else can have been.
  return one + zero === 0 ? x0 : one / (one + zero);
}

/** The four P(x_s = 1 | x_t, x_0), at 2·x_t + x_0. @param s 0…t − 1 @param t 1…T */
export const bitPosteriors = (chain: BitChain, s: number, t: number): Float64Array =>
  Float64Array.from({ length: 4 }, (_, k) => bitPosteriorAt(chain, s, t, k >> 1, k & 1));

/** f_b = Σ_{x_0} p(x_0 | x_t) q(x_s = 1 | x_t, x_0), from w = P(x_0 = 1 | x_t). @param q of bitPosteriors */
export const reverseRate = (q: Float64Array, xt: number, w: number): number =>
  w * q[2 * xt + 1]! + (1 - w) * q[2 * xt]!;

/** KL(B(p)‖B(q)) in bits; infinite where q excludes what p allows. */
export function bernoulliKl(p: number, q: number): number {
  const part = (a: number, b: number) => (a === 0 ? 0 : a * Math.log2(a / b));
  return Math.max(0, part(p, q) + part(1 - p, 1 - q));
}

/** −p log₂ p − (1 − p) log₂(1 − p) */
export function bitEntropy(p: number): number {
  const part = (a: number) => (a === 0 ? 0 : -a * Math.log2(a));
  return part(p) + part(1 - p);
}

/** P(pattern | x_t) under `weights` (equal where left out), t given by its ᾱ. @param x [20] @returns [patterns] */
export function patternPosterior(
  patterns: Patterns,
  kept: number,
  x: ArrayLike<number>,
  weights?: ArrayLike<number>,
): Float64Array {
  const agree = Math.log((1 + kept) / 2);
  const differ = Math.log((1 - kept) / 2);
  const logs = patterns.map((pattern, p) => {
    let same = 0;
    for (let i = 0; i < BITS; i++) if (pattern[i] === x[i]) same += 1;
    const odds = weights ? Math.log(weights[p]!) : 0;
    return odds + (same > 0 ? same * agree : 0) + (same < BITS ? (BITS - same) * differ : 0);
  });
  return normalised(logs);
}

function normalised(logs: readonly number[]): Float64Array {
  const largest = Math.max(...logs);
  // Nothing could have made this: every pattern is as impossible as another.
  if (largest === -Infinity) return new Float64Array(logs.length).fill(1 / logs.length);
  const odds = Float64Array.from(logs, (value) => Math.exp(value - largest));
  const sum = odds.reduce((a, b) => a + b, 0);
  return odds.map((value) => value / sum);
}

/** w_i = P(x_0^i = 1 | x_t), exact. @param out [20] */
export function exactBits(patterns: Patterns, posterior: Float64Array, out: Float64Array): void {
  out.fill(0);
  for (const [p, pattern] of patterns.entries()) {
    for (let i = 0; i < BITS; i++) if (pattern[i]) out[i]! += posterior[p]!;
  }
}

/** x_t of a pattern: each bit flips with probability (1 − ᾱ_t)/2. */
export function noisedBits(pattern: Uint8Array, kept: number, rng: Rng): Uint8Array {
  const flip = (1 - kept) / 2;
  return pattern.map((bit) => (rng.uniform() < flip ? 1 - bit : bit));
}

/** r(x) = Π over the bits of c where one is on and 1 − c where it is off. */
export interface BitFactor {
  readonly bits: readonly number[];
  /** c, ½…1 */
  readonly certainty: number;
}

/** B(c·d/(c·d + (1 − c)(1 − d))): the perturbed Bernoulli kernel (2015, key table, whose print has x for c in the denominator). */
export function perturbed(d: number, certainty: number): number {
  const on = certainty * d;
  const off = (1 - certainty) * (1 - d);
  return on + off === 0 ? d : on / (on + off);
}

/** The patterns' probabilities under p·r, exact. @returns [patterns], or null where r excludes them all */
export function reweighted(patterns: Patterns, { bits, certainty }: BitFactor): Float64Array | null {
  const odds = patterns.map((pattern) =>
    bits.reduce((product, i) => product * (pattern[i] ? certainty : 1 - certainty), 1),
  );
  const sum = odds.reduce((a, b) => a + b, 0);
  return sum === 0 ? null : Float64Array.from(odds, (value) => value / sum);
}

/** @throws RangeError where there are not 1 to 8 patterns of 20 bits; one that is there twice counts twice */
export function requirePatterns(patterns: Patterns): void {
  requireInteger('The number of patterns', patterns.length, 1, 8);
  for (const pattern of patterns) {
    if (pattern.length !== BITS) throw new RangeError(`A pattern has ${BITS} bits, not ${pattern.length}.`);
  }
}
