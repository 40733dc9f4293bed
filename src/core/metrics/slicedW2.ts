import { requireInteger } from '../check.ts';
import type { Metric, Vector } from '../types.ts';
import { transportOnLine } from './line.ts';
import { requirePoints } from './requirePoints.ts';
import { sortNumbers } from './sortNumbers.ts';

const DEFAULT_PROJECTIONS = 64;

/**
 * Sliced Wasserstein-2 distance: the root mean square, over directions at angles (k+½)π/n, of the 1-D distance.
 * @param a [n][2], b [m][2]; n and m may differ; in one unit; neither is changed
 * @returns the distance in that unit
 */
export function slicedWasserstein2(a: Vector, b: Vector, nProjections = DEFAULT_PROJECTIONS): number {
  requirePoints(a, b);
  requireInteger('The number of projections', nProjections, 1, 100_000);
  const [alongA, alongB] = [new Float64Array(a.length / 2), new Float64Array(b.length / 2)];
  let sum = 0;
  for (let k = 0; k < nProjections; k++) {
    const angle = ((k + 0.5) * Math.PI) / nProjections;
    sum += transportOnLine(projectSorted(a, angle, alongA), projectSorted(b, angle, alongB), 2);
  }
  return Math.sqrt(sum / nProjections);
}

/** @param out [n] is filled, and sorted */
function projectSorted(points: Vector, angle: number, out: Float64Array): Float64Array {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  for (let i = 0; i < out.length; i++) out[i] = cos * points[2 * i]! + sin * points[2 * i + 1]!;
  return sortNumbers(out);
}

export const slicedW2: Metric = {
  id: 'sliced-w2',
  label: 'Sliced Wasserstein-2',
  summary:
    'How far the points must travel on average to turn one cloud into the other, seen along many directions.',
  evaluate: (a, b) => slicedWasserstein2(a, b),
};
