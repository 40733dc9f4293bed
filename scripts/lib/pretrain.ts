import '@tensorflow/tfjs-backend-wasm';
import { env, setBackend } from '@tensorflow/tfjs-core';
import type { Model } from '../../src/backends/model.ts';
import { initialState } from '../../src/backends/state.ts';
import { tfjsBackend } from '../../src/backends/tfjs/backend.ts';
import { defaultConfig } from '../../src/experiment/fields.ts';
import { createExperiment, type GaussianExperiment } from '../../src/families/gaussian/experiment.ts';
import { drawSamples } from '../../src/families/gaussian/quality.ts';
import { qualityOf } from '../../src/families/gaussian/yardstick.ts';
import { formatPretrained } from '../../src/runtime/pretrained.ts';
import { startTraining } from '../../src/runtime/training.ts';

/** Good enough to look like the data, not so good that nothing is left to see. */
const ENOUGH = 1.7;
const STEPS_BETWEEN = 25;
const DRAWS = 5;

/** Trains the default experiment until its distance is ENOUGH times that of true draws. */
export async function pretrain(): Promise<{ file: string; step: number; ratio: number }> {
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  if (!(await setBackend('wasm'))) throw new Error('WebAssembly could not be started.');
  const backend = tfjsBackend(() => {});
  const experiment = createExperiment(defaultConfig);
  const training = startTraining(backend, experiment, initialState(experiment));
  for (;;) {
    const until = training.step + STEPS_BETWEEN;
    while (training.step < until) await training.slice(defaultConfig, until - training.step);
    const network = training.freeze();
    const model: Model = { backend, network, source: 'own', step: training.step };
    const ratio = await distanceRatio(model, experiment);
    network.dispose();
    if (ratio > ENOUGH) continue;
    await training.save();
    const { step, ema } = training.checkpoint;
    return { file: formatPretrained({ config: defaultConfig, step, weights: ema }), step, ratio };
  }
}

async function distanceRatio(model: Model, experiment: GaussianExperiment): Promise<number> {
  const samples: number[] = [];
  for (let draw = 0; draw < DRAWS; draw++) {
    const steps = drawSamples(model, experiment, draw);
    let next = await steps.next();
    while (!next.done) next = await steps.next();
    samples.push(...next.value);
  }
  const { slicedW2 } = qualityOf(samples, experiment);
  return slicedW2.value / slicedW2.perfect;
}
