import { requireBetween } from '../check.ts';

/**
 * ∫₀¹ |F_a⁻¹(q) − F_b⁻¹(q)|^p dq: optimal transport on the line pairs equal quantiles.
 * @param a [n], b [m]: sorted, increasing
 */
export function transportOnLine(a: Float64Array, b: Float64Array, power: 1 | 2): number {
  let sum = 0;
  let i = 0;
  let j = 0;
  // Quantiles in units of 1/(n·m), so that the ends of steps are compared as integers.
  let done = 0;
  while (i < a.length && j < b.length) {
    const endA = (i + 1) * b.length;
    const endB = (j + 1) * a.length;
    const end = Math.min(endA, endB);
    const gap = Math.abs(a[i]! - b[j]!);
    sum += (end - done) * (power === 1 ? gap : gap * gap);
    done = end;
    if (endA === end) i++;
    if (endB === end) j++;
  }
  return sum / (a.length * b.length);
}

/**
 * Wasserstein-1 distance of two sets of numbers, in any order; neither is changed.
 * @throws RangeError on an empty set, or numbers that are not finite
 */
export function wasserstein1OnLine(a: Float64Array, b: Float64Array): number {
  for (const set of [a, b]) {
    if (set.length === 0) throw new RangeError('A distance needs at least one number in each set.');
    for (const value of set) requireBetween('Every number', value, -Number.MAX_VALUE, Number.MAX_VALUE);
  }
  return transportOnLine(a.slice().sort(), b.slice().sort(), 1);
}
