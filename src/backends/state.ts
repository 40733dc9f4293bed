import type { Rng } from '../core/types.ts';
import { initialWeights } from './network.ts';
import type { Task } from './task.ts';
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

/** The state of a network that knows nothing, by the experiment's seed. */
export function initialState({ task, rng }: { readonly task: Task; readonly rng: Rng }): TrainerState {
  return freshState(initialWeights(task.shape, rng.fork('weights')));
}
