import { describe, expect, it } from 'vitest';
import { customDataset } from '../../src/core/datasets/custom.ts';
import { datasets } from '../../src/core/datasets/index.ts';
import { allAtOnce } from '../../src/core/inPieces.ts';
import {
  densityTest,
  expectedMissed,
  type Measured,
  missed,
  neighbourTest,
  pooled,
  strays,
  strayTest,
} from '../../src/core/metrics/index.ts';
import { createRng } from '../../src/core/rng.ts';
import type { Dataset, Density, Rng, Vector } from '../../src/core/types.ts';
import { drawMixture } from './mixtures.ts';

const N = 4000;

function expectShare({ value, error }: Measured, expected: number, sigmas = 4): void {
  expect(Math.abs(value - expected)).toBeLessThan(sigmas * error);
}

const normals = (n: number, std: number, rng: Rng): Vector =>
  Float64Array.from({ length: 2 * n }, () => std * rng.normal());

const gaussian = (x: number, y: number, std: number, weight = 1): Density[number] => ({
  kind: 'gaussian',
  weight,
  mean: [x, y],
  covariance: [std ** 2, 0, std ** 2],
});

describe.each(datasets.entries)('true draws of $id', (dataset) => {
  const test = allAtOnce(strayTest(dataset, 1, createRng(1)));
  const samples = dataset.sample(4 * N, createRng(2), 1);

  it('have 1 % strays', () => {
    expect(test.by).toBe(dataset.id === 'checkerboard' ? 'neighbours' : 'density');
    expectShare(strays(samples, test), 0.01);
  });

  it('miss what is expected', () => {
    const truth = dataset.sample(N, createRng(3), 1);
    const found = missed(truth, samples.subarray(0, 2 * N));
    expectShare(found, found.perfect);
  });
});

describe.each([1, 1.5, 2, 3])('a normal cloud, and samples %d times as wide', (scale) => {
  const samples = normals(N, scale, createRng(4));
  // P(r² > r₁²) with P = exp(−r₁²/2) = 0.01 of the data.
  const expected = 0.01 ** (1 / scale ** 2);

  it('has 0.01^(1/s²) strays by the density', () => {
    const density: Density = [gaussian(0, 0, 1)];
    const test = allAtOnce(densityTest(density, normals(40_000, 1, createRng(5))));
    expectShare(strays(samples, test), expected);
  });

  it('misses ∫ p(x)·(1 + q(x)/p(x))⁻⁵ dx', () => {
    // q/p = exp(r²/2·(1 − 1/s²))/s², and r² = −2 ln u of a uniform u.
    let sum = 0;
    for (let i = 0; i < 10_000; i++) {
      const u = (i + 0.5) / 10_000;
      sum += (1 + u ** (1 / scale ** 2 - 1) / scale ** 2) ** -5;
    }
    const found = missed(normals(N, 1, createRng(6)), samples);
    expectShare(found, sum / 10_000);
  });
});

describe('eight modes far apart', () => {
  const std = 0.1;
  const centres = Array.from({ length: 8 }, (_, k) => [3 * Math.cos(k), 3 * Math.sin(k)] as const);
  const mixture = (modes: readonly (readonly [number, number])[], width: number): Density =>
    modes.map(([x, y]) => gaussian(x, y, width, 1 / modes.length));
  const truth = drawMixture(mixture(centres, std), N, createRng(7));
  const test = allAtOnce(
    densityTest(mixture(centres, std), drawMixture(mixture(centres, std), 40_000, createRng(8))),
  );

  it('one that is dropped is missed, and none of the samples is stray', () => {
    const samples = drawMixture(mixture(centres.slice(1), std), N, createRng(9));
    expectShare(strays(samples, test), 0.01);
    // The others have 8/7 of their samples: a ball of the share U ~ Γ(5)/n has none with E exp(−8nU/7) = (1 + 8/7)⁻⁵.
    expectShare(missed(truth, samples), 1 / 8 + (7 / 8) * (15 / 7) ** -5);
  });

  it('a model that smears them is stray, and misses little', () => {
    const samples = drawMixture(mixture(centres, 2 * std), N, createRng(10));
    expectShare(strays(samples, test), 0.01 ** (1 / 4));
    expect(missed(truth, samples).value).toBeLessThan(0.2);
  });
});

describe('what is expected to be missed', () => {
  it('is E(1 − U)^m of U ~ Beta(k, n − k), which tends to 2⁻ᵏ', () => {
    const [n, m, k] = [12, 7, 3];
    let moment = 0;
    let total = 0;
    for (let i = 0; i < 100_000; i++) {
      const u = (i + 0.5) / 100_000;
      const weight = u ** (k - 1) * (1 - u) ** (n - k - 1);
      moment += weight * (1 - u) ** m;
      total += weight;
    }
    expect(expectedMissed(n, m, k)).toBeCloseTo(moment / total, 8);
    expect(expectedMissed(1e6, 1e6)).toBeCloseTo(2 ** -5, 5);
  });
});

it('samples that are not finite are strays and fill no ball', () => {
  const test = allAtOnce(strayTest(datasets.get('moons'), 1, createRng(1)));
  const board = allAtOnce(strayTest(datasets.get('checkerboard'), 1, createRng(1)));
  for (const bad of [Number.NaN, Infinity, -Infinity]) {
    const samples = Float64Array.of(bad, 0, 0, bad, 0.5, -1);
    expect(strays(samples, board).value).toBeGreaterThanOrEqual(2 / 3);
    expect(strays(samples, test).value).toBeGreaterThanOrEqual(2 / 3);
  }
  const truth = normals(100, 1, createRng(1));
  expect(missed(truth, new Float64Array(200).fill(Number.NaN)).value).toBe(1);
});

it('by neighbours, samples beside a uniform box are strays', () => {
  const uniform = (n: number, width: number, key: string) => {
    const rng = createRng(11).fork(key);
    return Float64Array.from({ length: 2 * n }, (_, i) => (i % 2 === 0 ? width : 1) * rng.uniform());
  };
  const test = allAtOnce(neighbourTest(uniform(40_000, 1, 'a'), uniform(20_000, 1, 'b')));
  // What is stray within the box, and beside it; there the limit is √(−ln 0.01/40 000π) = 0.006.
  expectShare(strays(uniform(N, 1.5, 'c'), test), (0.01 + 0.5 - 0.006) / 1.5);
});

describe('points that a person gives', () => {
  const testOf = (dataset: Dataset) => allAtOnce(strayTest(dataset, 1, createRng(13)));
  const roll = (n: number, seed: number) => datasets.get('swiss-roll').sample(n, createRng(seed), 1);

  it.each([20, 200, 2000])('%d points: true draws are within 1 %, and samples elsewhere are strays', (n) => {
    const dataset = customDataset(roll(n, 14));
    const test = testOf(dataset);
    expect(test.by).toBe('neighbours');
    expect(test.perfect).toBeLessThanOrEqual(0.0101);
    const draws = strays(dataset.sample(N, createRng(15), 1), test);
    expect(draws.value).toBeLessThanOrEqual(0.01 + 4 * draws.error);
    expect(
      strays(
        normals(N, 1, createRng(16)).map((x) => x + 9),
        test,
      ).value,
    ).toBe(1);
  });

  it('more points of the same distribution have 1 % strays', () => {
    const found = strays(roll(N, 17), testOf(customDataset(roll(2000, 18))));
    expect(Math.abs(found.value - 0.01)).toBeLessThan(0.015); // the 2 000 points themselves scatter
  });

  it('repeats change nothing', () => {
    const points = roll(300, 19);
    const samples = roll(N, 20);
    const once = strays(samples, testOf(customDataset(points)));
    const twice = strays(samples, testOf(customDataset(Float64Array.from([...points, ...points]))));
    expect(twice.value).toBe(once.value);
  });

  it('two points make a test', () => {
    const test = testOf(customDataset(Float64Array.of(0, 0, 0, 0, 1, 0)));
    expect(strays(Float64Array.of(0, 0.01, 1, 0, 3, 0), test).value).toBeCloseTo(1 / 3);
  });
});

it('pooling keeps the mean and divides the error by √n', () => {
  const pool = pooled([
    { value: 0.1, error: 0.02, perfect: 0.01 },
    { value: 0.3, error: 0.02, perfect: 0.01 },
  ]);
  expect(pool.value).toBeCloseTo(0.2, 12);
  expect(pool.error).toBeCloseTo(0.02 / Math.SQRT2, 12);
  expect(pool.perfect).toBeCloseTo(0.01, 12);
});
