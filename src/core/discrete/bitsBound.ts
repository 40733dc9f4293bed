import type { Rng } from '../types.ts';
import {
  agreement,
  BITS,
  type BitChain,
  bitEntropy,
  bitPosteriors,
  exactBits,
  noisedBits,
  type Patterns,
  patternPosterior,
} from './bits.ts';

/** Bits that are alike in all patterns: what x_t says of the pattern depends on how many of each kind are on. */
interface Group {
  readonly size: number;
  /** Of each pattern. */
  readonly values: readonly number[];
}

/** So many states are summed over; where there are more, x_t is drawn. */
const MOST_STATES = 20_000;
/** Draws of x_t at each t, where there are more states than can be summed over. */
const DRAWS = 400;

/**
 * KL_t of the perfect factorised reverse step, E Σ_i KL(q(x_{t−1}^i | x_t, x_0) ‖ f_b^i) with f_b^i = q(x_{t−1}^i = 1 | x_t): what even the
 * best network of independent bits pays. Exact by the counts of ones in each kind of bit, or by draws where the patterns are too different.
 * @returns bits, for t = 2…T in turn; between two of them anything may happen; in the end the standard error of their sum, 0 where it is exact
 */
export function* perfectKls(patterns: Patterns, chain: BitChain, rng: Rng): Generator<number, number> {
  const groups = groupsOf(patterns);
  const states = groups.reduce((product, { size }) => product * (size + 1), 1);
  let variance = 0;
  for (let t = 2; t <= chain.T; t++) {
    if (states <= MOST_STATES) yield summedKl(patterns.length, groups, chain, t);
    else {
      const drawn = drawnKl(patterns, chain, t, rng);
      variance += drawn.variance;
      yield drawn.mean;
    }
  }
  return Math.sqrt(variance);
}

/** Whether the numbers of `perfectKls` are exact, and not means over draws. */
export const isSummed = (patterns: Patterns): boolean =>
  groupsOf(patterns).reduce((product, { size }) => product * (size + 1), 1) <= MOST_STATES;

function groupsOf(patterns: Patterns): readonly Group[] {
  const groups = new Map<string, { size: number; values: number[] }>();
  for (let i = 0; i < BITS; i++) {
    const values = patterns.map((pattern) => pattern[i]!);
    const key = values.join('');
    const group = groups.get(key) ?? { size: 0, values };
    groups.set(key, { ...group, size: group.size + 1 });
  }
  return [...groups.values()];
}

/**
 * E over x_0 of KL(q(x_{t−1}|x_t, x_0)‖f_b) of one bit, in bits: the Jensen–Shannon divergence H(f_b) − Σ p(x_0|x_t) H(q).
 * @param w P(x_0 = 1 | x_t)
 */
export function bitKl(chain: BitChain, t: number, xt: number, w: number): number {
  return klOf(stepOf(chain, t, xt), w);
}

interface Step {
  /** q(x_{t−1} = 1 | x_t, x_0) for x_0 = 1 and 0, and their entropies. */
  readonly one: number;
  readonly zero: number;
  readonly entropyOne: number;
  readonly entropyZero: number;
}

function stepOf(chain: BitChain, t: number, xt: number): Step {
  const q = bitPosteriors(chain, t - 1, t);
  const [zero, one] = [q[2 * xt]!, q[2 * xt + 1]!];
  return { one, zero, entropyOne: bitEntropy(one), entropyZero: bitEntropy(zero) };
}

const klOf = ({ one, zero, entropyOne, entropyZero }: Step, w: number): number =>
  Math.max(0, bitEntropy(w * one + (1 - w) * zero) - w * entropyOne - (1 - w) * entropyZero);

function summedKl(nPatterns: number, groups: readonly Group[], chain: BitChain, t: number): number {
  const agree = agreement(chain, t);
  const same = powers(agree);
  const other = powers(1 - agree);
  const [off, on] = [stepOf(chain, t, 0), stepOf(chain, t, 1)];
  const likelihoods = new Float64Array((groups.length + 1) * nPatterns).fill(1 / nPatterns, 0, nPatterns);
  const counts = new Int32Array(groups.length);
  let sum = 0;

  const endAt = (ways: number): void => {
    const last = groups.length * nPatterns;
    let evidence = 0;
    for (let p = 0; p < nPatterns; p++) evidence += likelihoods[last + p]!;
    if (evidence === 0) return;
    let kl = 0;
    for (let g = 0; g < groups.length; g++) {
      const { size, values } = groups[g]!;
      let w = 0;
      for (let p = 0; p < nPatterns; p++) if (values[p]) w += likelihoods[last + p]!;
      w = Math.min(1, w / evidence);
      const ones = counts[g]!;
      kl += ones * klOf(on, w) + (size - ones) * klOf(off, w);
    }
    sum += ways * evidence * kl;
  };
  /** All counts of ones in group g and those after it. */
  const visit = (g: number, ways: number): void => {
    if (g === groups.length) {
      endAt(ways);
      return;
    }
    const { size, values } = groups[g]!;
    let choices = 1;
    for (let ones = 0; ones <= size; ones++) {
      counts[g] = ones;
      for (let p = 0; p < nPatterns; p++) {
        const kept = values[p] ? ones : size - ones;
        likelihoods[(g + 1) * nPatterns + p] =
          likelihoods[g * nPatterns + p]! * same[kept]! * other[size - kept]!;
      }
      visit(g + 1, ways * choices);
      choices *= (size - ones) / (ones + 1);
    }
  };
  visit(0, 1);
  return sum;
}

/** base^k for k = 0…20. */
const powers = (base: number): Float64Array => Float64Array.from({ length: BITS + 1 }, (_, k) => base ** k);

/** The mean over draws, and the variance of that mean. */
function drawnKl(
  patterns: Patterns,
  chain: BitChain,
  t: number,
  rng: Rng,
): { readonly mean: number; readonly variance: number } {
  const w = new Float64Array(BITS);
  let [sum, squares] = [0, 0];
  for (let draw = 0; draw < DRAWS; draw++) {
    const x = noisedBits(patterns[draw % patterns.length]!, chain.kept[t]!, rng);
    exactBits(patterns, patternPosterior(patterns, chain.kept[t]!, x), w);
    let kl = 0;
    for (let i = 0; i < BITS; i++) kl += bitKl(chain, t, x[i]!, Math.min(1, w[i]!));
    sum += kl;
    squares += kl * kl;
  }
  const mean = sum / DRAWS;
  return { mean, variance: Math.max(0, squares / DRAWS - mean ** 2) / (DRAWS - 1) };
}

/**
 * K of Eq. 12, 13 of the 2015 paper, a lower bound of E log₂ p(x_0) in bits per sequence:
 * −Σ_{t=2}^T KL_t + H(X_T|X_0) − H(X_1|X_0) − H(X_T).
 */
export function boundOfKls(chain: BitChain, kls: ArrayLike<number>): number {
  const { prior, first } = besideKls(chain);
  let sum = 0;
  for (let k = 0; k < kls.length; k++) sum += kls[k]!;
  return -sum - prior - first;
}

/** What −K has beside the KL_t, bits: H(X_T) − H(X_T|X_0), what x_T still tells of the data, and H(X_1|X_0). */
export function besideKls(chain: BitChain): { readonly prior: number; readonly first: number } {
  const entropyAt = (t: number) => BITS * bitEntropy(agreement(chain, t));
  return { prior: BITS - entropyAt(chain.T), first: entropyAt(1) };
}

/** L_null: what coin flips of the right weight, the same for all bits, say of the data: −20·h(share of ones), bits. */
export function nullBound(patterns: Patterns): number {
  const ones = patterns.reduce((sum, pattern) => sum + pattern.reduce((a, b) => a + b, 0), 0);
  return -BITS * bitEntropy(ones / (BITS * patterns.length));
}

/** E log₂ p of the data: patterns that are the same count together. */
export function trueLogLikelihood(patterns: Patterns): number {
  const names = patterns.map((pattern) => pattern.join(''));
  return names.reduce((sum, name) => {
    const share = names.filter((other) => other === name).length / names.length;
    return sum + Math.log2(share) / names.length;
  }, 0);
}
