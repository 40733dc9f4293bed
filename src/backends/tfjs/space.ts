import * as tf from '@tensorflow/tfjs-core';
import type { Rng, Space, Threshold } from '../../core/types.ts';

function tensorsIn(value: unknown): Set<tf.Tensor> {
  return new Set(tf.tensor_util.getTensorsInContainer(value as tf.TensorContainer));
}

/** x̂₀ within the range, as core's `thresholded`: the quantile of two numbers lies between them. */
function thresholded(x0Hat: tf.Tensor2D, how: Threshold): tf.Tensor2D {
  const { limit } = how;
  if (how.kind === 'limit') return tf.clipByValue(x0Hat, -limit, limit);
  const magnitudes = tf.abs(x0Hat);
  const [low, high] = [tf.min(magnitudes, 1, true), tf.max(magnitudes, 1, true)];
  const s = tf.maximum(tf.add(low, tf.mul(how.quantile, tf.sub(high, low))), limit);
  return tf.mul(tf.maximum(tf.minimum(x0Hat, s), tf.neg(s)), tf.div(limit, s));
}

/** The samplers' algebra on [n][2] tensors. Coefficients are float64 until they meet a tensor. */
export function tfjsSpace(rng: Rng): Space<tf.Tensor2D> {
  return {
    combine(...terms) {
      if (terms.length === 0) throw new Error('combine needs at least one term.');
      return tf.tidy(() => tf.addN(terms.map(([coefficient, x]) => tf.mul(x, coefficient))) as tf.Tensor2D);
    },
    gaussian(like, key) {
      const stream = rng.fork(key);
      return tf.tensor2d(
        Float32Array.from({ length: like.size }, () => stream.normal()),
        like.shape,
      );
    },
    threshold: (x0Hat, how) => tf.tidy(() => thresholded(x0Hat, how)),
    scope: <S>(body: () => S) => tf.tidy(body as () => tf.TensorContainer) as S,
    release(old, keep) {
      const kept = tensorsIn(keep);
      for (const tensor of tensorsIn(old)) if (!kept.has(tensor)) tensor.dispose();
    },
  };
}
