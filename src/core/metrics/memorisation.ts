import { requireBetween } from '../check.ts';
import type { Vector } from '../types.ts';
import { nearestSquares } from './neighbours.ts';
import { requirePoints } from './requirePoints.ts';

const THRESHOLD = 1 / 3;

/**
 * Share of the samples that are copies: nearer to their nearest training point than a third of the distance to the second
 * nearest (Yoon et al. 2023). Fresh draws of smooth data have 1/9: the ratio squared is uniform in the plane.
 * @param samples [n][2]; training [m][2], at least two points
 * @param threshold of the ratio of distances, 0…1
 */
export function memorisedFraction(samples: Vector, training: Vector, threshold = THRESHOLD): number {
  requirePoints(samples, training);
  requireBetween('The threshold', threshold, 0, 1);
  if (training.length < 4) throw new RangeError('Memorisation needs at least two training points.');
  const squares = nearestSquares(samples, training, 2, false);
  let copies = 0;
  for (let i = 0; i < squares.length; i += 2) {
    const [first, second] = [squares[i]!, squares[i + 1]!];
    // Equal zeros: the sample is a training point that occurs twice.
    if (first < threshold ** 2 * second || second === 0) copies++;
  }
  return copies / (samples.length / 2);
}

/**
 * Mean distance of the samples to their nearest training point, over that of fresh true draws: 1 when the samples are as
 * new as those, 0 when all are copies, above 1 when they lie off the data.
 * @param samples [n][2], training [m][2], fresh [k][2] independent of the training set, not all of it
 * @throws RangeError when every fresh draw is a training point
 */
export function nearestNeighbourRatio(samples: Vector, training: Vector, fresh: Vector): number {
  requirePoints(samples, training, fresh);
  const expected = meanNearest(fresh, training);
  if (expected === 0) throw new RangeError('The fresh draws must not all be training points.');
  return meanNearest(samples, training) / expected;
}

function meanNearest(from: Vector, to: Vector): number {
  const squares = nearestSquares(from, to, 1, false);
  return squares.reduce((sum, square) => sum + Math.sqrt(square), 0) / squares.length;
}
