import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { datasets } from '../../src/core/datasets/index.ts';
import { exactDenoiser, exactLogDensity, exactScore } from '../../src/core/exact.ts';
import { discreteChain } from '../../src/core/processes/discreteChain.ts';
import { createRng } from '../../src/core/rng.ts';
import { schedules } from '../../src/core/schedules/index.ts';
import { scaledDensity, standardization, toScaled } from '../../src/core/standardize.ts';
import { truncatedNormal } from '../../src/core/truncatedNormal.ts';
import type { Density, ForwardProcess, Kernel, Vector } from '../../src/core/types.ts';
import { expectClose } from './golden.ts';

const chain = discreteChain(schedules.get('linear').betas(1000, { rescale: true }));

const constantProcess = (kernel: Kernel): ForwardProcess => ({
  kernel: () => kernel,
  drift: () => 0,
  diffusion2: () => 0,
});

describe.each(datasets.entries)('the noised density of $id', (dataset) => {
  const std = standardization(dataset.density(1));
  const density = scaledDensity(std, dataset.density(1));
  const near = toScaled(std, dataset.sample(15, createRng(4), 1));

  it.each([0.003, 0.05, 0.3, 0.7, 1])('has the score that its log-density falls by, t = %f', (t) => {
    const kernel = chain.kernel(t);
    const h = 1e-4 * kernel.sigma;
    const x = noised(near, kernel);
    const score = exactScore(density, kernel, x);
    for (const axis of [0, 1]) {
      const shifted = (by: number) =>
        exactLogDensity(
          density,
          kernel,
          x.map((v, i) => (i % 2 === axis ? v + by : v)),
        );
      const [up, down] = [shifted(h), shifted(-h)];
      const slope = up.map((value, i) => (value - down[i]!) / (2 * h));
      expectClose(
        score.filter((_, i) => i % 2 === axis),
        slope,
        { absolute: 1e-5 / kernel.sigma, relative: 1e-5 },
      );
    }
  });

  it.each([0.003, 0.3, 1])('has E[x_0|x_t] = (x_t + σ²·score)/α, t = %f (Tweedie)', (t) => {
    const kernel = chain.kernel(t);
    const x = noised(near, kernel);
    const score = exactScore(density, kernel, x);
    const expected = x.map((v, i) => (v + kernel.sigma ** 2 * score[i]!) / kernel.alpha);
    expectClose(exactDenoiser(density, chain)(x, t), expected, { absolute: 1e-10, relative: 1e-9 });
  });

  it('is finite and points back to the data from far outside', () => {
    const x = Float64Array.of(30, 40, -500, 2, 0.1, -90, 20, -20);
    for (const sigma of [1e-4, 1e-2, 1]) {
      const kernel = { alpha: Math.sqrt(1 - sigma ** 2 / 2), sigma };
      const score = exactScore(density, kernel, x);
      const x0Hat = exactDenoiser(density, constantProcess(kernel))(x, 1);
      expect(exactLogDensity(density, kernel, x).every(Number.isFinite)).toBe(true);
      for (let i = 0; i < x.length; i += 2) {
        expect(x[i]! * score[i]! + x[i + 1]! * score[i + 1]!).toBeLessThan(0);
        expect(Number.isFinite(x0Hat[i]! + x0Hat[i + 1]!)).toBe(true);
      }
    }
  });

  it('is the data at σ = 0', () => {
    expect(exactDenoiser(density, chain)(near, 0)).toEqual(near);
    expect(exactLogDensity(density, { alpha: 1, sigma: 0 }, near).every(Number.isFinite)).toBe(true);
    expect(exactScore(density, { alpha: 1, sigma: 0 }, near).every(Number.isFinite)).toBe(true);
  });
});

function noised(x0: Vector, { alpha, sigma }: Kernel): Vector {
  const rng = createRng(6);
  return x0.map((value) => alpha * value + sigma * rng.normal());
}

describe('a box', () => {
  const box: Density = [{ kind: 'box', weight: 1, low: [-1, -1], high: [1, 3] }];

  it('without noise is uniform within and nothing outside', () => {
    const clean = { alpha: 1, sigma: 0 };
    const x = Float64Array.of(0, 0, 2, 0);
    expect(exactLogDensity(box, clean, x)).toEqual(Float64Array.of(-Math.log(8), -Infinity));
    expect(exactScore(box, clean, x)).toEqual(new Float64Array(4));
  });

  it('keeps E[x_0|x_t] within it, however little noise and however far the point', () => {
    const point = fc.double({ min: -50, max: 50, noNaN: true });
    fc.assert(
      fc.property(
        point,
        point,
        fc.double({ min: -4, max: 0, noNaN: true }),
        fc.double({ min: 1e-8, max: 1, noNaN: true }),
        (x, y, exponent, alpha) => {
          const kernel = { alpha, sigma: 10 ** exponent };
          const x0 = exactDenoiser(box, constantProcess(kernel))(Float64Array.of(x, y), 1);
          expect(x0[0]! >= -1 - 1e-9 && x0[0]! <= 1 + 1e-9 && x0[1]! >= -1 - 1e-9 && x0[1]! <= 3 + 1e-9).toBe(
            true,
          );
        },
      ),
    );
  });
});

/** The moments by brute force: composite Simpson on the part of [a, a+w] that has mass, relative to its maximum. */
function byQuadrature(a: number, w: number) {
  // In distances v from a, which stay exact where the interval is narrow and far away.
  const peakAt = Math.min(Math.max(0, -a), w);
  const peak = a + peakAt;
  const reach = Math.min(40, 40 / Math.max(1, Math.abs(peak)) + 9 / (1 + Math.abs(peak)));
  const from = Math.max(0, peakAt - reach);
  const to = Math.min(w, peakAt + reach);
  const n = 4000;
  let mass = 0;
  let moment = 0;
  for (let i = 0; i <= n; i++) {
    const beyond = from + ((to - from) * i) / n - peakAt;
    const weight = (i === 0 || i === n ? 1 : i % 2 === 1 ? 4 : 2) * Math.exp(-beyond * (peak + beyond / 2));
    mass += weight;
    moment += weight * beyond;
  }
  const integral = (mass * (to - from)) / (3 * n);
  return {
    logMean: Math.log(integral / w) - peak ** 2 / 2 - 0.5 * Math.log(2 * Math.PI),
    mean: peak + moment / mass,
  };
}

it('a truncated normal equals brute-force quadrature, in the tails, across the centre, narrow and wide', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -60, max: 60, noNaN: true }),
      fc.double({ min: -6, max: 2, noNaN: true }),
      (a, exponent) => {
        const w = 10 ** exponent;
        const actual = truncatedNormal(a, w, { logMean: 0, mean: 0, offset: 0 });
        const expected = byQuadrature(a, w);
        expectClose([actual.logMean], [expected.logMean], { absolute: 1e-9, relative: 1e-12 });
        expectClose([actual.mean], [expected.mean], { absolute: 1e-9 });
        expectClose([actual.offset], [actual.mean - a], { absolute: 1e-12 * (1 + Math.abs(a)) });
      },
    ),
    { numRuns: 300, examples: [[-16.000001036687564, -5.984352111577073]] },
  );
});

it('refuses half a point and an empty density', () => {
  const kernel = { alpha: 1, sigma: 1 };
  const round: Density = [{ kind: 'gaussian', weight: 1, mean: [0, 0], covariance: [1, 0, 1] }];
  expect(() => exactScore(round, kernel, new Float64Array(3))).toThrow(/x, y pairs/);
  expect(() => exactScore([], kernel, new Float64Array(2))).toThrow(/at least one component/);
});
