import type { Metric, Vector } from '../types.ts';
import { requirePoints } from './requirePoints.ts';

/** 2E|X−Y| − E|X−X′| − E|Y−Y′| over all pairs (V-statistic): never negative, biased up by O(1/n). Units of the points. */
export function energyDistance(a: Vector, b: Vector): number {
  requirePoints(a, b);
  const n = a.length / 2;
  const m = b.length / 2;
  return (2 * crossSum(a, b)) / (n * m) - (2 * pairSum(a)) / n ** 2 - (2 * pairSum(b)) / m ** 2;
}

/** The same over distinct pairs (U-statistic): unbiased, so it can fall below 0. Needs two points in each set. */
export function energyDistanceUnbiased(a: Vector, b: Vector): number {
  requirePoints(a, b);
  const n = a.length / 2;
  const m = b.length / 2;
  if (n < 2 || m < 2)
    throw new RangeError('The unbiased energy distance needs at least two points in each set.');
  return (2 * crossSum(a, b)) / (n * m) - (2 * pairSum(a)) / (n * (n - 1)) - (2 * pairSum(b)) / (m * (m - 1));
}

/** Σ over i, j of |a_i − b_j|. */
function crossSum(a: Vector, b: Vector): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 2) {
    for (let j = 0; j < b.length; j += 2) sum += length(a[i]! - b[j]!, a[i + 1]! - b[j + 1]!);
  }
  return sum;
}

/** Σ over i < j of |a_i − a_j|. */
function pairSum(a: Vector): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 2) {
    for (let j = 0; j < i; j += 2) sum += length(a[i]! - a[j]!, a[i + 1]! - a[j + 1]!);
  }
  return sum;
}

const length = (dx: number, dy: number) => Math.sqrt(dx * dx + dy * dy);

export const energy: Metric = {
  id: 'energy',
  label: 'Energy distance',
  summary:
    'Compares distances between the two clouds with distances within each; 0 only when they are alike.',
  evaluate: energyDistance,
};
