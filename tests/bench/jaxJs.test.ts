import { expect, it } from 'vitest';
import { jaxTraining, prepareJax } from '../../bench/lib/jaxJs.ts';
import { simdBackend } from '../../src/backends/simd/backend.ts';
import { createRng } from '../../src/core/rng.ts';
import { relativeError } from '../backends/differences.ts';
import { randomBatch, randomTask, randomWeights } from '../backends/simdFixtures.ts';

const task = randomTask({ width: 13, depth: 3, activation: 'silu', outputs: 2 });
const SIZE = 32;
const STEPS = 6;

/** Held to our own trainer, which is held to float64. */
it('jax-js takes the steps that our trainer takes, with the same losses', async () => {
  const start = randomWeights(task.shape);
  const none = new Float32Array(start.length);
  const backend = await simdBackend('simd');
  const state = { step: 0, weights: start, ema: start, firstMoment: none, secondMoment: none };
  const ours = backend.createTrainer(task, state, createRng(1));
  await prepareJax();
  const theirs = jaxTraining(task, SIZE, start);
  for (let step = 0; step < STEPS; step++) {
    const batch = randomBatch(SIZE, step);
    ours.advanceOn(batch, { learningRate: 1e-3, emaDecay: 0 });
    const loss = await ours.settle();
    expect(Math.abs((await theirs.stepOn(batch)) - loss)).toBeLessThan(1e-5 * loss);
  }
  const moved = (weights: Float32Array) => weights.map((w, i) => w - start[i]!);
  const { weights } = await ours.state();
  expect(relativeError(moved(await theirs.weights()), moved(weights))).toBeLessThan(1e-3);
  theirs.dispose();
  ours.dispose();
});
