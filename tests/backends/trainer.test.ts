import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { batchSource } from '../../src/backends/batches.ts';
import { examplesOf } from '../../src/backends/examples.ts';
import { emaDecayAt, learningRateAt } from '../../src/backends/learningRate.ts';
import { initialWeights } from '../../src/backends/network.ts';
import { freshState } from '../../src/backends/state.ts';
import { lossAndGradient } from '../../src/backends/tfjs/mlp.ts';
import { tfjsTrainer } from '../../src/backends/tfjs/trainer.ts';
import type { Batch, TrainerState } from '../../src/backends/types.ts';
import { updateEma } from '../../src/core/losses/ema.ts';
import { createRng } from '../../src/core/rng.ts';
import { defaultConfig } from '../../src/experiment/fields.ts';
import { createExperiment } from '../../src/families/gaussian/experiment.ts';
import { relativeError } from './differences.ts';
import { openCpu } from './tfjsOnCpu.ts';

const nChain = 50;

const config = { ...defaultConfig, timeSampling: 'low-discrepancy', nPoints: 50, width: 8, depth: 2, nChain };
const { task } = createExperiment(config);
const { shape, objective } = task;

function source(seed: number, size = 32, points = task.points) {
  return batchSource({ ...task, points }, size, createRng(seed));
}

const trainerOf = (state: TrainerState, seed = 1) => tfjsTrainer(task, state, createRng(seed));

async function gradientAt(weights: Float32Array, batch: Batch): Promise<Float32Array> {
  const flat = tf.tensor1d(weights.slice());
  const { loss, gradient } = lossAndGradient(flat, shape, examplesOf(batch, objective), 0);
  const values = Float32Array.from(await gradient.data());
  tf.dispose([flat, loss, gradient]);
  return values;
}

/** Kingma & Ba 2015, Algorithm 1 in the order of the end of section 2; the gradients are the trainer's own. */
async function plainAdam(
  weights: Float32Array,
  batches: ReturnType<typeof source>,
  steps: number,
  rate: number,
) {
  const theta = Float64Array.from(weights);
  const m = new Float64Array(theta.length);
  const v = new Float64Array(theta.length);
  const ema = Float64Array.from(weights);
  for (let t = 1; t <= steps; t++) {
    const g = await gradientAt(Float32Array.from(theta), batches.next());
    for (let i = 0; i < theta.length; i++) {
      m[i] = 0.9 * m[i]! + 0.1 * g[i]!;
      v[i] = 0.999 * v[i]! + 0.001 * g[i]! ** 2;
      const alpha = (rate * Math.sqrt(1 - 0.999 ** t)) / (1 - 0.9 ** t);
      theta[i] = theta[i]! - (alpha * m[i]!) / (Math.sqrt(v[i]!) + 1e-8);
    }
    updateEma(ema, theta, 0.9);
  }
  return { theta, ema, m, v };
}

beforeAll(openCpu);

describe('the tfjs trainer', () => {
  it('follows Adam for 20 steps, and averages the weights', async () => {
    const weights = initialWeights(shape, createRng(1));
    const trainer = trainerOf(freshState(weights));
    const batches = source(2);
    for (let i = 0; i < 20; i++) trainer.advanceOn(batches.next(), { learningRate: 1e-3, emaDecay: 0.9 });
    const state = await trainer.state();
    const reference = await plainAdam(weights, source(2), 20, 1e-3);
    expect(relativeError(state.weights, reference.theta)).toBeLessThan(1e-4);
    expect(relativeError(state.ema, reference.ema)).toBeLessThan(1e-4);
    expect(relativeError(state.firstMoment, reference.m)).toBeLessThan(1e-3);
    expect(relativeError(state.secondMoment, reference.v)).toBeLessThan(1e-3);
    expect(state.step).toBe(20);
    trainer.dispose();
  });

  it('trains on from a state as if it had never stopped', async () => {
    const weights = initialWeights(shape, createRng(1));
    const batches = source(3);
    const whole = trainerOf(freshState(weights));
    const first = trainerOf(freshState(weights));
    for (let i = 0; i < 5; i++) {
      const batch = batches.next();
      whole.advanceOn(batch, { learningRate: 1e-2, emaDecay: 0.5 });
      first.advanceOn(batch, { learningRate: 1e-2, emaDecay: 0.5 });
    }
    const second = trainerOf(await first.state());
    const batch = batches.next();
    whole.advanceOn(batch, { learningRate: 1e-2, emaDecay: 0.5 });
    second.advanceOn(batch, { learningRate: 1e-2, emaDecay: 0.5 });
    expect(await second.state()).toEqual(await whole.state());
    for (const trainer of [whole, first, second]) trainer.dispose();
  });

  it('keeps the same tensors however long it trains, and none in the end', async () => {
    const before = tf.memory().numTensors;
    const trainer = trainerOf(freshState(initialWeights(shape, createRng(1))));
    const batches = source(4);
    trainer.advanceOn(batches.next(), { learningRate: 1e-3, emaDecay: 0 });
    const { numTensors } = tf.memory();
    for (let i = 0; i < 10; i++)
      trainer.advanceOn(batches.next(), { learningRate: 1e-3, emaDecay: i % 2 === 0 ? 0 : 0.9 });
    expect(tf.memory().numTensors).toBe(numTensors);
    trainer.freeze().dispose();
    expect(tf.memory().numTensors).toBe(numTensors);
    trainer.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('draws the same batches from the same seed', async () => {
    const weights = initialWeights(shape, createRng(1));
    const rates = Array.from({ length: 4 }, () => ({ learningRate: 1e-3, emaDecay: 0.9 }));
    const states = [];
    for (const seed of [5, 5, 6]) {
      const trainer = trainerOf(freshState(weights), seed);
      trainer.advance(16, rates);
      states.push((await trainer.state()).weights);
      trainer.dispose();
    }
    expect(states[0]).toEqual(states[1]);
    expect(states[0]).not.toEqual(states[2]);
  });

  it('refuses weights of another network', () => {
    const weights = initialWeights({ ...shape, width: 9 }, createRng(1));
    expect(() => trainerOf(freshState(weights))).toThrow(/this network needs/);
  });
});

describe('batches', () => {
  it('use every point once before any twice', () => {
    // Points at x = 0, 20, 40, … are told apart by rounding.
    const points = Float64Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? 10 * i : 0));
    const batches = source(5, 10, points);
    const seen: number[] = [];
    for (let b = 0; b < 3; b++) {
      const batch = batches.next();
      for (let row = 0; row < 10; row++) seen.push(Math.round(batch.x0[2 * row]! / 20));
    }
    expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, i) => i));
  });

  it('spread their times evenly over the chain', () => {
    const { level } = source(6, nChain).next();
    expect(Array.from(level).sort((a, b) => a - b)).toEqual(Array.from({ length: nChain }, (_, i) => i));
  });

  it('are the same for the same seed', () => {
    const [a, b, c] = [source(7).next(), source(7).next(), source(8).next()];
    expect(a).toEqual(b);
    expect(a.eps).not.toEqual(c.eps);
  });
});

describe('the learning rate', () => {
  it('warms up, stays for a while, and falls with the square root of time, without an end', () => {
    expect(learningRateAt(0, 1)).toBeCloseTo(1 / 50);
    expect(learningRateAt(50, 1)).toBe(1);
    expect(learningRateAt(1000, 1)).toBe(1);
    expect(learningRateAt(4000, 2)).toBeCloseTo(1);
    expect(learningRateAt(1_000_000, 1)).toBeCloseTo(1 / Math.sqrt(1000));
  });

  it('lets a young average forget quickly', () => {
    expect(emaDecayAt(0, 0.999)).toBeCloseTo(0.1);
    expect(emaDecayAt(1_000_000, 0.999)).toBe(0.999);
    expect(emaDecayAt(10, 0)).toBe(0);
  });
});
