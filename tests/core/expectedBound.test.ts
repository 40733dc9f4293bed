import { describe, expect, it } from 'vitest';
import { chainTables } from '../../src/core/chain.ts';
import { datasets } from '../../src/core/datasets/index.ts';
import { drawDensity } from '../../src/core/exact/drawDensity.ts';
import { exactCovariance } from '../../src/core/exact/fields.ts';
import { exactDenoiser, exactLogDensity } from '../../src/core/exact.ts';
import { gaussianKl } from '../../src/core/gaussianKl.ts';
import {
  expectedBoundStep,
  expectedPriorTerm,
  expectedSquares,
  optimalLogVarianceOf,
  optimalLogVarianceOfAll,
} from '../../src/core/likelihood/expectedBound.ts';
import { optimalLogVariance, optimalVariance } from '../../src/core/likelihood/optimalVariance.ts';
import { drawnNoise, variationalBound } from '../../src/core/likelihood/variationalBound.ts';
import { chainStep } from '../../src/core/posterior.ts';
import { discreteChain } from '../../src/core/processes/discreteChain.ts';
import { createRng } from '../../src/core/rng.ts';
import { schedules } from '../../src/core/schedules/index.ts';
import { scaledDensity, standardization } from '../../src/core/standardize.ts';
import type { Density, Vector } from '../../src/core/types.ts';
import { expectClose } from './golden.ts';
import { drawMixture } from './mixtures.ts';

const clusters: Density = [-1, 0.2, 1.1].map((at) => ({
  kind: 'gaussian',
  weight: 1 / 3,
  mean: [at, at * at],
  covariance: [0.02, 0.01, 0.05],
}));
const nSteps = 30;
const betas = schedules.get('cosine').betas(nSteps, { rescale: true });
const tables = chainTables(betas);
const process = discreteChain(betas);

function posteriorAt(density: Density, t: number, x: Vector) {
  const covariance = exactCovariance(density, process.kernel(t / nSteps), x);
  return {
    mean: exactDenoiser(density, process)(x, t / nSteps),
    variance: Float64Array.from(x, (_, i) => covariance[3 * (i >> 1) + 2 * (i % 2)]!),
  };
}

const mean = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0) / values.length;

describe('the expected term', () => {
  it('is the mean of the drawn ones, for answers that are wrong too', () => {
    const n = 20_000;
    const x0 = drawMixture(clusters, n, createRng(1));
    const noiseAt = drawnNoise(n, createRng(2));
    const denoise = (x: Vector, t: number) =>
      exactDenoiser(clusters, process)(x, t).map((value, i) => 0.9 * value + 0.02 * x[i]!);
    const drawn = variationalBound({ betas, denoise, variance: 'beta' }, x0, noiseAt);
    for (const t of [1, 2, 15, nSteps]) {
      const { alpha, sigma } = process.kernel(t / nSteps);
      const noise = noiseAt(t);
      const x = x0.map((value, i) => alpha * value + sigma * noise[i]!);
      const logVariance = t === 1 ? tables.posteriorLogVarianceClipped[0]! : Math.log(betas[t - 1]!);
      const x0Hat = denoise(x, t / nSteps);
      const expected = expectedBoundStep(tables, t, posteriorAt(clusters, t, x), x0Hat, logVariance);
      const one = t === 1 ? drawn.decoder : drawn.steps[t - 2]!;
      const differences = one.map((value, i) => value - expected[i]!);
      const spread = Math.sqrt(mean(differences.map((value) => value ** 2)));
      expect(Math.abs(mean(differences)) / (spread / Math.sqrt(n))).toBeLessThan(4);
      expect(spread).toBeGreaterThan(0);
    }
  });

  it('sums up to the entropy and KL(q(x_T) ‖ N(0, I)) for a Gaussian, whose reverse steps are Gaussian', () => {
    const spread = [0.3, 1.7] as const;
    const density: Density = [
      { kind: 'gaussian', weight: 1, mean: [0, 0], covariance: [spread[0], 0, spread[1]] },
    ];
    // Its terms do not depend on the point.
    const x = Float64Array.of(0.3, -1.2);
    let total = expectedPriorTerm(tables, (spread[0] + spread[1]) / 2);
    for (let t = 1; t <= nSteps; t++) {
      const posterior = posteriorAt(density, t, x);
      const best = optimalLogVarianceOf(tables, t, posterior.variance);
      total += expectedBoundStep(tables, t, posterior, posterior.mean, best)[0]!;
    }
    const alphaBar = tables.alphasCumprod.at(-1)!;
    const entropy = spread.reduce((sum, variance) => sum + Math.log(2 * Math.PI * Math.E * variance) / 2, 0);
    const gap = spread.reduce(
      (sum, variance) => sum + gaussianKl(0, Math.log(alphaBar * variance + 1 - alphaBar), 0),
      0,
    );
    expect(total).toBeCloseTo(entropy + gap, 10);
  });

  it('is least for the exact mean and the best variance, and that variance is Bao’s', () => {
    const x = drawMixture(clusters, 40, createRng(5));
    for (const t of [1, 7, nSteps]) {
      const posterior = posteriorAt(clusters, t, x);
      const best = optimalLogVarianceOf(tables, t, posterior.variance);
      expectClose(best, optimalLogVariance(clusters, betas, process)(t, x) as Float64Array, {
        relative: 1e-12,
      });
      const least = expectedBoundStep(tables, t, posterior, posterior.mean, best);
      for (const [by, wider] of [
        [0.1, 0],
        [0, 0.3],
        [0, -0.3],
      ] as const) {
        const moved = posterior.mean.map((value) => value + by);
        const other = expectedBoundStep(
          tables,
          t,
          posterior,
          moved,
          best.map((value) => value + wider),
        );
        other.forEach((value, i) => void expect(value).toBeGreaterThan(least[i]!));
      }
    }
  });

  it.each(datasets.entries)(
    'of $id with the best one variance is below β and β̃, for wrong answers too',
    (dataset) => {
      const data = dataset.density(1);
      const density = scaledDensity(standardization(data), data);
      for (const t of [1, 3, 10, nSteps]) {
        const { alpha, sigma } = process.kernel(t / nSteps);
        const rng = createRng(9).fork(t);
        const x = drawDensity(density, 200, rng).map((value) => alpha * value + sigma * rng.normal());
        const posterior = posteriorAt(density, t, x);
        const step = chainStep(tables, t);
        for (const wrong of [0, 0.2]) {
          const x0Hat = posterior.mean.map((value) => value + wrong);
          const term = (logVariance: number) =>
            mean(expectedBoundStep(tables, t, posterior, x0Hat, logVariance));
          const best = optimalLogVarianceOfAll(tables, t, mean(expectedSquares(tables, t, posterior, x0Hat)));
          const others = [Math.log(step.largeVariance), step.logVarianceClipped, best - 0.1, best + 0.1];
          for (const other of others) expect(term(best)).toBeLessThanOrEqual(term(other) + 1e-12);
          // With exact means it is Bao's of the sampler.
          if (wrong === 0 && t > 1)
            expect(Math.exp(best)).toBeCloseTo(optimalVariance(step, mean(posterior.variance)), 10);
        }
      }
    },
  );

  it('has the L_T of points with that mean square', () => {
    const x0 = Float64Array.of(1, -1, 0.5, Math.sqrt(1.75));
    const { prior } = variationalBound({ betas, denoise: (x) => x, variance: 'beta' }, x0, () => x0);
    expect(expectedPriorTerm(tables, 1)).toBeCloseTo(mean(prior), 12);
  });

  it('of a chain is a bound: in the mean above the entropy', () => {
    const n = 400;
    let total = expectedPriorTerm(
      tables,
      mean(drawMixture(clusters, 20_000, createRng(6)).map((v) => v ** 2)),
    );
    for (let t = 1; t <= nSteps; t++) {
      const { alpha, sigma } = process.kernel(t / nSteps);
      const rng = createRng(7).fork(t);
      const x = drawMixture(clusters, n, rng).map((value) => alpha * value + sigma * rng.normal());
      const posterior = posteriorAt(clusters, t, x);
      const best = optimalLogVarianceOf(tables, t, posterior.variance);
      total += mean(expectedBoundStep(tables, t, posterior, posterior.mean, best));
    }
    const entropy = -mean(
      exactLogDensity(clusters, { alpha: 1, sigma: 0 }, drawMixture(clusters, 20_000, createRng(8))),
    );
    expect(total).toBeGreaterThan(entropy - 0.03);
    expect(total).toBeLessThan(entropy + 0.25);
  });
});
