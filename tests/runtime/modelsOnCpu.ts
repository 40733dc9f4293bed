import * as tf from '@tensorflow/tfjs-core';
import { expect, onTestFinished } from 'vitest';
import type { ExperimentConfig } from '../../src/experiment/types.ts';
import { createExperiment } from '../../src/families/gaussian/experiment.ts';
import { openWorkshop, type Workshop } from '../../src/runtime/activeModels.ts';
import type { Pretrained } from '../../src/runtime/pretrained.ts';
import { initialState } from '../../src/runtime/training.ts';
import { openCpu } from '../backends/tfjsOnCpu.ts';
import { smallConfig } from '../families/gaussian/smallExperiment.ts';

export interface WorkshopOnCpu {
  readonly config: ExperimentConfig;
  readonly shop: Workshop;
  /** Trains. */
  learn(steps: number): Promise<void>;
}

/**
 * A workshop on tfjs in Node, until the test has finished; sees that no tensor is left then.
 * @param step that its model is said to have reached already
 */
export async function openWorkshopOnCpu(
  config: ExperimentConfig = smallConfig,
  pretrained: Pretrained | null = null,
  step = 0,
): Promise<WorkshopOnCpu> {
  const device = await openCpu();
  const tensorsBefore = tf.memory().numTensors;
  const experiment = createExperiment(config);
  const shop = openWorkshop(device, experiment, config, { ...initialState(experiment), step }, pretrained);
  onTestFinished(() => {
    shop.dispose();
    expect(tf.memory().numTensors).toBe(tensorsBefore);
  });
  return {
    config,
    shop,
    async learn(steps) {
      for (const end = shop.training.step + steps; shop.training.step < end; ) {
        await shop.training.slice(config, end - shop.training.step);
      }
    },
  };
}
