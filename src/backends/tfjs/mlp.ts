import * as tf from '@tensorflow/tfjs-core';
import { BOUND_SIZE, type Examples } from '../examples.ts';
import {
  levelFeatures,
  type NetworkShape,
  networkInputs,
  networkLayers,
  POSITION_FEATURES,
  WAVES,
} from '../network.ts';
import type { Network } from '../types.ts';
import { activations, dense, hybridLoss, meanSquaredError, splitParameters } from './layers.ts';

/** h·W + b */
function affine(h: tf.Tensor2D, weights: tf.Tensor2D, bias: tf.Tensor1D): tf.Tensor2D {
  return tf.fused.matMul({ a: h, b: weights, bias }) as tf.Tensor2D;
}

/** The outputs, [batch][2 or 4], on [batch][networkInputs] inputs; differentiable in the flat parameters. */
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

/** The loss of the examples and its gradient in the flat parameters. The caller owns both tensors. */
export function lossAndGradient(
  flat: tf.Tensor1D,
  shape: NetworkShape,
  examples: Examples,
  boundWeight: number,
) {
  return tf.tidy(() => {
    const { size } = examples;
    const inputs = tf.tensor2d(examples.inputs, [size, networkInputs(shape)]);
    const targets = {
      target: tf.tensor2d(examples.target, [size, 2]),
      gain: tf.tensor2d(examples.gain, [size, 1]),
    };
    const bound = examples.bound.length > 0 ? boundTargets(examples) : null;
    const lossOf = (parameters: tf.Tensor) => {
      const prediction = predict(parameters as tf.Tensor1D, shape, inputs);
      if (!bound) return meanSquaredError(prediction, targets);
      return hybridLoss(prediction, { ...targets, ...bound }, boundWeight);
    };
    const { value, grad } = tf.valueAndGrad(lossOf)(flat);
    return { loss: value as tf.Scalar, gradient: grad as tf.Tensor1D };
  });
}

function boundTargets({ bound, size }: Examples) {
  const columns = tf.split(tf.tensor2d(bound, [size, BOUND_SIZE]), BOUND_SIZE, 1) as tf.Tensor2D[];
  const [meanGain, logBeta, logBetaTilde, isKl, drawWeight] = columns;
  return {
    meanGain: meanGain!,
    logBeta: logBeta!,
    logBetaTilde: logBetaTilde!,
    isKl: isKl!,
    drawWeight: drawWeight!,
  };
}

/**
 * A network for sampling: all points share one level, so its features enter the first layer as a bias.
 * Keeps tensors of its own; `flat` stays the caller's.
 */
export function fixedNetwork(flat: tf.Tensor1D, shape: NetworkShape): Network<tf.Tensor2D> {
  const layers = networkLayers(shape);
  const activate = activations[shape.activation];
  const { width } = shape;
  const nFeatures = levelFeatures(shape);
  const kept = tf.tidy(() => {
    const parts = splitParameters(flat, layers);
    const matrices = layers.map(
      ({ inputs, outputs }, l): tf.Tensor2D => tf.reshape(parts[2 * l]!, [inputs, outputs]),
    );
    const first = matrices[0]!;
    return {
      flat: tf.clone(flat),
      frequencies: tf.tensor2d(WAVES.frequencies, [2, WAVES.phases.length]),
      phases: tf.tensor1d(WAVES.phases),
      positions: tf.slice(first, [0, 0], [POSITION_FEATURES, width]),
      features: tf.slice(first, [POSITION_FEATURES, 0], [nFeatures, width]),
      matrices: matrices.slice(1),
      biases: layers.map((_, l) => parts[2 * l + 1]!),
    };
  });

  return {
    evaluate(x, { inputScale, noise, features }) {
      const [output, variance = null] = tf.tidy((): tf.Tensor2D[] => {
        const row = tf.tensor2d(features, [1, nFeatures]);
        const shift = tf.reshape(tf.matMul(row, kept.features), [width]);
        // The sum has a shape of its own; wasm's product refuses a bias that was only reshaped to one dimension.
        const timeBias: tf.Tensor1D = tf.add(shift, kept.biases[0]!);
        const scaled: tf.Tensor2D = inputScale === 1 ? x : tf.mul(x, inputScale);
        const fading = tf.tensor1d(WAVES.halfSquares.map((half) => 1 / (1 + noise ** 2 * half)));
        const waves: tf.Tensor2D = tf.mul(tf.sin(affine(scaled, kept.frequencies, kept.phases)), fading);
        let h = affine(tf.concat2d([scaled, waves], 1), kept.positions, timeBias);
        for (const [l, matrix] of kept.matrices.entries()) {
          h = affine(activate(h), matrix, kept.biases[l + 1]!);
        }
        return shape.outputs === 2 ? [h] : (tf.split(h, 2, 1) as tf.Tensor2D[]);
      });
      return { output: output!, variance };
    },
    readWeights: async () => Float32Array.from(await kept.flat.data()),
    dispose: () => tf.dispose(kept),
  };
}
