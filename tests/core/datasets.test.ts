import { describe, expect, it } from 'vitest';
import { dinoPoints } from '../../src/core/datasets/dinoPoints.ts';
import { datasets } from '../../src/core/datasets/index.ts';
import { isFinerThan } from '../../src/core/datasets/isFinerThan.ts';
import { exactLogDensity } from '../../src/core/exact.ts';
import { energyDistance, slicedWasserstein2 } from '../../src/core/metrics/index.ts';
import { createRng } from '../../src/core/rng.ts';
import { scaledDensity, standardization } from '../../src/core/standardize.ts';
import { expectClose, flat, goldenCases, type Points } from './golden.ts';
import { drawMixture, type Moments, mixtureMoments, sampleMoments } from './mixtures.ts';

/** Means and covariances within 4 standard errors of n points (bounded data, so those of a covariance are ≤ var·2). */
function expectMoments(actual: Moments, expected: Moments, n: number): void {
  const [xx, , yy] = expected.covariance;
  const errors = [xx, yy].map((variance) => 4 * Math.sqrt(variance / n));
  actual.mean.forEach((value, axis) => {
    expect(Math.abs(value - expected.mean[axis]!)).toBeLessThan(errors[axis]!);
  });
  const spread = 4 * Math.max(xx, yy) * Math.sqrt(2 / n);
  actual.covariance.forEach((value, k) => {
    expect(Math.abs(value - expected.covariance[k]!)).toBeLessThan(spread);
  });
}

describe.each(datasets.entries)('data set $id', (dataset) => {
  it.each([0.1, 1, 3])('has a proper mixture as its density, noise %f', (noise) => {
    const density = dataset.density(noise);
    expect(density.length).toBeLessThanOrEqual(400);
    expect(density.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
    for (const component of density) {
      expect(component.weight).toBeGreaterThan(0);
      if (component.kind === 'box') continue;
      const [xx, xy, yy] = component.covariance;
      expect(xx > 0 && yy > 0 && xx * yy - xy * xy > 0).toBe(true);
    }
  });

  it.each([0.1, 1, 3])('draws points with the moments of its density, noise %f', (noise) => {
    const n = 40_000;
    expectMoments(
      sampleMoments(dataset.sample(n, createRng(7), noise)),
      mixtureMoments(dataset.density(noise)),
      n,
    );
  });

  it.each([0.3, 1, 3])('cannot be told from draws of its density, noise %f', (noise) => {
    const n = 500;
    const pairs = 8;
    const density = dataset.density(noise);
    const distances = { true: 0, mixture: 0, trueEnergy: 0, mixtureEnergy: 0 };
    for (let i = 0; i < pairs; i++) {
      const reference = dataset.sample(n, createRng(i), noise);
      const truth = dataset.sample(n, createRng(100 + i), noise);
      const drawn = drawMixture(density, n, createRng(200 + i));
      distances.true += slicedWasserstein2(reference, truth, 16);
      distances.mixture += slicedWasserstein2(reference, drawn, 16);
      distances.trueEnergy += energyDistance(reference, truth);
      distances.mixtureEnergy += energyDistance(reference, drawn);
    }
    expect(distances.mixture / distances.true).toBeLessThan(1.3);
    expect(distances.mixtureEnergy / distances.trueEnergy).toBeLessThan(1.5);
  });

  it('is as surprised by its points as by draws of its density', () => {
    const n = 4000;
    const clean = { alpha: 1, sigma: 0 };
    const density = dataset.density(1);
    const truth = exactLogDensity(density, clean, dataset.sample(n, createRng(31), 1));
    const drawn = exactLogDensity(density, clean, drawMixture(density, n, createRng(32)));
    const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value / n, 0);
    const variance = drawn.reduce((sum, value) => sum + (value - mean(drawn)) ** 2 / n, 0);
    expect(Math.abs(mean(truth) - mean(drawn))).toBeLessThan(4 * Math.sqrt((2 * variance) / n) + 0.01);
  });

  it('says truly whether noise changes it', () => {
    const [little, much] = [0.1, 3].map((noise) => dataset.sample(20, createRng(1), noise));
    expect(little).not.toEqual(dataset.sample(20, createRng(2), 0.1));
    if (dataset.noisy) expect(little).not.toEqual(much);
    else expect(little).toEqual(much);
  });

  it('repeats itself for one seed, and few points are the first of many', () => {
    const many = dataset.sample(50, createRng(3), 1);
    expect(dataset.sample(50, createRng(3), 1)).toEqual(many);
    expect(dataset.sample(20, createRng(3), 1)).toEqual(many.subarray(0, 40));
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses to draw %s points', (n) => {
    expect(() => dataset.sample(n, createRng(1), 1)).toThrow(
      /number of points must be a whole number from 1/,
    );
  });

  it.each([0, 3.1, Number.NaN])('refuses noise %s', (noise) => {
    expect(() => dataset.sample(1, createRng(1), noise)).toThrow(
      /noise multiplier must be a number from 0.1 to 3/,
    );
    expect(() => dataset.density(noise)).toThrow(/from 0.1 to 3/);
  });

  it('is centred and has unit variance in scaled units', () => {
    const density = dataset.density(1);
    const { mean, covariance } = mixtureMoments(scaledDensity(standardization(density), density));
    expectClose([...mean, (covariance[0] + covariance[2]) / 2], [0, 0, 1], { absolute: 1e-12 });
  });
});

interface Statistics {
  readonly mean: readonly [number, number];
  readonly cov: readonly [readonly [number, number], readonly [number, number]];
  readonly grid8x8: {
    readonly x_range: readonly [number, number];
    readonly y_range: readonly [number, number];
    readonly share_x_then_y: readonly (readonly number[])[];
  };
}

it.each([
  ['checkerboard', 'ffjord_checkerboard'],
  ['eight-gaussians', 'ffjord_8gaussians'],
  ['swiss-roll', 'ffjord_swissroll'],
  ['dino', 'tiny_diffusion_dino'],
] as const)('%s has the golden statistics of %s', (id, golden) => {
  const { values } = goldenCases<unknown, Statistics>('datasets', (c) => c === golden)[0]!;
  const n = 100_000;
  const points = datasets.get(id).sample(n, createRng(21), 1);
  const [[xx, xy], [, yy]] = values.cov;
  expectMoments(sampleMoments(points), { mean: values.mean, covariance: [xx, xy, yy] }, n);

  const { x_range, y_range, share_x_then_y } = values.grid8x8;
  const counts = share_x_then_y.map((row) => row.map(() => 0));
  const cell = (value: number, [low, high]: readonly [number, number]) =>
    Math.min(7, Math.floor((8 * (value - low)) / (high - low)));
  for (let i = 0; i < points.length; i += 2) {
    const row = counts[cell(points[i]!, x_range)];
    const column = cell(points[i + 1]!, y_range);
    if (row?.[column] !== undefined) row[column]! += 1;
  }
  share_x_then_y.flat().forEach((share, k) => {
    const standardError = Math.sqrt((share * (1 - share)) / n);
    expect(Math.abs(counts.flat()[k]! / n - share)).toBeLessThanOrEqual(4 * standardError + 3e-5);
  });
});

it('the moons have the golden moments, but for the noise', () => {
  const { values } = goldenCases<unknown, Statistics>('datasets', (c) => c.startsWith('sklearn_moons'))[0]!;
  const { mean, covariance } = mixtureMoments(datasets.get('moons').density(1));
  const noise = 0.1 ** 2 - 0.05 ** 2;
  const [[xx, xy], [, yy]] = values.cov;
  expectClose([(mean[0] + 1) / 2, (mean[1] + 0.2) / 2], values.mean, { absolute: 5e-3 });
  expectClose(
    covariance.map((value) => value / 4),
    [xx + noise, xy, yy + noise],
    { absolute: 5e-3 },
  );
});

it('the dino is the Datasaurus', () => {
  const { values } = goldenCases<unknown, { points: Points }>('datasets', (c) =>
    c.includes('datasaurus'),
  )[0]!;
  expect(Float64Array.from(dinoPoints)).toEqual(flat(values.points));
});

it('the rings lie at 3, 2.25, 1.5 and 0.75', () => {
  const points = datasets.get('rings').sample(2000, createRng(1), 0.1);
  for (let i = 0; i < points.length; i += 2) {
    const inGaps = Math.hypot(points[i]!, points[i + 1]!) / 0.75;
    expect(Math.abs(inGaps - Math.round(inGaps))).toBeLessThan(0.06);
  }
});

it('the dino alone is finer than a dot is drawn; a box, and wider noise, are not', () => {
  const fine = (noise: number) =>
    datasets.entries.filter((each) => isFinerThan(each.density(noise), 0.02)).map(({ id }) => id);
  expect(fine(1)).toEqual(['dino']);
  expect(fine(3)).toEqual([]);
});
