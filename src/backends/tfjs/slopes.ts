import * as tf from '@tensorflow/tfjs-core';
import type { Activation } from '../../experiment/types.ts';
import { type NetworkShape, networkInputs, networkLayers } from '../network.ts';
import type { SlopeExamples } from '../scoreMatching.ts';
import { linear, splitParameters, sumRows } from './layers.ts';

/**
 * The network's answers and how they change along directions, carried forwards together as rows of one stack
 * [1 + nDirections][batch][…]: z of the answers first, then ż. So the slope is a part of the forward pass, and one
 * backward pass gives the gradient of whatever is made of both.
 */

interface Curve {
  readonly value: tf.Tensor;
  /** φ'(z) */
  readonly slope: tf.Tensor;
  /** φ''(z) */
  readonly curvature: tf.Tensor;
}

/** φ = zs with s = σ(kz): φ' = s + zs', φ'' = 2s' + zs'', where s' = ks(1 − s) and s'' = ks'(1 − 2s). */
function gated(z: tf.Tensor, k: number): Curve {
  const s = tf.sigmoid(tf.mul(z, k));
  const steep = tf.mul(tf.mul(s, tf.sub(1, s)), k);
  const curvature = tf.mul(steep, tf.add(2, tf.mul(tf.mul(z, k), tf.sub(1, tf.mul(s, 2)))));
  return { value: tf.mul(z, s), slope: tf.add(s, tf.mul(z, steep)), curvature };
}

/** tanh z = 2σ(2z) − 1, as in `activations`. */
function hyperbolicTangent(z: tf.Tensor): Curve {
  const value = tf.sub(tf.mul(tf.sigmoid(tf.mul(z, 2)), 2), 1);
  const slope = tf.sub(1, tf.square(value));
  return { value, slope, curvature: tf.mul(tf.mul(value, slope), -2) };
}

/** A slope that jumps has no derivative to learn from: ReLU is not among them. */
const CURVES: Readonly<Record<Exclude<Activation, 'relu'>, (z: tf.Tensor) => Curve>> = {
  silu: (z) => gated(z, 1),
  gelu: (z) => gated(z, 1.702),
  tanh: hyperbolicTangent,
};

/** [z; ż; …] → [φ(z + b); φ'(z + b)ż; …] @param stack [parts·batch][width] */
function activate(
  stack: tf.Tensor2D,
  bias: tf.Tensor1D,
  parts: number,
  curveOf: (z: tf.Tensor) => Curve,
): tf.Tensor2D {
  const op = tf.customGrad((x, b, save) => {
    const [z, ...tangents] = tf.split(x as tf.Tensor, parts) as [tf.Tensor, ...tf.Tensor[]];
    const { value, slope, curvature } = curveOf(tf.add(z, b as tf.Tensor));
    (save as tf.GradSaveFunc)([slope, curvature, ...tangents]);
    return {
      value: tf.concat([value, ...tangents.map((tangent) => tf.mul(slope, tangent))]),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [steep, curved, ...moving] = saved as [tf.Tensor, tf.Tensor, ...tf.Tensor[]];
        const [ofValue, ...ofTangents] = tf.split(dy, parts) as [tf.Tensor, ...tf.Tensor[]];
        const throughSlope = tf.addN(ofTangents.map((d, k) => tf.mul(d, moving[k]!)));
        const ofZ = tf.add(tf.mul(ofValue, steep), tf.mul(curved, throughSlope)) as tf.Tensor2D;
        return [tf.concat([ofZ, ...ofTangents.map((d) => tf.mul(d, steep))]), sumRows(ofZ)];
      },
    };
  });
  return op(stack, bias) as tf.Tensor2D;
}

/** @returns [parts·batch][2] F without the last bias, and its derivatives along the directions; and that bias */
function carried(flat: tf.Tensor1D, shape: NetworkShape, inputs: tf.Tensor2D, parts: number) {
  const { activation } = shape;
  if (activation === 'relu')
    throw new RangeError('Score matching by its slope needs an activation without kinks.');
  const layers = networkLayers(shape);
  const pieces = splitParameters(flat, layers);
  let h = inputs;
  for (const [l, layer] of layers.entries()) {
    h = linear(h, pieces[2 * l]!, layer, l > 0);
    if (l + 1 < layers.length) h = activate(h, pieces[2 * l + 1]!, parts, CURVES[activation]);
  }
  return { answers: h, bias: pieces.at(-1)! };
}

/** `scoreMatching.ts`'s loss of the stack, whose tangents enter it linearly. */
function lossOf(answers: tf.Tensor2D, bias: tf.Tensor1D, examples: SlopeExamples): tf.Scalar {
  const { size, nDirections, shift, slope, weight, tangentWeights, constant, along } = examples;
  const op = tf.customGrad((y, b, save) => {
    const f = tf.add(tf.slice(y as tf.Tensor2D, [0, 0], [size, 2]), b as tf.Tensor);
    const moved = tf.slice(y as tf.Tensor2D, [size, 0], [nDirections * size, 2]);
    const [w, slopes] = [tf.tensor2d(weight, [size, 1]), tf.tensor2d(slope, [size, 1])];
    const noise = tf.add(tf.tensor2d(shift, [size, 2]), tf.mul(slopes, f));
    const v = along.length > 0 ? tf.tensor2d(along, [size, 2]) : null;
    const seen = v ? tf.mul(v, tf.sum(tf.mul(v, noise), 1, true)) : noise; // its product with ε̂ is (vᵀε̂)² or ‖ε̂‖²
    const ofTangents = tf.tensor2d(tangentWeights, [nDirections * size, 2]);
    const weighted = tf.mul(w, seen);
    (save as tf.GradSaveFunc)([tf.mul(weighted, slopes), ofTangents]);
    const sum = tf.addN([
      tf.div(tf.sum(tf.mul(weighted, noise)), 2),
      tf.sum(tf.mul(ofTangents, moved)),
      tf.sum(tf.tensor1d(constant)),
    ]);
    return {
      value: tf.div(sum, size),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const perExample = tf.div(dy, size);
        const [ofF, ofMoved] = saved as [tf.Tensor2D, tf.Tensor2D];
        const scaled = tf.mul(ofF, perExample) as tf.Tensor2D;
        return [tf.concat([scaled, tf.mul(ofMoved, perExample)]), sumRows(scaled)];
      },
    };
  });
  return op(answers, bias) as tf.Scalar;
}

/** The loss of the examples and its gradient in the flat parameters. The caller owns both tensors. */
export function slopeLossAndGradient(flat: tf.Tensor1D, shape: NetworkShape, examples: SlopeExamples) {
  return tf.tidy(() => {
    const { size, nDirections } = examples;
    const parts = 1 + nDirections;
    const inputs = tf.tensor2d(examples.inputs, [parts * size, networkInputs(shape)]);
    const objective = (parameters: tf.Tensor) => {
      const { answers, bias } = carried(parameters as tf.Tensor1D, shape, inputs, parts);
      return lossOf(answers, bias, examples);
    };
    const { value, grad } = tf.valueAndGrad(objective)(flat);
    return { loss: value as tf.Scalar, gradient: grad as tf.Tensor1D };
  });
}
