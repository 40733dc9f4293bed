import type { Vector } from '../types.ts';
import { assignment } from './assignment.ts';
import { requirePoints } from './requirePoints.ts';
import { transportCost } from './transport.ts';

/** Costs are kept in one table; 4000² of them are 128 MB. */
const MAX_POINTS = 4000;

/** Sets of coprime sizes split every share, which takes many more paths. */
const MAX_UNEQUAL = 400;

/**
 * Wasserstein-2 distance √min E‖a − b‖² over all ways to pair two sets of equal shares, exactly: by assignment when they
 * are of one size (half a second at 1000 points), by transport otherwise (up to seconds at 300 points).
 * @param a [n][2], b [m][2] in one unit; 1…4000 points each when n = m, 1…400 otherwise; neither is changed
 * @returns the distance in that unit
 * @throws RangeError on empty, oversized or unfinished sets of points
 */
export function exactWasserstein2(a: Vector, b: Vector): number {
  requirePoints(a, b);
  const n = a.length / 2;
  const m = b.length / 2;
  const most = n === m ? MAX_POINTS : MAX_UNEQUAL;
  if (Math.max(n, m) > most) {
    throw new RangeError(
      `The exact distance takes up to ${MAX_POINTS} points a set, ${MAX_UNEQUAL} when sizes differ; got ${n} and ${m}.`,
    );
  }
  const cost = squaredDistances(a, b);
  if (n !== m) return Math.sqrt(transportCost(cost, n, m));
  let sum = 0;
  assignment(cost, n).forEach((column, row) => {
    sum += cost[row * n + column]!;
  });
  return Math.sqrt(sum / n);
}

/** [n][m]. */
function squaredDistances(a: Vector, b: Vector): Float64Array {
  const m = b.length / 2;
  const out = new Float64Array((a.length / 2) * m);
  for (let i = 0; i < a.length / 2; i++) {
    for (let j = 0; j < m; j++) {
      out[i * m + j] = (a[2 * i]! - b[2 * j]!) ** 2 + (a[2 * i + 1]! - b[2 * j + 1]!) ** 2;
    }
  }
  return out;
}
