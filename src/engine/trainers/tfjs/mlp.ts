import * as tf from '@tensorflow/tfjs-core';
import { type NetworkShape, networkLayers, TIME_FEATURES } from '../network.ts';
import type { Batch, Network } from '../types.ts';
import { activations, dense, meanSquaredError, splitParameters } from './layers.ts';

/** h·W + b */
function affine(h: tf.Tensor2D, weights: tf.Tensor2D, bias: tf.Tensor1D): tf.Tensor2D {
  return tf.fused.matMul({ a: h, b: weights, bias }) as tf.Tensor2D;
}

/** ε_θ on [batch][2 + TIME_FEATURES] inputs, differentiable in the flat parameters. */
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
    const inputs = tf.tensor2d(batch.inputs, [batch.size, 2 + TIME_FEATURES]);
    const eps = tf.tensor2d(batch.eps, [batch.size, 2]);
    const lossOf = (parameters: tf.Tensor) =>
      meanSquaredError(predict(parameters as tf.Tensor1D, shape, inputs), eps);
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
      positions: tf.slice(first, [0, 0], [2, width]),
      features: tf.slice(first, [2, 0], [TIME_FEATURES, width]),
      matrices: matrices.slice(1),
      biases: layers.map((_, l) => parts[2 * l + 1]!),
    };
  });

  return {
    eps(x, features) {
      return tf.tidy(() => {
        const row = tf.tensor2d(features, [1, TIME_FEATURES]);
        const shift = tf.reshape(tf.matMul(row, kept.features), [width]);
        // The sum has a shape of its own; wasm's product refuses a bias that was only reshaped to one dimension.
        const timeBias: tf.Tensor1D = tf.add(shift, kept.biases[0]!);
        let h = affine(x, kept.positions, timeBias);
        for (const [l, matrix] of kept.matrices.entries()) {
          h = affine(activate(h), matrix, kept.biases[l + 1]!);
        }
        return h;
      });
    },
    dispose: () => tf.dispose(kept),
  };
}
