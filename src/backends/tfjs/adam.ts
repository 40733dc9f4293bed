import * as tf from '@tensorflow/tfjs-core';
import { adamRate, BETA_1, BETA_2, EPSILON } from '../adam.ts';

/** What one optimisation step reads and replaces; all flat. */
export interface OptimizerTensors {
  readonly weights: tf.Tensor1D;
  readonly ema: tf.Tensor1D;
  readonly firstMoment: tf.Tensor1D;
  readonly secondMoment: tf.Tensor1D;
}

/** The rules' constants as tensors, uploaded once: a scalar made per use costs more than the product it is for. */
export function adamConstants() {
  return {
    beta1: tf.scalar(BETA_1),
    gain1: tf.scalar(1 - BETA_1),
    beta2: tf.scalar(BETA_2),
    gain2: tf.scalar(1 - BETA_2),
    epsilon: tf.scalar(EPSILON),
  };
}

export type AdamConstants = ReturnType<typeof adamConstants>;

/**
 * θ ← θ − α_t·m/(√v + ε̂) on the whole flat vector, then ema ← ema + (1 − decay)(θ − ema).
 * Call in a tidy; returns new tensors and disposes of none.
 * @param t 1 for the first step
 */
export function adamStep(
  old: OptimizerTensors,
  gradient: tf.Tensor1D,
  constants: AdamConstants,
  { learningRate, t, emaDecay }: { learningRate: number; t: number; emaDecay: number },
): OptimizerTensors {
  const { beta1, gain1, beta2, gain2, epsilon } = constants;
  const firstMoment = tf.add(tf.mul(beta1, old.firstMoment), tf.mul(gain1, gradient)) as tf.Tensor1D;
  const secondMoment = tf.add(
    tf.mul(beta2, old.secondMoment),
    tf.mul(gain2, tf.square(gradient)),
  ) as tf.Tensor1D;
  const direction = tf.div(firstMoment, tf.add(tf.sqrt(secondMoment), epsilon));
  const weights = tf.sub(old.weights, tf.mul(adamRate(learningRate, t), direction)) as tf.Tensor1D;
  const ema =
    emaDecay === 0
      ? tf.clone(weights)
      : (tf.add(old.ema, tf.mul(1 - emaDecay, tf.sub(weights, old.ema))) as tf.Tensor1D);
  return { weights, ema, firstMoment, secondMoment };
}
