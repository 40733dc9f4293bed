import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bayesFloor } from '../../src/core/exact/bayesFloor.ts';
import { exactCovariance, exactScoreDivergence, exactScoreJacobian } from '../../src/core/exact/fields.ts';
import { empiricalDensity, softmaxDenoiser } from '../../src/core/exact/softmaxDenoiser.ts';
import { exactDenoiser, exactEps, exactLogDensity, exactScore } from '../../src/core/exact.ts';
import { createRng } from '../../src/core/rng.ts';
import { truncatedNormal, truncatedVariance } from '../../src/core/truncatedNormal.ts';
import type { Density, ForwardProcess, Kernel } from '../../src/core/types.ts';
import { expectClose, flat, type GoldenMixture, goldenCases, mixtureDensity, type Points } from './golden.ts';

const constantProcess = (kernel: Kernel): ForwardProcess => ({
  kernel: () => kernel,
  drift: () => 0,
  diffusion2: () => 0,
});

interface Fields {
  readonly grid: Points;
  readonly levels: readonly {
    readonly scale: number;
    readonly noise_var: number;
    readonly log_density: readonly number[];
    readonly score: Points;
    readonly eps_star: Points;
    readonly x0_hat: Points;
    readonly div_score: readonly number[];
  }[];
}

it.each(goldenCases<{ mixture: GoldenMixture }, Fields>('mixture_fields', () => true))(
  'equals the golden fields $id',
  ({ params, values }) => {
    const density = mixtureDensity(params.mixture);
    const grid = flat(values.grid);
    const tolerance = { absolute: 1e-9, relative: 1e-9 };
    for (const level of values.levels) {
      const kernel = { alpha: level.scale, sigma: Math.sqrt(level.noise_var) };
      expectClose(exactLogDensity(density, kernel, grid), level.log_density, tolerance);
      expectClose(exactScore(density, kernel, grid), flat(level.score), tolerance);
      expectClose(exactEps(density, kernel, grid), flat(level.eps_star), tolerance);
      expectClose(exactScoreDivergence(density, kernel, grid), level.div_score, tolerance);
      expectClose(exactScoreJacobian(density, kernel, grid).score, flat(level.score), tolerance);
      const x0Hat = exactDenoiser(density, constantProcess(kernel))(grid, 1);
      if (kernel.sigma > 0) expectClose(x0Hat, flat(level.x0_hat), tolerance);
      else expect(x0Hat).toEqual(grid);
    }
  },
);

const mixed: Density = [
  { kind: 'gaussian', weight: 0.3, mean: [1, 0.5], covariance: [0.3, 0.25, 0.4] },
  { kind: 'gaussian', weight: 0.2, mean: [-1, 0.2], covariance: [0.02, 0, 0.01] },
  { kind: 'box', weight: 0.5, low: [-1, -2], high: [0.5, -0.5] },
];
const points = Float64Array.from({ length: 40 }, (_, i) => 2.5 * Math.sin(1.3 * i * i + 0.4 * i));
const column = (values: ArrayLike<number>, stride: number, at: number) =>
  Array.from({ length: values.length / stride }, (_, i) => values[stride * i + at]!);

describe.each([0.08, 0.3, 1, 4])('at σ = %f', (sigma) => {
  const kernel = { alpha: 0.8, sigma };

  it('the Jacobian is the slope of the score', () => {
    const h = 1e-5 * sigma;
    const { jacobian } = exactScoreJacobian(mixed, kernel, points);
    for (const axis of [0, 1]) {
      const shifted = (by: number) =>
        exactScore(
          mixed,
          kernel,
          points.map((v, i) => (i % 2 === axis ? v + by : v)),
        );
      const [up, down] = [shifted(h), shifted(-h)];
      const slope = up.map((v, i) => (v - down[i]!) / (2 * h));
      const tolerance = { absolute: 1e-6 / sigma ** 2, relative: 1e-6 };
      expectClose(column(jacobian, 3, axis), column(slope, 2, 0), tolerance);
      expectClose(column(jacobian, 3, axis + 1), column(slope, 2, 1), tolerance);
    }
  });

  it('Cov[x_0|x_t] = (σ²/α²)(I + σ²·Jacobian), and is positive', () => {
    const covariance = exactCovariance(mixed, kernel, points);
    const { jacobian } = exactScoreJacobian(mixed, kernel, points);
    const expected = jacobian.map(
      (h, i) => (sigma / kernel.alpha) ** 2 * ((i % 3 === 1 ? 0 : 1) + sigma ** 2 * h),
    );
    expectClose(covariance, expected, { absolute: 1e-11 * (1 + sigma ** 4) });
    for (let i = 0; i < covariance.length; i += 3) {
      expect(covariance[i]! * covariance[i + 2]! - covariance[i + 1]! ** 2).toBeGreaterThan(-1e-15);
    }
  });
});

it('at α = 0 nothing is known: the posterior is the prior, of boxes too', () => {
  const kernel = { alpha: 0, sigma: 1 };
  const box: Density = [{ kind: 'box', weight: 1, low: [0, 2], high: [3, 3] }];
  expect(exactCovariance(box, kernel, points.subarray(0, 2))).toEqual(Float64Array.of(0.75, 0, 1 / 12));
  expect(exactDenoiser(box, constantProcess(kernel))(points.subarray(0, 2), 1)).toEqual(
    Float64Array.of(1.5, 2.5),
  );
});

it('without noise nothing is left open', () => {
  const clean = { alpha: 1, sigma: 0 };
  expect(exactCovariance(mixed, clean, points).every((value) => Math.abs(value) < 1e-12)).toBe(true);
});

/** Var[z] by composite Simpson around its peak. */
function varianceByQuadrature(a: number, w: number): number {
  const peak = Math.min(Math.max(0, a), a + w);
  const reach = Math.min(12, 50 / Math.max(1, Math.abs(peak)));
  const [from, to] = [Math.max(a, peak - reach), Math.min(a + w, peak + reach)];
  const n = 4000;
  const sums = [0, 0, 0];
  for (let i = 0; i <= n; i++) {
    const z = from + ((to - from) * i) / n;
    const weight = (i === 0 || i === n ? 1 : i % 2 === 1 ? 4 : 2) * Math.exp((-(z - peak) * (z + peak)) / 2);
    [0, 1, 2].forEach((power) => {
      sums[power]! += weight * (z - peak) ** power;
    });
  }
  return sums[2]! / sums[0]! - (sums[1]! / sums[0]!) ** 2;
}

it('the variance of a truncated normal equals quadrature, in tails, centre, narrow and wide', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -60, max: 60, noNaN: true }),
      fc.double({ min: -4, max: 2, noNaN: true }),
      (a, exponent) => {
        const w = 10 ** exponent;
        expectClose([truncatedVariance(a, w)], [varianceByQuadrature(a, w)], { relative: 1e-7 });
      },
    ),
    { numRuns: 200 },
  );
  const far = truncatedVariance(1e4, 1);
  expectClose([far], [1e-8], { relative: 1e-7 });
  expect(truncatedNormal(1e4, 1, { logMean: 0, mean: 0, offset: 0 }).offset ** 2).toBeCloseTo(far, 12);
});

describe('the denoiser of a finite set', () => {
  const set = Float64Array.of(0, 0, 1, 1, -2, 0.5, 0.3, -1);

  it('is the exact denoiser of its spikes', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 3, noNaN: true }), (sigma) => {
        const process = constantProcess({ alpha: 0.7, sigma });
        expectClose(
          softmaxDenoiser(set, process)(points, 1),
          exactDenoiser(empiricalDensity(set), process)(points, 1),
          {
            absolute: 1e-12,
          },
        );
      }),
    );
  });

  it('returns the nearest point as the noise goes, and the mean where nothing is known', () => {
    const at = (kernel: Kernel) =>
      Array.from(softmaxDenoiser(set, constantProcess(kernel))(Float64Array.of(0.8, 0.7), 1));
    expect(at({ alpha: 1, sigma: 0 })).toEqual([1, 1]);
    expect(at({ alpha: 1, sigma: 1e-200 })).toEqual([1, 1]);
    expectClose(at({ alpha: 0, sigma: 1 }), [-0.175, 0.125], { absolute: 1e-15 });
  });
});

describe('the Bayes floor', () => {
  it('of a Gaussian is α²s²/(α²s² + σ²) for ε, exactly, at every draw', () => {
    const density: Density = [{ kind: 'gaussian', weight: 1, mean: [1, 2], covariance: [0.49, 0, 0.49] }];
    const kernel = { alpha: 0.6, sigma: 0.8 };
    const floor = bayesFloor(density, kernel, kernel.alpha / kernel.sigma, 100, createRng(1));
    expect(floor.value).toBeCloseTo((0.36 * 0.49) / (0.36 * 0.49 + 0.64), 13);
    expect(floor.standardError).toBeLessThan(1e-7);
  });

  it('is the error that the exact denoiser makes', () => {
    const kernel = { alpha: 0.8, sigma: 0.6 };
    const rng = createRng(2);
    const n = 20_000;
    const floor = bayesFloor(mixed, kernel, 1, 4000, rng);
    const x0 = Float64Array.from({ length: 2 * n });
    for (let i = 0; i < n; i++) {
      const u = rng.uniform();
      const [a, b] = [rng.normal(), rng.normal()];
      if (u < 0.3)
        x0.set(
          [1 + Math.sqrt(0.3) * a, 0.5 + (0.25 / Math.sqrt(0.3)) * a + Math.sqrt(0.4 - 0.0625 / 0.3) * b],
          2 * i,
        );
      else if (u < 0.5) x0.set([-1 + Math.sqrt(0.02) * a, 0.2 + 0.1 * b], 2 * i);
      else x0.set([-1 + 1.5 * rng.uniform(), -2 + 1.5 * rng.uniform()], 2 * i);
    }
    const xt = x0.map((v) => kernel.alpha * v + kernel.sigma * rng.normal());
    const x0Hat = exactDenoiser(mixed, constantProcess(kernel))(xt, 1);
    const squares = x0.map((v, i) => (v - x0Hat[i]!) ** 2);
    const mean = squares.reduce((a, b) => a + b) / squares.length;
    const spread = Math.sqrt(squares.reduce((a, b) => a + (b - mean) ** 2, 0) / squares.length ** 2);
    expect(Math.abs(mean - floor.value)).toBeLessThan(4 * (2 * spread + floor.standardError));
  });
});

it('refuses what it cannot answer, and says what is allowed', () => {
  const kernel = { alpha: 1, sigma: 1 };
  expect(() => exactCovariance([], kernel, points)).toThrow(/at least one component/);
  expect(() => exactCovariance(mixed, kernel, new Float64Array(3))).toThrow(/x, y pairs/);
  expect(() => exactScore(mixed, { alpha: -1, sigma: 1 }, points)).toThrow(/at least 0/);
  expect(() => exactScore(mixed, { alpha: 1, sigma: Number.NaN }, points)).toThrow(RangeError);
  expect(() => bayesFloor(mixed, kernel, Number.NaN, 10, createRng(1))).toThrow(/gain/);
  expect(() => bayesFloor(mixed, kernel, 1, 1, createRng(1))).toThrow(/draws/);
  expect(() => softmaxDenoiser(new Float64Array(0), constantProcess(kernel))).toThrow(/at least one/);
});
