import { requireInteger } from '../check.ts';
import type { Metric, Vector } from '../types.ts';
import { requirePoints } from './requirePoints.ts';

const DEFAULT_PROJECTIONS = 64;

/**
 * Sliced Wasserstein-2 distance: the root mean square, over directions at angles (k+½)π/n, of the 1-D distance.
 * @param a [n][2], b [m][2]: any numbers of points, in one unit; neither is changed
 * @returns the distance in that unit
 */
export function slicedWasserstein2(a: Vector, b: Vector, nProjections = DEFAULT_PROJECTIONS): number {
  requirePoints(a, b);
  requireInteger('The number of projections', nProjections, 1, 100_000);
  let sum = 0;
  for (let k = 0; k < nProjections; k++) {
    const angle = ((k + 0.5) * Math.PI) / nProjections;
    sum += squaredWasserstein2(projectSorted(a, angle), projectSorted(b, angle));
  }
  return Math.sqrt(sum / nProjections);
}

function projectSorted(points: Vector, angle: number): Float64Array {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const out = new Float64Array(points.length / 2);
  for (let i = 0; i < out.length; i++) out[i] = cos * points[2 * i]! + sin * points[2 * i + 1]!;
  return out.sort();
}

/** ∫₀¹ (F_a⁻¹(q) − F_b⁻¹(q))² dq: optimal transport on the line pairs equal quantiles. */
function squaredWasserstein2(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  let i = 0;
  let j = 0;
  // Quantiles in units of 1/(n·m), so that the ends of steps are compared as integers.
  let done = 0;
  while (i < a.length && j < b.length) {
    const endA = (i + 1) * b.length;
    const endB = (j + 1) * a.length;
    const end = Math.min(endA, endB);
    sum += (end - done) * (a[i]! - b[j]!) ** 2;
    done = end;
    if (endA === end) i++;
    if (endB === end) j++;
  }
  return sum / (a.length * b.length);
}

export const slicedW2: Metric = {
  id: 'sliced-w2',
  label: 'Sliced Wasserstein-2',
  summary:
    'How far the points must travel on average to turn one cloud into the other, seen along many directions.',
  evaluate: (a, b) => slicedWasserstein2(a, b),
};
