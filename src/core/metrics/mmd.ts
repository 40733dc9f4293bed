import { requireBetween } from '../check.ts';
import type { Vector } from '../types.ts';
import { requirePoints } from './requirePoints.ts';

/**
 * Squared maximum mean discrepancy (Gretton et al. 2012, Eq. 5) over all pairs: never negative, biased up by O(1/n).
 * The kernel is the sum of exp(−d²/2s²) over the bandwidths s.
 * @param a [n][2], b [m][2] in the unit of the bandwidths
 * @param sigmas at least one, each above 0
 * @returns no unit; at most 2 times the number of bandwidths
 */
export function mmdSquared(a: Vector, b: Vector, sigmas: readonly number[]): number {
  const [n, m] = requireSets(a, b, sigmas);
  const diagonal = sigmas.length;
  return (
    (n * diagonal + 2 * pairSum(a, sigmas)) / n ** 2 +
    (m * diagonal + 2 * pairSum(b, sigmas)) / m ** 2 -
    (2 * crossSum(a, b, sigmas)) / (n * m)
  );
}

/** The same over distinct pairs (their Eq. 3): unbiased, so it can fall below 0. Needs two points in each set. */
export function mmdSquaredUnbiased(a: Vector, b: Vector, sigmas: readonly number[]): number {
  const [n, m] = requireSets(a, b, sigmas);
  if (n < 2 || m < 2) throw new RangeError('The unbiased MMD needs at least two points in each set.');
  return (
    (2 * pairSum(a, sigmas)) / (n * (n - 1)) +
    (2 * pairSum(b, sigmas)) / (m * (m - 1)) -
    (2 * crossSum(a, b, sigmas)) / (n * m)
  );
}

function requireSets(a: Vector, b: Vector, sigmas: readonly number[]): readonly [n: number, m: number] {
  requirePoints(a, b);
  if (sigmas.length === 0) throw new RangeError('The MMD needs at least one bandwidth.');
  for (const sigma of sigmas) requireBetween('A bandwidth', sigma, 1e-150, 1e150);
  return [a.length / 2, b.length / 2];
}

/** Σ over i, j of k(a_i, b_j). */
function crossSum(a: Vector, b: Vector, sigmas: readonly number[]): number {
  const kernel = mixture(sigmas);
  let sum = 0;
  for (let i = 0; i < a.length; i += 2) {
    for (let j = 0; j < b.length; j += 2) {
      sum += kernel((a[i]! - b[j]!) ** 2 + (a[i + 1]! - b[j + 1]!) ** 2);
    }
  }
  return sum;
}

/** Σ over i < j of k(a_i, a_j). */
function pairSum(a: Vector, sigmas: readonly number[]): number {
  const kernel = mixture(sigmas);
  let sum = 0;
  for (let i = 0; i < a.length; i += 2) {
    for (let j = 0; j < i; j += 2) {
      sum += kernel((a[i]! - a[j]!) ** 2 + (a[i + 1]! - a[j + 1]!) ** 2);
    }
  }
  return sum;
}

/** k as a function of the squared distance. */
function mixture(sigmas: readonly number[]): (square: number) => number {
  const rates = sigmas.map((sigma) => -1 / (2 * sigma ** 2));
  return (square) => {
    let sum = 0;
    for (const rate of rates) sum += Math.exp(rate * square);
    return sum;
  };
}
