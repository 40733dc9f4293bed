import { CELLS } from '../../../core/discrete/grid.ts';
import type { LetterChain } from '../../../core/discrete/matrices.ts';

/** Below which a probability is taken as this. */
const LEAST = 1e-9;

/** Adds to `logits`, and returns them. */
export type AddLikelihood = (
  logits: Float32Array,
  cells: Uint8Array,
  rows: number,
  tOf: (row: number) => number,
) => Float32Array;

/**
 * The network's logits with ln q(x_t | x_0) added. By Bayes' rule p(x_0 | x_t) ∝ q(x_t | x_0)·(what else is known of x_0): what the noise itself
 * says is given, and the network learns the rest, which of two coordinates depends on the other one alone.
 */
export function addLikelihood({ Qbar, n }: LetterChain, isJoint: boolean): AddLikelihood {
  /** ln q(x_t = u | x_0 = i) at u·CELLS + i. */
  const logs = Qbar.map((matrix) =>
    Float32Array.from({ length: n * CELLS }, (_, k) =>
      Math.log(Math.max(matrix[(k % CELLS) * n + Math.floor(k / CELLS)]!, LEAST)),
    ),
  );
  return (logits, cells, rows, tOf) => {
    for (let row = 0; row < rows; row++) {
      const log = logs[tOf(row)]!;
      const [first, second] = [cells[2 * row]! * CELLS, cells[2 * row + 1]! * CELLS];
      if (isJoint) addOuter(logits, row * CELLS * CELLS, log, first, second);
      else {
        const at = row * 2 * CELLS;
        for (let i = 0; i < CELLS; i++) {
          logits[at + i]! += log[first + i]!;
          logits[at + CELLS + i]! += log[second + i]!;
        }
      }
    }
    return logits;
  };
}

/** Of one variable: the sum for both coordinates, at CELLS·i + j. */
function addOuter(logits: Float32Array, at: number, log: Float32Array, first: number, second: number): void {
  for (let i = 0; i < CELLS; i++)
    for (let j = 0; j < CELLS; j++) logits[at + i * CELLS + j]! += log[first + i]! + log[second + j]!;
}
