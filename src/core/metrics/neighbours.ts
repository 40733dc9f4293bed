import type { Vector } from '../types.ts';

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
  const n = from.length / 2;
  const out = new Float64Array(n * K).fill(Infinity);
  const squares = new Float64Array(to.length / 2);
  for (let i = 0; i < n; i++) {
    squaresTo(from[2 * i]!, from[2 * i + 1]!, to, squares);
    for (let j = 0; j < squares.length; j++) {
      if (!(self && i === j) && squares[j]! < out[i * K + K - 1]!) insert(out, i * K, K, squares[j]!);
    }
  }
  return out;
}

/** Puts a value into its place of the sorted K numbers at `start`, dropping the last. */
function insert(sorted: Float64Array, start: number, K: number, value: number): void {
  let at = start + K - 1;
  while (at > start && sorted[at - 1]! > value) {
    sorted[at] = sorted[at - 1]!;
    at--;
  }
  sorted[at] = value;
}
