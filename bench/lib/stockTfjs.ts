import '@tensorflow/tfjs-core/dist/register_all_gradients';
import * as tf from '@tensorflow/tfjs-core';
import { batchSource } from '../../src/backends/batches.ts';
import { examplesOf } from '../../src/backends/examples.ts';
import { networkInputs, networkLayers } from '../../src/backends/network.ts';
import type { Task } from '../../src/backends/task.ts';
import { fixedNetwork } from '../../src/backends/tfjs/mlp.ts';
import type { Network, Trainer } from '../../src/backends/types.ts';
import { createRng } from '../../src/core/rng.ts';
import type { Run } from './contenders.ts';

interface StockRun extends Run {
  /** A network of the weights of this moment. */
  freeze(): Network<tf.Tensor2D>;
  /** [parameterCount], in the layout of `network.ts`. */
  weights(): Promise<Float32Array>;
  /** Of the last step; NaN before any. */
  loss(): Promise<number>;
}

/**
 * The same network and loss as one would write them with TensorFlow.js: its own gradients, its own Adam at its own rate,
 * SiLU.
 */
export function stockTraining(task: Task, size: number): StockRun {
  const layers = networkLayers(task.shape).map(({ inputs, outputs }) => ({
    weights: tf.variable(
      tf.randomNormal([inputs, outputs], 0, Math.sqrt(2 / inputs)),
    ) as tf.Variable<tf.Rank.R2>,
    biases: tf.variable(tf.zeros([outputs])),
  }));
  const optimizer = tf.train.adam(1e-3);
  const source = batchSource(task, size, createRng(1));
  let latest: tf.Scalar | null = null;

  function loss(): tf.Scalar {
    const { inputs, target, gain } = examplesOf(source.next(), task.objective);
    let h: tf.Tensor2D = tf.tensor2d(inputs, [size, networkInputs(task.shape)]);
    for (const [l, { weights, biases }] of layers.entries()) {
      h = tf.add(tf.matMul(h, weights), biases);
      if (l + 1 < layers.length) h = tf.mul(h, tf.sigmoid(h));
    }
    const error = tf.mul(tf.sub(h, tf.tensor2d(target, [size, 2])), tf.tensor2d(gain, [size, 1]));
    return tf.mean(tf.square(error));
  }

  const flat = (): tf.Tensor1D =>
    tf.concat1d(
      layers.flatMap(({ weights, biases }) => [tf.reshape(weights, [-1]), tf.reshape(biases, [-1])]),
    );

  return {
    queue(steps) {
      for (let i = 0; i < steps; i++) {
        latest?.dispose();
        latest = tf.tidy(() => optimizer.minimize(loss, true)!);
      }
    },
    async settle() {
      await latest?.data();
    },
    freeze() {
      const joined = tf.tidy(flat);
      const network = fixedNetwork(joined, task.shape);
      joined.dispose();
      return network;
    },
    async weights() {
      const joined = tf.tidy(flat);
      const values = await joined.data();
      joined.dispose();
      return Float32Array.from(values);
    },
    loss: async () => (latest ? (await latest.data())[0]! : Number.NaN),
    dispose() {
      latest?.dispose();
      optimizer.dispose();
      for (const layer of layers) tf.dispose([layer.weights, layer.biases]);
    },
  };
}

/** The same as a trainer, so that its models can be looked at: without averaging, whatever rates are asked for. */
export function stockTrainer(task: Task): Trainer<tf.Tensor2D> {
  let run: StockRun | null = null;
  let step = 0;
  const started = (): StockRun => {
    if (!run) throw new Error('Nothing has been trained yet.');
    return run;
  };
  return {
    get step() {
      return step;
    },
    advance(batchSize, rates) {
      run ??= stockTraining(task, batchSize);
      run.queue(rates.length);
      step += rates.length;
    },
    advanceOn() {
      throw new Error('Stock training draws its own batches.');
    },
    redraw() {
      throw new Error('Stock training draws all times alike.');
    },
    settle: () => started().loss(),
    async state() {
      const weights = await started().weights();
      const none = new Float32Array(weights.length);
      return { step, weights, ema: weights, firstMoment: none, secondMoment: none };
    },
    freeze: () => started().freeze(),
    dispose: () => run?.dispose(),
  };
}
