import { beforeAll, describe, expect, it } from 'vitest';
import { batchSource } from '../../src/backends/batches.ts';
import { initialWeights, type NetworkShape } from '../../src/backends/network.ts';
import { simdBackend } from '../../src/backends/simd/backend.ts';
import { freshState } from '../../src/backends/state.ts';
import { tfjsTrainer } from '../../src/backends/tfjs/trainer.ts';
import type { StepRates, Trainer, TrainerBackend } from '../../src/backends/types.ts';
import { createRng } from '../../src/core/rng.ts';
import { defaultConfig } from '../../src/experiment/fields.ts';
import { createExperiment } from '../../src/families/gaussian/experiment.ts';
import { relativeError } from './differences.ts';
import { randomBatch, randomState, randomTask } from './simdFixtures.ts';
import { openCpu } from './tfjsOnCpu.ts';

const shape: NetworkShape = { width: 13, depth: 2, activation: 'silu', outputs: 2 };
const rates: StepRates = { learningRate: 1e-2, emaDecay: 0.5 };
const task = randomTask(shape);

let backend: TrainerBackend<Float32Array>;
const trainerOf = (seed = 1, state = randomState(shape)) =>
  backend.createTrainer(task, state, createRng(seed));

beforeAll(async () => {
  await openCpu();
  backend = await simdBackend();
});

describe('the SIMD trainer', () => {
  it.each([{}, { learnedVariance: true }, { conditional: true }])(
    'follows tfjs for 50 steps of Adam on the same batches; %o',
    async (patch) => {
      const config = { ...defaultConfig, nPoints: 50, width: 12, depth: 2, nChain: 50, ...patch };
      const experiment = createExperiment(config);
      const start = freshState(initialWeights(experiment.task.shape, createRng(1)));
      const trainers = [
        backend.createTrainer(experiment.task, start, createRng(1)),
        tfjsTrainer(experiment.task, start, createRng(1)),
      ] as const;
      const batches = batchSource(experiment.task, 33, createRng(2));
      for (let step = 0; step < 50; step++) {
        const batch = batches.next();
        for (const trainer of trainers) trainer.advanceOn(batch, { learningRate: 1e-3, emaDecay: 0.9 });
      }
      const [ours, stock] = await Promise.all(trainers.map((trainer) => trainer.state()));
      expect(ours!.step).toBe(50);
      expect(relativeError(ours!.weights, stock!.weights)).toBeLessThan(1e-4);
      expect(relativeError(ours!.ema, stock!.ema)).toBeLessThan(1e-4);
      expect(relativeError(ours!.firstMoment, stock!.firstMoment)).toBeLessThan(1e-3);
      expect(relativeError(ours!.secondMoment, stock!.secondMoment)).toBeLessThan(1e-3);
      for (const trainer of trainers) trainer.dispose();
    },
  );

  it('takes the same steps from the same seed, to the bit, and others from another', async () => {
    const weights = [];
    for (const seed of [5, 5, 6]) {
      const trainer = trainerOf(seed);
      trainer.advance(37, [rates, rates]);
      trainer.advance(64, [rates]);
      weights.push((await trainer.state()).weights);
      trainer.dispose();
    }
    expect(weights[0]).toEqual(weights[1]);
    expect(weights[0]).not.toEqual(weights[2]);
  });

  it('trains on from a state as if it had never stopped', async () => {
    const batches = [1, 2, 3, 4].map((seed) => randomBatch(20, seed));
    const whole = trainerOf();
    for (const batch of batches) whole.advanceOn(batch, rates);
    const first = trainerOf();
    for (const batch of batches.slice(0, 2)) first.advanceOn(batch, rates);
    const second = trainerOf(1, await first.state());
    for (const batch of batches.slice(2)) second.advanceOn(batch, rates);
    expect(await second.state()).toEqual(await whole.state());
    for (const trainer of [whole, first, second]) trainer.dispose();
  });

  it('makes the average equal to the weights where nothing is to be kept of it', async () => {
    const trainer = trainerOf();
    trainer.advance(16, [{ learningRate: 0.1, emaDecay: 0 }]);
    const { weights, ema } = await trainer.state();
    expect(ema).toEqual(weights);
    trainer.dispose();
  });

  it('reports the mean loss since it was last asked, then the last one, and NaN before any', async () => {
    const losses = [];
    for (const seed of [1, 2]) {
      const alone = trainerOf();
      if (seed === 2) alone.advanceOn(randomBatch(8, 1), { learningRate: 0, emaDecay: 0 });
      await alone.settle();
      alone.advanceOn(randomBatch(8, seed), { learningRate: 0, emaDecay: 0 });
      losses.push(await alone.settle());
      alone.dispose();
    }
    const trainer = trainerOf();
    expect(await trainer.settle()).toBeNaN();
    for (const seed of [1, 2]) trainer.advanceOn(randomBatch(8, seed), { learningRate: 0, emaDecay: 0 });
    const mean = await trainer.settle();
    expect(mean).toBeCloseTo((losses[0]! + losses[1]!) / 2, 6);
    expect(await trainer.settle()).toBe(mean);
    trainer.dispose();
  });

  it('calls a loss that is not a number by its name, and goes on', async () => {
    const state = randomState(shape);
    const trainer = trainerOf(1, { ...state, weights: state.weights.map(() => Number.NaN) });
    trainer.advance(16, [rates, rates]);
    expect(await trainer.settle()).toBeNaN();
    expect(trainer.step).toBe(2);
    trainer.dispose();
  });

  it('refuses what is not of its size', () => {
    const state = randomState(shape);
    const short = state.weights.slice(1);
    expect(() => trainerOf(1, { ...state, weights: short })).toThrow(/weights have \d+ numbers.*needs/);
    expect(() => trainerOf(1, { ...state, secondMoment: short })).toThrow(/secondMoment.*needs/);
    expect(() => backend.createNetwork(shape, short)).toThrow(/this network needs/);
    const trainer: Trainer<Float32Array> = trainerOf();
    const batch = randomBatch(4);
    for (const size of [0, -1, 1.5, Number.NaN]) {
      expect(() => trainer.advance(size, [rates]), `batch size ${size}`).toThrow(RangeError);
    }
    expect(() => trainer.advanceOn({ ...batch, size: 5 }, rates)).toThrow(/batch of 5 cannot have 4 levels/);
    expect(() => trainer.advanceOn({ ...batch, level: Uint32Array.of(0, 1, 2, 7) }, rates)).toThrow(
      /no noise level 7; there are 7/,
    );
    expect(trainer.step).toBe(0);
    trainer.dispose();
  });

  it('does nothing once it was disposed of, which may be twice', async () => {
    const other = trainerOf();
    const trainer = trainerOf();
    const network = trainer.freeze();
    for (const used of [trainer, network]) used.dispose();
    for (const used of [trainer, network]) used.dispose();
    expect(() => trainer.advance(8, [rates])).toThrow(/disposed/);
    expect(() => trainer.advanceOn(randomBatch(8), rates)).toThrow(/disposed/);
    expect(() => trainer.freeze()).toThrow(/disposed/);
    await expect(trainer.state()).rejects.toThrow(/disposed/);
    const level = { inputScale: 1, noise: 0.5, features: new Float32Array(16) };
    expect(() => network.evaluate(new Float32Array(2), level)).toThrow(/disposed/);
    expect((await other.state()).weights).toEqual(randomState(shape).weights);
    other.dispose();
  });

  it('gives all its memory back, and takes no more the next time', () => {
    const before = backend.memory();
    const sizes = [];
    for (let round = 0; round < 20; round++) {
      const trainer = trainerOf(round);
      for (const size of [1, 7, 200, 4096]) trainer.advance(size, [rates]);
      const network = trainer.freeze();
      network.evaluate(new Float32Array(500), { inputScale: 1, noise: 0.5, features: new Float32Array(16) });
      sizes.push(backend.memory());
      network.dispose();
      trainer.dispose();
      expect(backend.memory()).toEqual(before);
    }
    expect(new Set(sizes.map(({ bytes }) => bytes)).size).toBe(1);
    expect(sizes[0]!.bytes).toBeGreaterThan(4 * 4 * initialWeights(shape, createRng(1)).length);
  });
});
