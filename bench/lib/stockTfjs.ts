import '@tensorflow/tfjs-core/dist/register_all_gradients';
import * as tf from '@tensorflow/tfjs-core';
import { createRng } from '../../src/core/rng.ts';
import { batchSource } from '../../src/engine/trainers/batches.ts';
import { examplesOf } from '../../src/engine/trainers/examples.ts';
import { networkInputs, networkLayers } from '../../src/engine/trainers/network.ts';
import type { Task } from '../../src/engine/trainers/task.ts';
import type { Run } from './contenders.ts';

/** The same network and loss as one would write them with TensorFlow.js: its own gradients, its own Adam, SiLU. */
export function stockTraining(task: Task, size: number): Run {
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
    dispose() {
      latest?.dispose();
      optimizer.dispose();
      for (const layer of layers) tf.dispose([layer.weights, layer.biases]);
    },
  };
}
