import type { TrainerState } from './types.ts';

/** A state to start from: step 0, no moments, the average at the weights themselves. */
export function freshState(weights: Float32Array): TrainerState {
  return {
    step: 0,
    weights,
    ema: weights,
    firstMoment: new Float32Array(weights.length),
    secondMoment: new Float32Array(weights.length),
  };
}
