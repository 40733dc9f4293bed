import type { Vector } from '../types.ts';
import { neighbourTree } from './neighbourTree.ts';

/** Squared distances from (x, y) to every point of `to`, into `out`. */
export function squaresTo(x: number, y: number, to: Vector, out: Float64Array): void {
  for (let j = 0; j < out.length; j++) out[j] = (x - to[2 * j]!) ** 2 + (y - to[2 * j + 1]!) ** 2;
}

/**
 * Squared distance of each point of `from` to its k-th nearest of `to`, for k = 1…K: [n][K], Infinity where there are
 * fewer than k others.
 * @param self whether the sets are one, so that a point is not its own neighbour
 */
export function nearestSquares(from: Vector, to: Vector, K: number, self: boolean): Float64Array {
  const tree = neighbourTree(to);
  const n = from.length / 2;
  const out = new Float64Array(n * K);
  for (let i = 0; i < n; i++) {
    tree.nearest(from[2 * i]!, from[2 * i + 1]!, out.subarray(i * K, (i + 1) * K), self ? i : -1);
  }
  return out;
}
