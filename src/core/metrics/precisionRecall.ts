import { requireInteger } from '../check.ts';
import type { Vector } from '../types.ts';
import { nearestSquares, squaresTo } from './neighbours.ts';
import { requirePoints } from './requirePoints.ts';

export interface PrecisionRecall {
  /** Share of the samples that lie on the data's manifold: within the k-th neighbour's distance of some data point. */
  readonly precision: number;
  /** Share of the data on the samples' manifold. */
  readonly recall: number;
  /** Mean number of data balls that hold a sample, over k: like precision, but outliers of the data count little. */
  readonly density: number;
  /** Share of the data whose own ball holds a sample. */
  readonly coverage: number;
}

/**
 * Precision and recall over k-nearest-neighbour manifolds (Kynkäänniemi et al. 2019, Eq. 1–2), density and coverage
 * (Naeem et al. 2020, §3). All are 1 or near for samples of the data's own distribution. O((n + m)²).
 * @param data [n][2], samples [m][2] in one unit, each more than k points
 * @param k neighbours, 1…100; 3 in the first paper, 5 in the second
 * @throws RangeError on sets of k points or fewer
 */
export function precisionRecall(data: Vector, samples: Vector, k = 3): PrecisionRecall {
  requirePoints(data, samples);
  requireInteger('The number of neighbours k', k, 1, 100);
  const n = data.length / 2;
  const m = samples.length / 2;
  if (n <= k || m <= k) {
    throw new RangeError(`With k = ${k} each set needs at least ${k + 1} points; there are ${n} and ${m}.`);
  }
  const ofData = inBalls(data, radii(data, k), samples);
  const ofSamples = inBalls(samples, radii(samples, k), data);
  return {
    precision: share(ofData.holders),
    recall: share(ofSamples.holders),
    density: ofData.holders.reduce((sum, count) => sum + count, 0) / (k * m),
    coverage: share(ofData.held),
  };
}

/** Squared distance of each point to its k-th nearest other. */
function radii(points: Vector, k: number): Float64Array {
  return nearestSquares(points, points, k, true).filter((_, i) => i % k === k - 1);
}

/** How many of the balls hold each of the points, and how many points each ball holds. */
function inBalls(centres: Vector, radius2: Float64Array, points: Vector) {
  const holders = new Float64Array(points.length / 2);
  const held = new Float64Array(radius2.length);
  const squares = new Float64Array(radius2.length);
  for (let i = 0; i < holders.length; i++) {
    squaresTo(points[2 * i]!, points[2 * i + 1]!, centres, squares);
    for (let j = 0; j < squares.length; j++) {
      if (squares[j]! > radius2[j]!) continue;
      holders[i]!++;
      held[j]!++;
    }
  }
  return { holders, held };
}

const share = (counts: Float64Array) =>
  counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0) / counts.length;
