import * as tf from '@tensorflow/tfjs-core';
import type { Activation } from '../../experiment/types.ts';
import type { LayerLayout } from '../network.ts';

/**
 * The MLP's building blocks with their gradients. tfjs's tape chains them; the pieces are written out because the
 * stock ones need twice the kernels, and because a transposed product on the wasm backend falls back to a scalar loop.
 */

// Splitting the flat parameters is differentiated by joining the pieces: one flat gradient comes back.
tf.registerGradient({
  kernelName: 'SplitV',
  gradFunc: (dy, _saved, attributes) => {
    const { axis } = attributes as { axis: number };
    return { x: () => tf.concat(dy as tf.Tensor[], axis) };
  },
});

/** The flat parameters as W₁, b₁, W₂, b₂, …, each still flat. */
export function splitParameters(flat: tf.Tensor1D, layers: readonly LayerLayout[]): tf.Tensor1D[] {
  return tf.split(
    flat,
    layers.flatMap(({ inputs, outputs }) => [inputs * outputs, outputs]),
  );
}

/** aᵀ·b */
function transposedTimes(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  return tf.getBackend() === 'wasm' ? tf.matMul(tf.transpose(a), b) : tf.matMul(a, b, true, false);
}

/** a·bᵀ */
function timesTransposed(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  return tf.getBackend() === 'wasm' ? tf.matMul(a, tf.transpose(b)) : tf.matMul(a, b, false, true);
}

/** Σ over the rows, as a product: several times faster than a reduction on wasm, and no slower elsewhere. */
export function sumRows(a: tf.Tensor2D): tf.Tensor1D {
  const ones = tf.ones([1, a.shape[0]]) as tf.Tensor2D;
  return tf.reshape(tf.matMul(ones, a), [a.shape[1]]);
}

/**
 * h·W + b.
 * @param h [batch][inputs]
 * @param needsInputGradient false for the network's own inputs, which nothing learns
 */
export function dense(
  h: tf.Tensor2D,
  weights: tf.Tensor1D,
  bias: tf.Tensor1D,
  { inputs, outputs }: LayerLayout,
  needsInputGradient: boolean,
): tf.Tensor2D {
  const affine = (input: tf.Tensor2D, flat: tf.Tensor, b: tf.Tensor) => {
    const matrix: tf.Tensor2D = tf.reshape(flat, [inputs, outputs]);
    return tf.fused.matMul({ a: input, b: matrix, bias: b }) as tf.Tensor2D;
  };
  const weightGradient = (input: tf.Tensor2D, dy: tf.Tensor2D) =>
    tf.reshape(transposedTimes(input, dy), [inputs * outputs]);

  if (!needsInputGradient) {
    const op = tf.customGrad((w, b) => ({
      value: affine(h, w as tf.Tensor, b as tf.Tensor),
      gradFunc: (dy: tf.Tensor) => [weightGradient(h, dy as tf.Tensor2D), sumRows(dy as tf.Tensor2D)],
    }));
    return op(weights, bias) as tf.Tensor2D;
  }
  const op = tf.customGrad((x, w, b, save) => {
    (save as tf.GradSaveFunc)([x as tf.Tensor, w as tf.Tensor]);
    return {
      value: affine(x as tf.Tensor2D, w as tf.Tensor, b as tf.Tensor),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [input, flat] = saved as [tf.Tensor2D, tf.Tensor1D];
        const matrix: tf.Tensor2D = tf.reshape(flat, [inputs, outputs]);
        return [
          timesTransposed(dy as tf.Tensor2D, matrix),
          weightGradient(input, dy as tf.Tensor2D),
          sumRows(dy as tf.Tensor2D),
        ];
      },
    };
  });
  return op(h, weights, bias) as tf.Tensor2D;
}

/** h·W. @param h [batch][inputs]; needsInputGradient as in `dense` */
export function linear(
  h: tf.Tensor2D,
  weights: tf.Tensor1D,
  { inputs, outputs }: LayerLayout,
  needsInputGradient: boolean,
): tf.Tensor2D {
  const shaped = (flat: tf.Tensor): tf.Tensor2D => tf.reshape(flat, [inputs, outputs]);
  const ofWeights = (input: tf.Tensor2D, dy: tf.Tensor2D) =>
    tf.reshape(transposedTimes(input, dy), [inputs * outputs]);
  if (!needsInputGradient) {
    const op = tf.customGrad((w) => ({
      value: tf.matMul(h, shaped(w as tf.Tensor)),
      gradFunc: (dy: tf.Tensor) => ofWeights(h, dy as tf.Tensor2D),
    }));
    return op(weights) as tf.Tensor2D;
  }
  const op = tf.customGrad((x, w, save) => {
    (save as tf.GradSaveFunc)([x as tf.Tensor, w as tf.Tensor]);
    return {
      value: tf.matMul(x as tf.Tensor2D, shaped(w as tf.Tensor)),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [input, flat] = saved as [tf.Tensor2D, tf.Tensor1D];
        return [timesTransposed(dy as tf.Tensor2D, shaped(flat)), ofWeights(input, dy as tf.Tensor2D)];
      },
    };
  });
  return op(h, weights) as tf.Tensor2D;
}

/** z·σ(kz): SiLU for k = 1, GELU's sigmoid form for k = 1.702 (Hendrycks & Gimpel 2016). dy/dz = s + k(y − ys). */
function gated(z: tf.Tensor2D, k: number): tf.Tensor2D {
  const scaled = (x: tf.Tensor) => (k === 1 ? x : tf.mul(x, k));
  const op = tf.customGrad((x, save) => {
    const s = tf.sigmoid(scaled(x as tf.Tensor));
    const y = tf.mul(x as tf.Tensor, s);
    (save as tf.GradSaveFunc)([s, y]);
    return {
      value: y,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [gate, out] = saved as [tf.Tensor, tf.Tensor];
        return tf.mul(dy, tf.add(gate, scaled(tf.sub(out, tf.mul(out, gate)))));
      },
    };
  });
  return op(z) as tf.Tensor2D;
}

/** tanh z = 2σ(2z) − 1: the wasm backend's sigmoid is ten times as fast as its tanh. dy/dz = 1 − y². */
function hyperbolicTangent(z: tf.Tensor2D): tf.Tensor2D {
  const op = tf.customGrad((x, save) => {
    const y = tf.sub(tf.mul(tf.sigmoid(tf.mul(x as tf.Tensor, 2)), 2), 1);
    (save as tf.GradSaveFunc)([y]);
    return {
      value: y,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.sub(dy, tf.mul(dy, tf.square(saved[0]!))),
    };
  });
  return op(z) as tf.Tensor2D;
}

function rectified(z: tf.Tensor2D): tf.Tensor2D {
  const op = tf.customGrad((x, save) => {
    (save as tf.GradSaveFunc)([x as tf.Tensor]);
    return {
      value: tf.relu(x as tf.Tensor),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(dy, tf.step(saved[0]!)),
    };
  });
  return op(z) as tf.Tensor2D;
}

export const activations: Readonly<Record<Activation, (z: tf.Tensor2D) => tf.Tensor2D>> = {
  silu: (z) => gated(z, 1),
  gelu: (z) => gated(z, 1.702),
  relu: rectified,
  tanh: hyperbolicTangent,
};

/** What the network should answer, [batch][2], and √w, [batch][1]. */
export interface Targets {
  readonly target: tf.Tensor2D;
  readonly gain: tf.Tensor2D;
}

/** Mean over batch and coordinates of (gain·(F − F*))². @param prediction [batch][2] */
export function meanSquaredError(prediction: tf.Tensor2D, { target, gain }: Targets): tf.Scalar {
  const op = tf.customGrad((p, save) => {
    const error = tf.mul(tf.sub(p as tf.Tensor, target), gain);
    (save as tf.GradSaveFunc)([error]);
    return {
      value: tf.mean(tf.square(error)) as tf.Tensor,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) =>
        tf.mul(tf.mul(saved[0]!, gain), tf.mul(dy, 2 / target.size)),
    };
  });
  return op(prediction) as tf.Scalar;
}

/** Of the bound, each [batch][1]; named as in `LEVEL`. */
export interface BoundTargets extends Targets {
  readonly meanGain: tf.Tensor2D;
  readonly logBeta: tf.Tensor2D;
  readonly logBetaTilde: tf.Tensor2D;
  readonly isKl: tf.Tensor2D;
  readonly drawWeight: tf.Tensor2D;
}

/**
 * The same value for F, the first two columns of a [batch][4] prediction, with the gradient of `Objective`'s bound in
 * the other two: it teaches the variance and not the mean.
 */
export function hybridLoss(prediction: tf.Tensor2D, targets: BoundTargets, boundWeight: number): tf.Scalar {
  const { target, gain } = targets;
  const op = tf.customGrad((p, save) => {
    const [output, v] = tf.split(p as tf.Tensor2D, 2, 1) as [tf.Tensor2D, tf.Tensor2D];
    const error = tf.sub(output, target);
    const slope = tf.mul(boundSlope(error, v, targets), boundWeight / target.size);
    const weighted = tf.mul(error, gain);
    (save as tf.GradSaveFunc)([weighted, slope]);
    return {
      value: tf.mean(tf.square(weighted)) as tf.Tensor,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const ofOutput = tf.mul(tf.mul(saved[0]!, gain), 2 / target.size);
        return tf.mul(tf.concat([ofOutput, saved[1]!], 1), dy);
      },
    };
  });
  return op(prediction) as tf.Scalar;
}

/** d/dv of drawWeight·½[ln Σ + (meanGain·ΔF)² e^{−ln Σ} + isKl·e^{ln β̃ − ln Σ}] with ln Σ = ½(1 + v) ln β + ½(1 − v) ln β̃. */
function boundSlope(error: tf.Tensor, v: tf.Tensor, targets: BoundTargets): tf.Tensor {
  const { meanGain, logBeta, logBetaTilde, isKl, drawWeight } = targets;
  const half = tf.div(tf.sub(logBeta, logBetaTilde), 2);
  const logSigma2 = tf.add(tf.add(tf.mul(half, v), half), logBetaTilde);
  const misfit = tf.mul(tf.square(tf.mul(error, meanGain)), tf.exp(tf.neg(logSigma2)));
  const known = tf.mul(isKl, tf.exp(tf.sub(logBetaTilde, logSigma2)));
  return tf.mul(tf.mul(half, tf.div(drawWeight, 2)), tf.sub(tf.sub(1, misfit), known));
}
