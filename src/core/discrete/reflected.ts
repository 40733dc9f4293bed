import { normalCdf } from '../erf.ts';
import { CELLS } from './grid.ts';
import type { LetterChain, Matrix } from './matrices.ts';

/** Variance of what a row of Q adds to a value far from the edges, cells². @param Q [n][n] */
function addedVariance(Q: Matrix, n: number): number {
  const middle = Math.floor(n / 2);
  let sum = 0;
  for (let j = 0; j < n; j++) sum += Q[middle * n + j]! * (j - middle) ** 2;
  return sum;
}

/** Variance of all noise up to t = 0…T, cells²: of Gaussian noise that is as strong as the chain's. @returns [T + 1] */
export function matchedVariances({ Q, n, T }: LetterChain): Float64Array {
  const out = new Float64Array(T + 1);
  for (let t = 1; t <= T; t++) out[t] = out[t - 1]! + addedVariance(Q[t - 1]!, n);
  return out;
}

/**
 * Gaussian noise on a line of `side` pieces that reflects it at its ends, as the doubly stochastic matrices keep what would leave:
 * q(piece j | middle of piece i), by images of the start beyond the ends.
 * @param variance in pieces²
 * @returns [side][side], rows from the start
 */
export function reflectedGaussian(side: number, variance: number): Matrix {
  const out = new Float64Array(side * side);
  const sd = Math.sqrt(variance);
  const images = 1 + Math.ceil((4 * sd) / side);
  const between = (start: number, j: number) =>
    sd === 0
      ? Number(start >= j && start < j + 1)
      : normalCdf((j + 1 - start) / sd) - normalCdf((j - start) / sd);
  for (let i = 0; i < side; i++)
    for (let j = 0; j < side; j++)
      for (let k = -images; k <= images; k++)
        out[i * side + j]! += between(2 * k * side + i + 0.5, j) + between(2 * k * side - i - 0.5, j);
  return out;
}

/** A position after a step that would leave [0, CELLS]. */
export function reflected(position: number): number {
  const turn = ((position % (2 * CELLS)) + 2 * CELLS) % (2 * CELLS);
  return turn <= CELLS ? turn : 2 * CELLS - turn;
}
