import * as tf from '@tensorflow/tfjs-core';
import type { Rng, Space } from '../../../core/types.ts';

function tensorsIn(value: unknown): Set<tf.Tensor> {
  return new Set(tf.tensor_util.getTensorsInContainer(value as tf.TensorContainer));
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
    scope: <S>(body: () => S) => tf.tidy(body as () => tf.TensorContainer) as S,
    release(old, keep) {
      const kept = tensorsIn(keep);
      for (const tensor of tensorsIn(old)) if (!kept.has(tensor)) tensor.dispose();
    },
  };
}
