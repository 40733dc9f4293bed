import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { batchSource } from '../../../../src/backends/batches.ts';
import { examplesOf } from '../../../../src/backends/examples.ts';
import { freshState } from '../../../../src/backends/state.ts';
import { tfjsBackend } from '../../../../src/backends/tfjs/backend.ts';
import type { TrainerBackend, TrainerState } from '../../../../src/backends/types.ts';
import { createRng } from '../../../../src/core/rng.ts';
import type { GaussianExperiment } from '../../../../src/families/gaussian/experiment.ts';
import { referenceGradient } from '../../../backends/referenceGradient.ts';
import { equalBits, onGpu, type Patch, relativeError, roughWeights, tinyExperiment } from './fixtures.ts';

/**
 * One step from rough weights on a batch, for each of these networks: how far loss and gradient are from float64's, and
 * the loss when one of the weights is not a number.
 */
export function gradientErrors(patches: readonly Patch[], batchSize: number, withNaN = false) {
  return onGpu(async (backend) => {
    const all = [];
    for (const patch of patches) {
      all.push(await gradientError(backend, tinyExperiment(patch), batchSize, withNaN));
    }
    return all;
  });
}

async function gradientError(
  backend: TrainerBackend<unknown>,
  experiment: GaussianExperiment,
  batchSize: number,
  withNaN: boolean,
) {
  const { task } = experiment;
  const { shape, objective } = task;
  const batch = batchSource(task, batchSize, createRng(2)).next();
  const stepFrom = async (weights: Float32Array) => {
    const trainer = backend.createTrainer(task, freshState(weights), createRng(1));
    trainer.advanceOn(batch, { learningRate: 1e-3, emaDecay: 0 });
    const loss = await trainer.settle();
    const { firstMoment } = await trainer.state();
    trainer.dispose();
    return { loss, firstMoment };
  };
  const weights = roughWeights(experiment, 3);
  const ours = await stepFrom(weights);
  const examples = examplesOf(batch, objective);
  const reference = referenceGradient(Float64Array.from(weights), shape, examples, objective.boundWeight);
  // Another trainer compiles its kernels anew, which takes most of the time.
  const spoilt = withNaN ? await stepFrom(weights.with(7, Number.NaN)) : null;
  return {
    // Adam's first m is (1 − β₁) times the gradient.
    gradient: relativeError(
      ours.firstMoment.map((m) => 10 * m),
      reference.gradient,
    ),
    loss: Math.abs(ours.loss / reference.loss - 1),
    lossOfNaN: spoilt && String(spoilt.loss),
  };
}

/** The state after steps from rough weights, on batches that depend on the seed alone. */
export async function trained(
  backend: TrainerBackend<unknown>,
  experiment: GaussianExperiment,
  steps: number,
  batchSize: number,
): Promise<TrainerState> {
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

export async function tfjsOnCpu(): Promise<TrainerBackend<unknown>> {
  await setBackend('cpu');
  return tfjsBackend(() => {}) as TrainerBackend<unknown>;
}

/** The same steps on the same batches here and on tfjs: how far apart the states are. */
export function statesApart(patch: Patch, steps: number, batchSize: number) {
  return onGpu(async (backend) => {
    const experiment = tinyExperiment(patch);
    const ours = await trained(backend, experiment, steps, batchSize);
    const theirs = await trained(await tfjsOnCpu(), experiment, steps, batchSize);
    const apart = (part: Exclude<keyof TrainerState, 'step'>) => relativeError(ours[part], theirs[part]);
    return {
      step: ours.step,
      weights: apart('weights'),
      ema: apart('ema'),
      firstMoment: apart('firstMoment'),
      secondMoment: apart('secondMoment'),
    };
  });
}

/** Runs of its own drawing: whether the same seed gives the same bits, another seed others, and what the losses do. */
export function ownDraws(patch: Patch, steps: number, batchSize: number) {
  return onGpu(async (backend) => {
    const { task } = tinyExperiment(patch);
    const start = freshState(roughWeights(tinyExperiment(patch), 3));
    const rates = Array.from({ length: steps }, () => ({ learningRate: 3e-3, emaDecay: 0.9 }));
    const run = async (seed: number, parts: readonly number[]) => {
      const trainer = backend.createTrainer(task, start, createRng(seed));
      const losses: number[] = [];
      for (const part of parts) {
        trainer.advance(batchSize, rates.slice(0, part));
        losses.push(await trainer.settle());
      }
      const state = await trainer.state();
      trainer.dispose();
      return { losses, weights: state.weights, step: state.step };
    };
    const [whole, again, other] = [await run(5, [steps]), await run(5, [steps]), await run(6, [steps])];
    const single = await run(
      5,
      rates.map(() => 1),
    );
    const mean = single.losses.reduce((sum, loss) => sum + loss, 0) / steps;
    return {
      step: whole.step,
      repeats: equalBits(whole.weights, again.weights),
      sameInParts: equalBits(whole.weights, single.weights),
      differs: !equalBits(whole.weights, other.weights),
      meanError: Math.abs(whole.losses[0]! / mean - 1),
      losses: single.losses,
    };
  });
}

/** Stops half-way and goes on from the state: whether the end is the same. */
export function resumed(steps: number, batchSize: number) {
  return onGpu(async (backend) => {
    const experiment = tinyExperiment();
    const { task } = experiment;
    const rates = Array.from({ length: steps }, () => ({ learningRate: 3e-3, emaDecay: 0.9 }));
    const whole = backend.createTrainer(task, freshState(roughWeights(experiment, 3)), createRng(1));
    whole.advance(batchSize, [...rates, ...rates]);
    const first = backend.createTrainer(task, freshState(roughWeights(experiment, 3)), createRng(1));
    first.advance(batchSize, rates);
    const second = backend.createTrainer(task, await first.state(), createRng(1));
    second.advance(batchSize, rates);
    const [a, b] = [await whole.state(), await second.state()];
    for (const trainer of [whole, first, second]) trainer.dispose();
    return {
      weights: equalBits(a.weights, b.weights),
      secondMoment: equalBits(a.secondMoment, b.secondMoment),
      step: b.step,
    };
  });
}
