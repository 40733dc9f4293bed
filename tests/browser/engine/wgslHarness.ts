import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { defaultConfig } from '../../../src/config/fields.ts';
import type { ExperimentConfig } from '../../../src/config/types.ts';
import { createRng } from '../../../src/core/rng.ts';
import { createExperiment, type Experiment } from '../../../src/engine/experiment.ts';
import { batchSource } from '../../../src/engine/trainers/batches.ts';
import { examplesOf } from '../../../src/engine/trainers/examples.ts';
import { parameterCount } from '../../../src/engine/trainers/network.ts';
import { freshState } from '../../../src/engine/trainers/state.ts';
import { tfjsBackend } from '../../../src/engine/trainers/tfjs/backend.ts';
import type { TrainerBackend, TrainerState } from '../../../src/engine/trainers/types.ts';
import { unsupported, wgslBackend } from '../../../src/engine/trainers/wgsl/backend.ts';
import { referenceGradient } from '../../engine/referenceGradient.ts';

/** What a spec says in words and numbers; arrays come back as plain ones. */
const TINY: ExperimentConfig = { ...defaultConfig, nPoints: 200, width: 16, depth: 2, nChain: 50 };

async function openDevice(): Promise<GPUDevice> {
  const adapter = await navigator.gpu.requestAdapter();
  if (!adapter) throw new Error('There is no GPU adapter.');
  return adapter.requestDevice();
}

/** Weights without zeros, so that every gradient is felt. */
function roughWeights(experiment: Experiment, seed: number): Float32Array {
  const rng = createRng(seed);
  const { shape } = experiment.task;
  return Float32Array.from({ length: parameterCount(shape) }, () => rng.normal() / Math.sqrt(shape.width));
}

function relativeError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let error = 0;
  let size = 0;
  for (let i = 0; i < b.length; i++) {
    error += (a[i]! - b[i]!) ** 2;
    size += b[i]! ** 2;
  }
  return Math.sqrt(error / size);
}

/** One step from rough weights on a batch: how far loss and gradient are from float64's. */
async function gradientErrors(patch: Partial<ExperimentConfig>, batchSize: number) {
  const device = await openDevice();
  const backend = wgslBackend(device, () => device.destroy());
  const experiment = createExperiment({ ...TINY, ...patch });
  const { task } = experiment;
  const weights = roughWeights(experiment, 3);
  const trainer = backend.createTrainer(task, freshState(weights), createRng(1));
  const batch = batchSource(task, batchSize, createRng(2)).next();
  trainer.advanceOn(batch, { learningRate: 1e-3, emaDecay: 0 });
  const loss = await trainer.settle();
  const state = await trainer.state();
  const reference = referenceGradient(
    Float64Array.from(weights),
    task.shape,
    examplesOf(batch, task.objective),
    task.objective.boundWeight,
  );
  trainer.dispose();
  backend.dispose();
  return {
    // Adam's first m is (1 − β₁) times the gradient.
    gradient: relativeError(
      state.firstMoment.map((m) => 10 * m),
      reference.gradient,
    ),
    loss: Math.abs(loss / reference.loss - 1),
  };
}

async function stateAfter(
  backend: TrainerBackend<unknown>,
  experiment: Experiment,
  steps: number,
  batchSize: number,
) {
  const { task } = experiment;
  const trainer = backend.createTrainer(task, freshState(roughWeights(experiment, 3)), createRng(1));
  const batches = batchSource(task, batchSize, createRng(2));
  for (let i = 0; i < steps; i++) {
    trainer.advanceOn(batches.next(), { learningRate: 3e-3, emaDecay: 0.9 });
  }
  const state = await trainer.state();
  trainer.dispose();
  return state;
}

/** The same steps on the same batches here and on tfjs: how far apart the states are. */
async function statesApart(patch: Partial<ExperimentConfig>, steps: number, batchSize: number) {
  const device = await openDevice();
  const backend = wgslBackend(device, () => device.destroy());
  const experiment = createExperiment({ ...TINY, ...patch });
  const ours = await stateAfter(backend as TrainerBackend<unknown>, experiment, steps, batchSize);
  await setBackend('cpu');
  const theirs = await stateAfter(
    tfjsBackend(() => {}) as TrainerBackend<unknown>,
    experiment,
    steps,
    batchSize,
  );
  backend.dispose();
  const apart = (part: Exclude<keyof TrainerState, 'step'>) => relativeError(ours[part], theirs[part]);
  return {
    step: ours.step,
    weights: apart('weights'),
    ema: apart('ema'),
    firstMoment: apart('firstMoment'),
    secondMoment: apart('secondMoment'),
  };
}

const harness = { gradientErrors, statesApart, unsupported };

declare global {
  interface Window {
    wgslHarness: typeof harness;
  }
}

window.wgslHarness = harness;
