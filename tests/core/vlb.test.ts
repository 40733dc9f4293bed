import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainTables } from '../../src/core/chain.ts';
import { swissRoll } from '../../src/core/datasets/swissRoll.ts';
import { exactDenoiser, exactLogDensity } from '../../src/core/exact.ts';
import {
  betas2015,
  bound2015,
  boundOfStep2015,
  denoiserReverse,
  gaussianLogLikelihood,
  posterior2015,
} from '../../src/core/likelihood/bound2015.ts';
import { discretisedDecoder } from '../../src/core/likelihood/decoder.ts';
import { optimalLogVariance } from '../../src/core/likelihood/optimalVariance.ts';
import { bits, bitsPerDim } from '../../src/core/likelihood/units.ts';
import { drawnNoise, variationalBound } from '../../src/core/likelihood/variationalBound.ts';
import { discreteChain } from '../../src/core/processes/discreteChain.ts';
import { createRng } from '../../src/core/rng.ts';
import { schedules } from '../../src/core/schedules/index.ts';
import { scaledDensity, standardization, toScaled } from '../../src/core/standardize.ts';
import type { Density } from '../../src/core/types.ts';
import {
  expectClose,
  flat,
  type GoldenMixture,
  goldenCases,
  goldenFile,
  mixtureDensity,
  type Points,
} from './golden.ts';
import { drawMixture } from './mixtures.ts';

interface BoundParams {
  readonly mixture: GoldenMixture;
  readonly schedule: 'cosine' | 'linear_scaled';
  readonly T: number;
  readonly var_type: 'FIXED_SMALL' | 'FIXED_LARGE';
  readonly x_start: Points;
}
interface BoundValues {
  readonly L_T_nats: readonly number[];
  readonly L_T_bits_per_dim_as_reported: readonly number[];
  readonly L_t_minus_1_nats_for_t_2_to_T: readonly (readonly number[])[];
  readonly L_0_continuous_nats: readonly number[];
  readonly L_0_discretized_256_bits_per_dim_as_reported: readonly number[];
  readonly total_nats: readonly number[];
  readonly total_bits: readonly number[];
  readonly total_bits_per_dim: readonly number[];
  readonly exact_nll_nats: readonly number[];
  readonly noise: readonly Points[];
}

const tolerance = { relative: 1e-9, absolute: 1e-12 };

it.each(goldenCases<BoundParams, BoundValues>('vlb', (id) => id.startsWith('vlb_')))(
  'equals the golden bound $id',
  ({ params, values }) => {
    const schedule = schedules.get(params.schedule === 'cosine' ? 'cosine' : 'linear');
    const betas = schedule.betas(params.T, { rescale: params.schedule === 'linear_scaled' });
    const density = mixtureDensity(params.mixture);
    const x0 = flat(params.x_start);
    const model = {
      betas,
      denoise: exactDenoiser(density, discreteChain(betas)),
      variance: params.var_type === 'FIXED_LARGE' ? 'beta' : 'beta-tilde',
    } as const;
    const noiseAt = (t: number) => flat(values.noise[t - 1]!);
    const found = variationalBound(model, x0, noiseAt);
    expectClose(found.prior, values.L_T_nats, tolerance);
    expectClose(found.prior.map(bitsPerDim), values.L_T_bits_per_dim_as_reported, tolerance);
    expect(found.steps.length).toBe(params.T - 1);
    found.steps.forEach((step, k) => {
      expectClose(step, values.L_t_minus_1_nats_for_t_2_to_T[k]!, tolerance);
    });
    expectClose(found.decoder, values.L_0_continuous_nats, tolerance);
    expectClose(found.total, values.total_nats, tolerance);
    expectClose(found.total.map(bits), values.total_bits, tolerance);
    expectClose(found.total.map(bitsPerDim), values.total_bits_per_dim, tolerance);
    expectClose(
      exactLogDensity(density, { alpha: 1, sigma: 0 }, x0).map((v) => -v),
      values.exact_nll_nats,
      tolerance,
    );
    const decoder = discretisedDecoder({ low: -1, high: 1, values: 256 }, 'tanh');
    const gridded = variationalBound({ ...model, decoder }, x0, noiseAt);
    expectClose(
      gridded.decoder.map(bitsPerDim),
      values.L_0_discretized_256_bits_per_dim_as_reported,
      tolerance,
    );
  },
);

interface Betas2015 {
  readonly betas: readonly number[];
  readonly alphas_cumprod: readonly number[];
  readonly beta_full_trajectory: number;
  readonly baseline_before_min_beta: readonly number[];
}

it.each(
  goldenCases<{ trajectory_length: number; step1_beta: number; min_beta: number }, Betas2015>('vlb', (id) =>
    id.startsWith('sd2015_beta'),
  ),
)('equals the golden schedule $id', ({ params, values }) => {
  const betas = betas2015(params.trajectory_length, {
    step1Beta: params.step1_beta,
    minBeta: params.min_beta,
  });
  expectClose(betas, values.betas, { relative: 1e-12 });
  const { alphasCumprod } = chainTables(betas);
  expectClose(alphasCumprod, values.alphas_cumprod, { relative: 1e-12 });
  expectClose([1 - alphasCumprod.at(-1)!], [values.beta_full_trajectory], { relative: 1e-12 });
});

interface Posterior {
  readonly rows: readonly {
    readonly t_index: number;
    readonly x_noisy: Points;
    readonly mu_posterior: Points;
    readonly sigma_posterior: number;
    readonly 'negL_bound_of_mu_0.9x_sigma_1.1post_bits': number;
  }[];
}

it.each(goldenCases<{ T: number }, Posterior>('vlb', (id) => id.startsWith('sd2015_posterior')))(
  'equals the golden posterior and bound $id',
  ({ params, values }) => {
    const { inputs } = goldenFile<{ inputs: { set_A: { x_start: Points; eps: Points } } }>('vlb');
    const betas = betas2015(params.T);
    for (const row of values.rows) {
      const t = row.t_index + 1;
      const posterior = posterior2015(betas, flat(inputs.set_A.x_start), flat(inputs.set_A.eps), t);
      expectClose(posterior.xNoisy, flat(row.x_noisy), { relative: 1e-12 });
      expectClose(posterior.mean, flat(row.mu_posterior), { relative: 1e-12, absolute: 1e-15 });
      expectClose([posterior.std], [row.sigma_posterior], { relative: 1e-12 });
      const bound = boundOfStep2015(
        betas,
        posterior,
        posterior.xNoisy.map((v) => 0.9 * v),
        1.1 * posterior.std,
      );
      expectClose([bound], [row['negL_bound_of_mu_0.9x_sigma_1.1post_bits']], { relative: 1e-12 });
    }
  },
);

interface Table1 {
  readonly swiss_roll: { readonly K_bits: number; readonly K_minus_L_null_bits: number };
}

it.each(goldenCases<object, Table1>('vlb', (id) => id.startsWith('paper_table_1')))(
  'has the L_null of the paper: its table is in bits per point of unit variance',
  ({ values }) => {
    const unit = Float64Array.of(1, -1, -1, 1);
    const { K_bits, K_minus_L_null_bits } = values.swiss_roll;
    expect(Math.abs(gaussianLogLikelihood(unit) - (K_bits - K_minus_L_null_bits))).toBeLessThan(0.01);
  },
);

describe('the bound', () => {
  const density: Density = [{ kind: 'gaussian', weight: 1, mean: [0.4, -0.2], covariance: [0.5, 0.2, 0.6] }];
  const clusters: Density = [-1, 0.2, 1.1].map((at) => ({
    kind: 'gaussian',
    weight: 1 / 3,
    mean: [at, at * at],
    covariance: [0.02, 0, 0.02],
  }));
  const x0 = Float64Array.from({ length: 200 }, (_, i) => Math.sin(i * i));

  it('is never below −ln p in the mean, and comes near it as T grows', () => {
    const n = 2000;
    const x = drawMixture(clusters, n, createRng(4));
    const nll = -mean(exactLogDensity(clusters, { alpha: 1, sigma: 0 }, x));
    const gap = (nSteps: number) => {
      const betas = schedules.get('cosine').betas(nSteps, { rescale: true });
      const process = discreteChain(betas);
      const denoise = exactDenoiser(clusters, process);
      const { total } = variationalBound(
        { betas, denoise, variance: optimalLogVariance(clusters, betas, process) },
        x,
        drawnNoise(n, createRng(5)),
      );
      return mean(total) - nll;
    };
    const [coarse, fine] = [gap(8), gap(80)];
    expect(fine).toBeGreaterThan(-0.03);
    expect(coarse).toBeGreaterThan(fine);
    expect(fine).toBeLessThan(0.1);
  });

  it('takes a learned variance, of which the fixed ones are cases', () => {
    const betas = schedules.get('linear').betas(20, { rescale: false });
    const denoise = exactDenoiser(density, discreteChain(betas));
    const { posteriorVariance } = chainTables(betas);
    const noise = drawnNoise(x0.length / 2, createRng(6));
    const fixed = variationalBound({ betas, denoise, variance: 'beta-tilde' }, x0, noise);
    const learned = variationalBound(
      {
        betas,
        denoise,
        variance: (t, x) => x.map(() => Math.log(posteriorVariance[Math.max(t - 1, 1)]!)),
      },
      x0,
      noise,
    );
    expect(learned.total).toEqual(fixed.total);
  });

  it('refuses noise of another length and half a point', () => {
    const betas = schedules.get('linear').betas(5, { rescale: false });
    const model = { betas, denoise: (x: Float64Array) => x, variance: 'beta' } as const;
    expect(() => variationalBound(model, x0, () => new Float64Array(2))).toThrow(/noise/);
    expect(() => variationalBound(model, new Float64Array(1), () => x0)).toThrow(/x, y pairs/);
    expect(() => variationalBound({ ...model, betas: Float64Array.of(0) }, x0, () => x0)).toThrow(/beta/);
    expect(variationalBound({ ...model, betas: Float64Array.of(0.5) }, x0, () => x0).steps).toEqual([]);
  });
});

const mean = (values: Float64Array) => values.reduce((a, b) => a + b) / values.length;

describe('the discretised decoder', () => {
  it.each(['exact', 'tanh'] as const)('%s gives all values together probability 1', (cdf) => {
    fc.assert(
      fc.property(
        fc.double({ min: -1.5, max: 1.5, noNaN: true }),
        fc.double({ min: -4, max: 1, noNaN: true }),
        fc.integer({ min: 2, max: 300 }),
        (centre, logVariance, values) => {
          const decoder = discretisedDecoder({ low: -1, high: 1, values }, cdf);
          let total = 0;
          for (let k = 0; k < values; k++)
            total += Math.exp(decoder(-1 + (2 * k) / (values - 1), centre, logVariance));
          expect(Math.abs(total - 1)).toBeLessThan(1e-9);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('exact stays finite far in the tail, where it approaches the density times the width', () => {
    const decoder = discretisedDecoder({ low: -1, high: 1, values: 2001 }, 'exact');
    const logVariance = 2 * Math.log(0.02);
    for (const x of [0.1, -0.1, 0.8, -0.8, 1, -1])
      expect(Number.isFinite(decoder(x, 0, logVariance))).toBe(true);
    expect(decoder(0.01, 0, logVariance)).toBeCloseTo(
      -0.125 + Math.log(0.001 / (0.02 * Math.sqrt(2 * Math.PI))),
      3,
    );
    expect(decoder(0.8, 0, logVariance)).toBeCloseTo(decoder(-0.8, 0, logVariance), 8);
  });

  it('refuses grids without width', () => {
    expect(() => discretisedDecoder({ low: 1, high: 1, values: 256 }, 'exact')).toThrow(/above the first/);
    expect(() => discretisedDecoder({ low: 0, high: 1, values: 1 }, 'exact')).toThrow(/number of values/);
  });
});

describe('K of 2015', () => {
  it('of the Swiss roll in 40 steps lies below its true log-likelihood and above L_null', () => {
    const clean = swissRoll.density(1);
    const std = standardization(clean);
    const density = scaledDensity(std, clean);
    const betas = betas2015(40);
    const x0 = toScaled(std, swissRoll.sample(150, createRng(7), 1));
    const process = discreteChain(betas);
    const variance = optimalLogVariance(density, betas, process);
    const reverse = denoiserReverse(betas, exactDenoiser(density, process), variance);
    const { k, lNull, gain } = bound2015(betas, x0, reverse, drawnNoise(150, createRng(8)));
    const truth = mean(exactLogDensity(density, { alpha: 1, sigma: 0 }, x0)) / Math.LN2;
    expect(Math.abs(lNull + Math.log2(2 * Math.PI * Math.E))).toBeLessThan(0.3);
    expect(gain).toBe(k - lNull);
    expect(k).toBeLessThan(truth);
    expect(gain).toBeGreaterThan(0.3);
  });

  it('counts a step that is the posterior itself as free', () => {
    const betas = betas2015(5);
    const x0 = Float64Array.of(0.3, -0.6);
    const noise = drawnNoise(1, createRng(1));
    const free = bound2015(betas, x0, (_, t) => posterior2015(betas, x0, noise(t), t), noise);
    const { alphasCumprod } = chainTables(betas);
    const entropy = (variance: number) => Math.log2(2 * Math.PI * Math.E * variance);
    expect(free.k).toBeCloseTo(entropy(1 - alphasCumprod[4]!) - entropy(betas[0]!) - entropy(1), 10);
  });

  it('refuses what it cannot have', () => {
    expect(() => betas2015(1)).toThrow(/steps T/);
    expect(() => betas2015(4, { step1Beta: 0, minBeta: 1 })).toThrow(/least β/);
    expect(() => betas2015(4, { step1Beta: 0, minBeta: 0, perturbation: new Float64Array(3) })).toThrow(/4/);
    const betas = betas2015(4);
    const x0 = Float64Array.of(0, 0);
    expect(() => posterior2015(betas, x0, x0, 1)).toThrow(/step t/);
    expect(() => boundOfStep2015(betas, posterior2015(betas, x0, x0, 2), x0, 0)).toThrow(/above 0/);
  });
});
