import { describe, expect, it } from 'vitest';
import { datasets } from '../../src/core/datasets/index.ts';
import { klOfMoments, klToGaussian, whitenedGrid } from '../../src/core/exact/gaussianFit.ts';
import { factorsOf, type Jump, jumpOf } from '../../src/core/exact/jump.ts';
import { drawSeeds, posteriorDraws } from '../../src/core/exact/posteriorDraws.ts';
import { reverseConditional } from '../../src/core/exact/reverseConditional.ts';
import { secondOrder } from '../../src/core/exact/secondOrder.ts';
import { exactLogDensity } from '../../src/core/exact.ts';
import { gaussianPosterior } from '../../src/core/posterior.ts';
import { processes } from '../../src/core/processes/index.ts';
import { createRng } from '../../src/core/rng.ts';
import { scaledDensity, unitsOf } from '../../src/core/standardize.ts';
import { truncatedNormal } from '../../src/core/truncatedNormal.ts';
import { truncatedNormalQuantile } from '../../src/core/truncatedNormalQuantile.ts';
import type { Density } from '../../src/core/types.ts';
import { defaultConfig } from '../../src/experiment/fields.ts';
import { processOf } from '../../src/experiment/noise.ts';
import { sampleMoments } from './mixtures.ts';

const MIXTURE: Density = [
  { kind: 'gaussian', weight: 0.5, mean: [0.8, 0.3], covariance: [0.05, 0.02, 0.04] },
  { kind: 'gaussian', weight: 0.2, mean: [-0.6, 1.1], covariance: [0.02, -0.01, 0.08] },
  { kind: 'box', weight: 0.3, low: [-1.2, -0.9], high: [-0.2, -0.4] },
];
const X = [0.25, 0.4] as const;
const NODES = Float64Array.of(0.1, 0.2, -0.5, 0.7, 0.9, -0.3);
const process = (id: string) => processOf({ ...defaultConfig, process: id });
const vpStep = (t: number, nSteps: number, eta = 1): Jump =>
  jumpOf(process('vp').kernel(t), process('vp').kernel(Math.max(0, t - 1 / nSteps)), eta);
const klOf = (jump: Jump, density = MIXTURE) => {
  const q = reverseConditional(density, jump, X);
  return klToGaussian(q, Math.sqrt(jump.variance));
};
const logGaussian = (dx: number, dy: number, variance: number) =>
  -(dx * dx + dy * dy) / (2 * variance) - Math.log(2 * Math.PI * variance);

describe.each(processes.entries.map(({ id }) => id))('one step of %s', (id) => {
  it.each([0.2, 0.6, 0.95])('is by Bayes p_s·q(x_t|x_s)/p_t at t = %d', (t) => {
    const [from, to] = [process(id).kernel(t), process(id).kernel(t - 0.1)];
    const jump = jumpOf(from, to, 1);
    const spread = Math.hypot(to.alpha, to.sigma);
    const points = NODES.map((value) => spread * value);
    const x = [spread * X[0], spread * X[1]] as const;
    const logs = reverseConditional(MIXTURE, jump, x).logDensity(points);
    const alpha = from.alpha / to.alpha;
    const before = exactLogDensity(MIXTURE, to, points);
    const now = exactLogDensity(MIXTURE, from, Float64Array.from(x))[0]!;
    for (const [i, log] of logs.entries()) {
      const [dx, dy] = [x[0] - alpha * points[2 * i]!, x[1] - alpha * points[2 * i + 1]!];
      const bayes = before[i]! + logGaussian(dx, dy, jump.beta) - now;
      expect(log).toBeCloseTo(bayes, 6 - Math.log10(Math.max(1, Math.abs(bayes))));
    }
  });

  it('has DDPM’s posterior at η = 1', () => {
    const [from, to] = [process(id).kernel(0.5), process(id).kernel(0.3)];
    const { coefX0, coefX, variance } = gaussianPosterior(from, to);
    const jump = jumpOf(from, to, 1);
    expect(jump.ofX0).toBeCloseTo(coefX0, 9);
    expect(jump.ofX).toBeCloseTo(coefX, 9);
    expect(jump.variance).toBeCloseTo(variance, 9);
  });
});

describe.each([1, 0.6, 0.2])('the conditional of η = %d', (eta) => {
  const jump = vpStep(0.5, 5, eta);
  const q = reverseConditional(MIXTURE, jump, X);

  it('has the mass 1 and its moments by quadrature', () => {
    const { points, cell } = whitenedGrid(q, 400, 7);
    const sums = [0, 0, 0, 0, 0, 0];
    q.logDensity(points).forEach((log, i) => {
      const p = cell * Math.exp(log);
      const [x, y] = [points[2 * i]! - q.mean[0], points[2 * i + 1]! - q.mean[1]];
      [1, x, y, x * x, x * y, y * y].forEach((value, k) => {
        sums[k]! += p * value;
      });
    });
    [1, 0, 0, ...q.covariance].forEach((value, k) => {
      expect(sums[k]).toBeCloseTo(value, 6);
    });
  });

  it('is the product of its two factors, whatever x_0', () => {
    const { prior, likelihood, product } = factorsOf(jump, [0.7, -0.2], X);
    const at = ([mx, my]: readonly [number, number], v: number, i: number) =>
      logGaussian(NODES[2 * i]! - mx, NODES[2 * i + 1]! - my, v);
    const rest = [0, 1, 2].map(
      (i) =>
        at(prior.mean, prior.variance, i) +
        at(likelihood!.mean, likelihood!.variance, i) -
        at(product.mean, product.variance, i),
    );
    expect(rest[1]).toBeCloseTo(rest[0]!, 8);
    expect(rest[2]).toBeCloseTo(rest[0]!, 8);
  });
});

it('the second factor at η = 1 is q(x_t|x_s), which knows nothing of x_0', () => {
  const { from, to, beta } = vpStep(0.5, 5);
  const alpha = from.alpha / to.alpha;
  for (const x0 of [
    [0.7, -0.2],
    [-1, 0.3],
  ] as const) {
    const { likelihood } = factorsOf(jumpOf(from, to, 1), x0, X);
    expect(likelihood!.mean[0]).toBeCloseTo(X[0] / alpha, 9);
    expect(likelihood!.mean[1]).toBeCloseTo(X[1] / alpha, 9);
    expect(likelihood!.variance).toBeCloseTo(beta / alpha ** 2, 9);
  }
});

describe('KL(true ‖ Gaussian)', () => {
  it('is 0 of Gaussian data', () => {
    const gaussian: Density = [{ ...MIXTURE[0]!, weight: 1 }];
    for (const nSteps of [2, 20, 200]) expect(klOf(vpStep(0.5, nSteps), gaussian)).toBeLessThan(1e-9);
  });

  it('falls to 0 as T grows (Feller 1949), at every time', () => {
    for (const t of [0.3, 0.5, 0.8]) {
      const found = [2, 5, 20, 100, 500].map((nSteps) => klOf(vpStep(t, nSteps)));
      for (const [k, kl] of found.entries()) if (k > 0) expect(kl).toBeLessThan(0.6 * found[k - 1]!);
      expect(found.at(-1)).toBeLessThan(1e-4 * found[0]!);
    }
  });

  it('does not fall for DDIM without noise: each x_s is a copy of p(x_0|x_t), as far from a Gaussian', () => {
    const smooth = MIXTURE.slice(0, 2).map((part) => ({ ...part, weight: part.weight / 0.7 }));
    const found = [2, 5, 20, 100].map((nSteps) => {
      const jump = vpStep(0.5, nSteps, 0);
      return klToGaussian(reverseConditional(smooth, jump, X), 0.1 * jump.ofX0);
    });
    for (const kl of found) expect(kl).toBeCloseTo(found[0]!, 6);
    expect(found[0]).toBeGreaterThan(0.01);
  });

  it('and what the moments add are the KL to any round Gaussian, by quadrature', () => {
    const jump = vpStep(0.6, 4);
    const q = reverseConditional(MIXTURE, jump, X);
    const model = { mean: [q.mean[0] + 0.1, q.mean[1] - 0.05], variance: jump.variance } as const;
    const { points, cell } = whitenedGrid(q, 500, 8);
    let direct = 0;
    q.logDensity(points).forEach((log, i) => {
      const logModel = logGaussian(
        points[2 * i]! - model.mean[0],
        points[2 * i + 1]! - model.mean[1],
        model.variance,
      );
      direct += cell * Math.exp(log) * (log - logModel);
    });
    expect(klToGaussian(q, Math.sqrt(jump.variance)) + klOfMoments(q, model)).toBeCloseTo(direct, 6);
    expect(klOfMoments(q, { ...model, variance: 0 })).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('draws of p(x_0|x_t)', () => {
  const seeds = drawSeeds(20_000, createRng(7));

  it.each(datasets.entries.map(({ id }) => id))(
    'have the mean and covariance of the posterior of %s',
    (id) => {
      const dataset = datasets.get(id);
      const density = scaledDensity(unitsOf(dataset, 1), dataset.density(1));
      for (const t of [0.2, 0.5, 0.9]) {
        const kernel = process('vp').kernel(t);
        const { x0, covariance } = secondOrder(density, kernel)(0.4, 0.2);
        const { mean, covariance: drawn } = sampleMoments(posteriorDraws(density, kernel, [0.4, 0.2], seeds));
        const error = (k: 0 | 1) => 5 * Math.sqrt(covariance[2 * k]! / 20_000);
        for (const k of [0, 1] as const) expect(Math.abs(mean[k] - x0[k])).toBeLessThan(error(k));
        const size = covariance[0] + covariance[2];
        for (const k of [0, 1, 2] as const)
          expect(Math.abs(drawn[k] - covariance[k])).toBeLessThan(0.05 * size);
      }
    },
  );

  it('follow x_t continuously', () => {
    const few = drawSeeds(300, createRng(1));
    const kernel = process('vp').kernel(0.6);
    const [a, b] = [0.4, 0.4001].map((x) => posteriorDraws(MIXTURE, kernel, [x, 0.2], few));
    const moved = a!.filter((value, i) => Math.abs(value - b![i]!) > 0.01).length;
    expect(moved).toBeLessThan(4);
  });
});

it.each([
  [-1, 2],
  [3, 5],
  [40, 1],
  [-60, 0.5],
  [-8, 16],
])('a truncated normal on [%d, + %d] has its quantiles where its mass is', (a, w) => {
  const part = { logMean: 0, mean: 0, offset: 0 };
  const mass = (width: number) => Math.exp(truncatedNormal(a, width, part).logMean) * width;
  for (const share of [0.001, 0.3, 0.5, 0.9]) {
    const at = truncatedNormalQuantile(a, w, share);
    const log = Math.log(mass(at)) - Math.log(mass(w));
    if (Number.isFinite(log)) expect(log).toBeCloseTo(Math.log(share), 6);
    else expect(at).toBeGreaterThan(0);
  }
  expect(truncatedNormalQuantile(a, w, 0)).toBe(0);
});
