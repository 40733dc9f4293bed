import type { OpenDevice } from '../backends/device.ts';
import { initialState } from '../backends/state.ts';
import type { ExperimentConfig } from '../experiment/types.ts';
import type { Experiment, Learned } from '../families/family.ts';
import { familyOf } from '../families/index.ts';
import { startTraining } from './training.ts';

/**
 * Trains a model of its own on the same device, a slice at a time.
 * @param told hears how many steps are done
 * @returns the model with its averaged weights, or in words why there is none
 */
export async function* learnBeside(
  device: OpenDevice,
  config: ExperimentConfig,
  steps: number,
  told: (step: number) => void = () => undefined,
): AsyncGenerator<void, Learned<Experiment> | string, void> {
  const experiment = familyOf(config).build(config);
  if (!device.suits(experiment.task)) return 'The engine of this page cannot train this model.';
  const { backend } = device;
  const training = startTraining(backend, experiment, initialState(experiment));
  const curve = { steps: [] as number[], losses: [] as number[] };
  let seconds = 0;
  try {
    while (training.step < steps) {
      const { diverged, ms, loss } = await training.slice(config, steps - training.step);
      if (diverged) return `Training diverged at step ${training.step}.`;
      seconds += ms / 1000;
      curve.steps.push(training.step);
      curve.losses.push(loss);
      told(training.step);
      yield;
    }
    const weights = (await training.average()).slice();
    const network = training.freeze();
    const model = { backend, network, source: 'own', step: training.step } as const;
    return { experiment, model, weights, seconds, curve, release: () => network.dispose() };
  } finally {
    training.dispose();
  }
}
