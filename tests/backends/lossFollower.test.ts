import { describe, expect, it } from 'vitest';
import { levelSize, withClasses } from '../../src/backends/classes.ts';
import { levelCases } from '../../src/backends/levelDraws.ts';
import type { LossFollower } from '../../src/backends/lossFollower.ts';
import { probeStepBefore } from '../../src/backends/lossProbe.ts';
import { LEVEL, LEVEL_SIZE } from '../../src/backends/objective.ts';
import { levelQuantiles } from '../../src/backends/wgsl/levelQuantiles.ts';
import { processes } from '../../src/core/processes/index.ts';
import { createRng } from '../../src/core/rng.ts';
import { timeSamplings } from '../../src/core/timeSampling/index.ts';
import { defaultConfig } from '../../src/experiment/fields.ts';
import { createExperiment } from '../../src/families/gaussian/experiment.ts';

const small = { ...defaultConfig, nPoints: 60, nChain: 40, timeSampling: 'importance' };
const experimentOf = (process: string, learnedVariance = false) =>
  createExperiment({ ...small, process, learnedVariance });

/** Losses that differ between bins by a factor of a hundred. */
const unequal = ({ levels, lossesPerLevel }: LossFollower) =>
  Float64Array.from(
    { length: levels.length * lossesPerLevel },
    (_, i) => 0.02 + (Math.floor(i / lossesPerLevel) / levels.length) ** 2,
  );

function learned(process: string, learnedVariance = false) {
  const experiment = experimentOf(process, learnedVariance);
  const follower = experiment.trainingLevels.followLosses(experiment.task.objective)!;
  const draws = follower.learn(unequal(follower));
  const { nLevels } = experiment.task.objective;
  const shares = new Float64Array(nLevels);
  for (const level of levelQuantiles(nLevels, draws)) shares[level]! += 1 / levelCases(nLevels);
  return { experiment, draws, shares, nLevels };
}

describe.each(processes.entries.map(({ id }) => id))('draws that follow the losses of %s', (process) => {
  it('leave the expectation of any loss exactly as it was', () => {
    const { experiment, draws, shares, nLevels } = learned(process);
    // Each level's share of the times where all are drawn alike, from a million of them evenly spread.
    const evenly = new Float64Array(nLevels);
    const even = createExperiment({ ...small, process, timeSampling: 'low-discrepancy' }).trainingLevels;
    for (const level of even.drawLevels(1_000_000, createRng(3))) evenly[level]! += 1e-6;
    const { levels } = experiment.task.objective;
    for (const power of [0, 1, 3]) {
      let [meant, found] = [0, 0];
      for (let l = 0; l < nLevels; l++) {
        const loss = (1 + l / nLevels) ** power;
        const gain = (table: Float32Array) => table[l * LEVEL_SIZE + LEVEL.gain]!;
        meant += evenly[l]! * loss;
        if (gain(levels) > 0) found += shares[l]! * (gain(draws.levels) / gain(levels)) ** 2 * loss;
      }
      expect(found / meant).toBeCloseTo(1, 4);
    }
  });

  it('weigh the bound as the rest, and change nothing else', () => {
    const { experiment, draws, nLevels } = learned(process, true);
    const { levels, learnsVariance } = experiment.task.objective;
    for (let l = 0; l < nLevels; l++) {
      const [before, after] = [levels, draws.levels].map((table) =>
        Array.from(table.subarray(l * LEVEL_SIZE, (l + 1) * LEVEL_SIZE)),
      ) as [number[], number[]];
      const weight = (after[LEVEL.gain]! / before[LEVEL.gain]!) ** 2;
      if (learnsVariance) expect(after[LEVEL.drawWeight]! / weight).toBeCloseTo(1, 5);
      for (const place of [LEVEL.gain, LEVEL.drawWeight]) after[place] = before[place]!;
      expect(after).toEqual(before);
    }
  });

  it('make levels as frequent as their losses are large', () => {
    const { draws, shares, nLevels } = learned(process);
    const n = 40_000;
    const counts = new Float64Array(nLevels);
    for (const level of draws.drawLevels(n, createRng(8))) counts[level]! += 1;
    let [chiSquared, freedom] = [0, -1];
    for (const [l, share] of shares.entries()) {
      if (share === 0) expect(counts[l]).toBe(0);
      else {
        chiSquared += (counts[l]! - n * share) ** 2 / (n * share);
        freedom += 1;
      }
    }
    expect(Math.abs(chiSquared - freedom) / Math.sqrt(2 * freedom)).toBeLessThan(4);
  });

  it('are the same again from the same losses, and know nothing of another follower', () => {
    const { trainingLevels } = experimentOf(process);
    const [one, other] = [
      trainingLevels.followLosses(trainingLevels.objective)!,
      trainingLevels.followLosses(trainingLevels.objective)!,
    ];
    one.learn(unequal(one).reverse());
    const again = one.learn(unequal(one));
    const fresh = other.learn(unequal(other));
    expect(again.levels).toEqual(fresh.levels);
    expect(again.drawLevels(100, createRng(1))).toEqual(fresh.drawLevels(100, createRng(1)));
  });
});

it('draws a chain’s steps in proportion to √E[L²]', () => {
  const { trainingLevels } = experimentOf('vp');
  const follower = trainingLevels.followLosses(trainingLevels.objective)!;
  const losses = unequal(follower).map((loss, i) => loss * (1 + (i % follower.lossesPerLevel)));
  const sizes = Array.from(follower.levels, (_, bin) => {
    const own = losses.subarray(bin * follower.lossesPerLevel, (bin + 1) * follower.lossesPerLevel);
    return Math.sqrt(own.reduce((sum, loss) => sum + loss ** 2, 0) / own.length);
  });
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const n = 20_000;
  const counts = new Float64Array(sizes.length);
  for (const level of follower.learn(losses).drawLevels(n, createRng(2))) counts[level]! += 1;
  let chiSquared = 0;
  for (const [l, size] of sizes.entries()) {
    const expected = n * (0.999 * (size / total) + 0.001 / sizes.length);
    chiSquared += (counts[l]! - expected) ** 2 / expected;
  }
  expect(Math.abs(chiSquared - (sizes.length - 1)) / Math.sqrt(2 * (sizes.length - 1))).toBeLessThan(4);
});

it('weighs the rows of all classes alike', () => {
  const { trainingLevels } = experimentOf('vp');
  const objective = withClasses(trainingLevels.objective, 3);
  const [plain, classed] = [trainingLevels.objective, objective].map((trained) => {
    const follower = trainingLevels.followLosses(trained)!;
    return follower.learn(unequal(follower)).levels;
  }) as [Float32Array, Float32Array];
  const size = levelSize(objective);
  for (let row = 0; row < 4 * objective.nLevels; row++) {
    const level = row % objective.nLevels;
    const [of, wanted] = [classed.subarray(row * size), plain.subarray(level * LEVEL_SIZE)];
    expect(of.slice(0, LEVEL_SIZE)).toEqual(wanted.slice(0, LEVEL_SIZE));
  }
});

it('only the loss-aware way of drawing t follows losses', () => {
  for (const { id: timeSampling } of timeSamplings.entries) {
    const { trainingLevels } = createExperiment({ ...small, timeSampling });
    expect(trainingLevels.followLosses(trainingLevels.objective) !== null, timeSampling).toBe(
      timeSampling === 'importance',
    );
  }
});

it('surveys are due at steps that depend on their cost alone', () => {
  const small: Pick<LossFollower, 'levels' | 'lossesPerLevel'> = {
    levels: new Uint32Array(200),
    lossesPerLevel: 10,
  };
  const due = (step: number, follower = small) => probeStepBefore(step, follower as LossFollower);
  expect([0, 99, 100, 199, 200, 499, 500, 999, 1000, 1700].map((step) => due(step))).toEqual([
    null,
    null,
    100,
    100,
    200,
    200,
    500,
    500,
    1000,
    1500,
  ]);
  expect(due(5000, { ...small, lossesPerLevel: 1000 })).toBe(4000);
});
