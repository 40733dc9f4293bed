import {
  type DenseShape,
  denseMachine,
  denseRatesAt,
  freshDenseTrainer,
} from '../../../src/backends/dense/index.ts';
import { denseParameterCount } from '../../../src/backends/dense/shape.ts';
import { supports, VARIANTS } from '../../../src/backends/simd/kernel.ts';
import { crossEntropy } from '../../../src/core/losses/crossEntropy.ts';
import { createRng } from '../../../src/core/rng.ts';

interface Work {
  readonly shape: DenseShape;
  readonly batch: number;
  /** Categorical variables among the outputs. */
  readonly groups: number;
  readonly seconds: number;
}

export const variants = () => VARIANTS.filter(supports);

/** Steps per second on one thread, with a cross-entropy loss, and the operations of a step. */
export async function trainingSpeed(variant: (typeof VARIANTS)[number], work: Work) {
  const { shape, batch, groups, seconds } = work;
  const trainer = freshDenseTrainer(await denseMachine(variant), shape, createRng(1));
  const rng = createRng(2);
  const inputs = Float32Array.from({ length: batch * shape.inputs }, () => rng.normal());
  const size = shape.outputs / groups;
  const labels = Array.from({ length: batch * groups }, () => rng.integer(size));
  const slopes = (outputs: Float32Array, into: Float32Array) =>
    crossEntropy(outputs, { n: batch, groups, size }, labels, null, into);
  const rates = { learningRate: 0.001, budget: 1000, emaDecay: 0.99 };
  const step = () => trainer.train(inputs, batch, slopes, denseRatesAt(trainer.step, rates));
  for (let i = 0; i < 10; i++) step();
  const start = performance.now();
  const before = trainer.step;
  while (performance.now() - start < 1000 * seconds) step();
  const rate = (1000 * (trainer.step - before)) / (performance.now() - start);
  trainer.dispose();
  return { rate, flop: 6 * batch * denseParameterCount(shape) };
}
