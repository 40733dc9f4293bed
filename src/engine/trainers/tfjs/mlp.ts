import * as tf from '@tensorflow/tfjs-core';
import {
  NETWORK_INPUTS,
  type NetworkShape,
  networkLayers,
  POSITION_FEATURES,
  TIME_FEATURES,
  WAVES,
} from '../network.ts';
import type { Batch, Network } from '../types.ts';
import { activations, dense, meanSquaredError, splitParameters } from './layers.ts';

/** h·W + b */
function affine(h: tf.Tensor2D, weights: tf.Tensor2D, bias: tf.Tensor1D): tf.Tensor2D {
  return tf.fused.matMul({ a: h, b: weights, bias }) as tf.Tensor2D;
}

/** v_θ on [batch][NETWORK_INPUTS] inputs, differentiable in the flat parameters. */
export function predict(flat: tf.Tensor1D, shape: NetworkShape, inputs: tf.Tensor2D): tf.Tensor2D {
  const layers = networkLayers(shape);
  const parts = splitParameters(flat, layers);
  const activate = activations[shape.activation];
  let h = inputs;
  for (const [l, layer] of layers.entries()) {
    h = dense(h, parts[2 * l]!, parts[2 * l + 1]!, layer, l > 0);
    if (l + 1 < layers.length) h = activate(h);
  }
  return h;
}

/** The batch's loss and its gradient in the flat parameters. The caller owns both tensors. */
export function lossAndGradient(flat: tf.Tensor1D, shape: NetworkShape, batch: Batch) {
  return tf.tidy(() => {
    const inputs = tf.tensor2d(batch.inputs, [batch.size, NETWORK_INPUTS]);
    const velocity = tf.tensor2d(batch.velocity, [batch.size, 2]);
    const alpha = tf.tensor2d(batch.alpha, [batch.size, 1]);
    const lossOf = (parameters: tf.Tensor) =>
      meanSquaredError(predict(parameters as tf.Tensor1D, shape, inputs), velocity, alpha);
    const { value, grad } = tf.valueAndGrad(lossOf)(flat);
    return { loss: value as tf.Scalar, gradient: grad as tf.Tensor1D };
  });
}

/**
 * A network for sampling: all points share one time, so the time features enter the first layer as a bias.
 * Keeps tensors of its own; `flat` stays the caller's.
 */
export function fixedNetwork(flat: tf.Tensor1D, shape: NetworkShape): Network<tf.Tensor2D> {
  const layers = networkLayers(shape);
  const activate = activations[shape.activation];
  const { width } = shape;
  const kept = tf.tidy(() => {
    const parts = splitParameters(flat, layers);
    const matrices = layers.map(
      ({ inputs, outputs }, l): tf.Tensor2D => tf.reshape(parts[2 * l]!, [inputs, outputs]),
    );
    const first = matrices[0]!;
    return {
      frequencies: tf.tensor2d(WAVES.frequencies, [2, WAVES.phases.length]),
      phases: tf.tensor1d(WAVES.phases),
      positions: tf.slice(first, [0, 0], [POSITION_FEATURES, width]),
      features: tf.slice(first, [POSITION_FEATURES, 0], [TIME_FEATURES, width]),
      matrices: matrices.slice(1),
      biases: layers.map((_, l) => parts[2 * l + 1]!),
    };
  });

  return {
    velocity(x, features) {
      return tf.tidy(() => {
        const row = tf.tensor2d(features, [1, TIME_FEATURES]);
        const shift = tf.reshape(tf.matMul(row, kept.features), [width]);
        // The sum has a shape of its own; wasm's product refuses a bias that was only reshaped to one dimension.
        const timeBias: tf.Tensor1D = tf.add(shift, kept.biases[0]!);
        const waves = tf.sin(affine(x, kept.frequencies, kept.phases));
        let h = affine(tf.concat2d([x, waves as tf.Tensor2D], 1), kept.positions, timeBias);
        for (const [l, matrix] of kept.matrices.entries()) {
          h = affine(activate(h), matrix, kept.biases[l + 1]!);
        }
        return h;
      });
    },
    dispose: () => tf.dispose(kept),
  };
}
