import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '../../core/types.ts';
import { batchesFor } from '../batches.ts';
import { examplesOf } from '../examples.ts';
import type { LevelDraws } from '../levelDraws.ts';
import { parameterCount } from '../network.ts';
import { slopeExamplesOf } from '../scoreMatching.ts';
import type { Task } from '../task.ts';
import type { Batch, StepRates, Trainer, TrainerState } from '../types.ts';
import { adamConstants, adamStep, type OptimizerTensors } from './adam.ts';
import { fixedNetwork, lossAndGradient } from './mlp.ts';
import { slopeLossAndGradient } from './slopes.ts';

/** The model in training as four flat tensors, replaced at every step. */
export function tfjsTrainer(task: Task, initial: TrainerState, rng: Rng): Trainer<tf.Tensor2D> {
  const { shape, objective } = task;
  const size = parameterCount(shape);
  const upload = (values: Float32Array) => tf.tensor1d(values.slice(), 'float32');
  if (initial.weights.length !== size) {
    throw new Error(`The weights have ${initial.weights.length} numbers; this network needs ${size}.`);
  }
  const constants = adamConstants();
  let step = initial.step;
  let loss: tf.Scalar | null = null;
  let tensors: OptimizerTensors = {
    weights: upload(initial.weights),
    ema: upload(initial.ema),
    firstMoment: upload(initial.firstMoment),
    secondMoment: upload(initial.secondMoment),
  };

  let draws: LevelDraws = { levels: objective.levels, drawLevels: task.drawLevels };
  const directions = rng.fork('directions');
  const drawLevels: Task['drawLevels'] = (n, stream) => draws.drawLevels(n, stream);
  const batches = batchesFor({ ...task, drawLevels }, rng);

  function evaluate(weights: tf.Tensor1D, batch: Batch) {
    const { slopeLoss, boundWeight } = objective;
    const now = { ...objective, levels: draws.levels };
    if (!slopeLoss) return lossAndGradient(weights, shape, examplesOf(batch, now), boundWeight);
    return slopeLossAndGradient(
      weights,
      shape,
      slopeExamplesOf(batch, now, slopeLoss, directions.fork(step)),
    );
  }

  function advanceOn(batch: Batch, { learningRate, emaDecay }: StepRates): void {
    const old = tensors;
    const next = tf.tidy(() => {
      const evaluated = evaluate(old.weights, batch);
      const options = { learningRate, t: step + 1, emaDecay };
      return { loss: evaluated.loss, ...adamStep(old, evaluated.gradient, constants, options) };
    });
    tf.dispose({ ...old });
    loss?.dispose();
    ({ loss, ...tensors } = next);
    step += 1;
  }

  return {
    get step() {
      return step;
    },
    advance(batchSize, rates) {
      const source = batches(batchSize, step);
      for (const rate of rates) advanceOn(source.next(), rate);
    },
    advanceOn,
    redraw(next) {
      draws = next;
    },
    async settle() {
      if (!loss) return Number.NaN;
      return (await loss.data())[0]!;
    },
    async state() {
      const at = step;
      const { weights, ema, firstMoment, secondMoment } = tensors;
      const values = await Promise.all(
        [weights, ema, firstMoment, secondMoment].map(async (tensor) =>
          Float32Array.from(await tensor.data()),
        ),
      );
      const [w, e, m, v] = values as [Float32Array, Float32Array, Float32Array, Float32Array];
      return { step: at, weights: w, ema: e, firstMoment: m, secondMoment: v };
    },
    freeze: () => fixedNetwork(tensors.ema, shape),
    dispose() {
      tf.dispose([{ ...tensors }, { ...constants }]);
      loss?.dispose();
      loss = null;
    },
  };
}
