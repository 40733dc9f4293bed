import { levelSize } from './classes.ts';
import { networkInputs, POSITION_FEATURES, positionFeatures } from './network.ts';
import { LEVEL, type Objective } from './objective.ts';
import type { Batch } from './types.ts';

/** A batch worked out: what the network is shown, what it should answer, and how much that counts. */
export interface Examples {
  readonly size: number;
  /** [size][networkInputs]: the features of x_t, then of its level. */
  readonly inputs: Float32Array;
  /** [size][2] F*. */
  readonly target: Float32Array;
  /** [size] √w. */
  readonly gain: Float32Array;
  /** [size][BOUND_SIZE] the row from meanGain to drawWeight; empty unless the variance is learned. */
  readonly bound: Float32Array;
}

/** Numbers of a row that only a learned variance reads. */
export const BOUND_SIZE = LEVEL.drawWeight + 1 - LEVEL.meanGain;

export function examplesOf({ size, level, x0, eps }: Batch, objective: Objective): Examples {
  const { levels, learnsVariance } = objective;
  const nInputs = networkInputs(objective);
  const rowSize = levelSize(objective);
  const inputs = new Float32Array(size * nInputs);
  const target = new Float32Array(2 * size);
  const gain = new Float32Array(size);
  const bound = new Float32Array(learnsVariance ? BOUND_SIZE * size : 0);
  for (let i = 0; i < size; i++) {
    const row = levels.subarray(level[i]! * rowSize, (level[i]! + 1) * rowSize);
    const at = i * nInputs;
    const x = noised(x0[2 * i]!, eps[2 * i]!, row);
    const y = noised(x0[2 * i + 1]!, eps[2 * i + 1]!, row);
    positionFeatures(x, y, row[LEVEL.inputScale]! * row[LEVEL.sigma]!, inputs, at);
    inputs.set(row.subarray(LEVEL.features), at + POSITION_FEATURES);
    for (let k = 2 * i; k < 2 * i + 2; k++) {
      target[k] = row[LEVEL.targetX0]! * x0[k]! + row[LEVEL.targetEps]! * eps[k]!;
    }
    gain[i] = row[LEVEL.gain]!;
    if (learnsVariance) bound.set(row.subarray(LEVEL.meanGain, LEVEL.meanGain + BOUND_SIZE), BOUND_SIZE * i);
  }
  return { size, inputs, target, gain, bound };
}

/** inputScale·(αx_0 + σε) */
function noised(x0: number, eps: number, row: Float32Array): number {
  return row[LEVEL.inputScale]! * (row[LEVEL.alpha]! * x0 + row[LEVEL.sigma]! * eps);
}
