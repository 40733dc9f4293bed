import { requireInteger } from '../check.ts';
import type { Vector } from '../types.ts';
import { type Measured, proportion } from './measured.ts';
import { nearestSquares } from './neighbours.ts';
import { neighbourTree } from './neighbourTree.ts';
import { requirePoints } from './requirePoints.ts';

const NEIGHBOURS = 5;
/** Balls overlap, so what is missed scatters more than so many coins: 1.5 to 1.6 times, on true draws of all data sets. */
const OVERLAP = 1.6;

/**
 * What of the data is missed: the share of true points whose ball, out to their k-th nearest other true point, holds none of
 * the samples; 1 − coverage of Naeem et al. 2020, §3. The error is 1.6 times the binomial one:
 * right for true draws, and too large where whole parts of the data are missed.
 * @param truth [n][2] draws of the data, n > k; samples [m][2] in the same unit; a sample that is not finite is in no ball
 * @throws RangeError on k points or fewer
 */
export function missed(truth: Vector, samples: Vector, k = NEIGHBOURS): Measured {
  requirePoints(truth);
  const n = truth.length / 2;
  const m = samples.length / 2;
  requireInteger('The number of neighbours k', k, 1, n - 1);
  requireInteger('The number of samples', m, 1, 10_000_000);
  const radii = nearestSquares(truth, truth, k, true);
  const tree = neighbourTree(samples.every(Number.isFinite) ? samples : finitePoints(samples));
  const nearest = new Float64Array(1);
  let count = 0;
  for (let i = 0; i < n; i++) {
    tree.nearest(truth[2 * i]!, truth[2 * i + 1]!, nearest);
    if (!(nearest[0]! <= radii[i * k + k - 1]!)) count++;
  }
  const found = proportion(count, n, expectedMissed(n, m, k));
  return { ...found, error: OVERLAP * found.error };
}

/**
 * What is missed when the m samples are drawn from the data's own distribution, whatever that is. A ball out to the k-th
 * nearest of n − 1 others holds a share U ~ Beta(k, n − k) of it, so E(1 − U)^m = Π_{i=1…k} (n − i)/(n + m − i): for m = n about
 * 2⁻ᵏ. Without points that occur twice.
 */
export function expectedMissed(n: number, m: number, k = NEIGHBOURS): number {
  let product = 1;
  for (let i = 1; i <= k; i++) product *= (n - i) / (n + m - i);
  return product;
}

function finitePoints(points: Vector): Vector {
  return points.filter((_, i) => {
    const start = i - (i % 2);
    return Number.isFinite(points[start]!) && Number.isFinite(points[start + 1]!);
  });
}
