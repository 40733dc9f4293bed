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
  const sd = Math.sqrt(variance);
  const images = 1 + Math.ceil((4 * sd) / side);
  /** Of the piece m pieces from the start, with all pieces that are 2·side apart from it. */
  const share = (m: number): number => {
    if (sd === 0) return Number(m === 0);
    let sum = 0;
    for (let k = -images; k <= images; k++) {
      const from = m - 2 * k * side;
      sum += normalCdf((from + 0.5) / sd) - normalCdf((from - 0.5) / sd);
    }
    return sum;
  };
  const shares = Float64Array.from({ length: 3 * side }, (_, k) => share(k - side));
  // Piece i has its image in piece −1 − i.
  return Float64Array.from({ length: side * side }, (_, k) => {
    const [i, j] = [Math.floor(k / side), k % side];
    return shares[side + j - i]! + shares[side + j + i + 1]!;
  });
}

/** A position after a step that would leave [0, CELLS]. */
export function reflected(position: number): number {
  const turn = ((position % (2 * CELLS)) + 2 * CELLS) % (2 * CELLS);
  return turn <= CELLS ? turn : 2 * CELLS - turn;
}
