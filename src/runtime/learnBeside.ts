import type { OpenDevice } from '../backends/device.ts';
import { initialState } from '../backends/state.ts';
import type { ExperimentConfig } from '../experiment/types.ts';
import type { Experiment, Learned } from '../families/family.ts';
import { familyOf } from '../families/index.ts';
import { startTraining } from './training.ts';

/**
 * Trains a model of its own on the same device, a slice at a time.
 * @returns the model with its averaged weights, or in words why there is none
 */
export async function* learnBeside(
  device: OpenDevice,
  config: ExperimentConfig,
  steps: number,
): AsyncGenerator<void, Learned<Experiment> | string, void> {
  const experiment = familyOf(config).build(config);
  if (!device.suits(experiment.task)) return 'The engine of this page cannot train this model.';
  const { backend } = device;
  const training = startTraining(backend, experiment, initialState(experiment));
  try {
    while (training.step < steps) {
      const { diverged } = await training.slice(config, steps - training.step);
      if (diverged) return `Training diverged at step ${training.step}.`;
      yield;
    }
    const network = training.freeze();
    const model = { backend, network, source: 'own', step: training.step } as const;
    return { experiment, model, release: () => network.dispose() };
  } finally {
    training.dispose();
  }
}
