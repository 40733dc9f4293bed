import { expect, onTestFinished } from 'vitest';
import type { OpenDevice } from '../../src/backends/device.ts';
import { initialState } from '../../src/backends/state.ts';
import type { ExperimentConfig } from '../../src/experiment/types.ts';
import { createExperiment, type GaussianExperiment } from '../../src/families/gaussian/experiment.ts';
import { type ActiveModels, openModels } from '../../src/runtime/activeModels.ts';
import type { Pretrained } from '../../src/runtime/pretrained.ts';
import { createSnapshots } from '../../src/runtime/snapshots.ts';
import { openSimd } from '../backends/simdInNode.ts';
import { smallConfig } from '../families/gaussian/smallExperiment.ts';

export interface ModelsOnCpu {
  readonly config: ExperimentConfig;
  readonly models: ActiveModels<GaussianExperiment>;
  /** Trains. */
  learn(steps: number): Promise<void>;
}

/**
 * Models in Node, on tfjs by default, until the test has finished; see that no tensor is left then.
 * @param step that its model is said to have reached already
 */
export async function openModelsOnCpu(
  config: ExperimentConfig = smallConfig,
  pretrained: Pretrained | null = null,
  step = 0,
  open: () => Promise<OpenDevice> = openSimd,
): Promise<ModelsOnCpu> {
  const device = await open();
  const tensorsBefore = device.backend.memory().tensors;
  const experiment = createExperiment(config);
  const state = { ...initialState(experiment), step };
  const models = openModels(
    device,
    experiment,
    config,
    state,
    pretrained,
    createSnapshots(() => {}),
  );
  onTestFinished(() => {
    models.dispose();
    expect(device.backend.memory().tensors).toBe(tensorsBefore);
  });
  return {
    config,
    models,
    async learn(steps) {
      for (const end = models.training.step + steps; models.training.step < end; ) {
        await models.training.slice(config, end - models.training.step);
      }
    },
  };
}
