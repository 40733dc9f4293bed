import { CELLS } from '../../../core/discrete/grid.ts';
import type { LetterChain } from '../../../core/discrete/matrices.ts';

/** Below which a probability is taken as this. */
const LEAST = 1e-9;

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
  const logs = Qbar.map((matrix) => Float32Array.from(matrix, (q) => Math.log(Math.max(q, LEAST))));
  const outputs = isJoint ? CELLS * CELLS : 2 * CELLS;
  return (logits, cells, rows, tOf) => {
    const out = logits.slice();
    for (let row = 0; row < rows; row++) {
      const log = logs[tOf(row)]!;
      const [u, v] = [cells[2 * row]!, cells[2 * row + 1]!];
      const at = row * outputs;
      for (let i = 0; i < CELLS; i++) {
        const first = log[i * n + u]!;
        if (isJoint) for (let j = 0; j < CELLS; j++) out[at + i * CELLS + j]! += first + log[j * n + v]!;
        else {
          out[at + i]! += first;
          out[at + CELLS + i]! += log[i * n + v]!;
        }
      }
    }
    return out;
  };
}
