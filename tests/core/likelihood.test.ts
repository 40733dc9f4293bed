import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactDenoiser, exactLogDensity } from '../../src/core/exact.ts';
import { exactDivergence, fixedProbes, hutchinson } from '../../src/core/likelihood/divergence.ts';
import { flowLogLikelihood } from '../../src/core/likelihood/probabilityFlow.ts';
import { rk45 } from '../../src/core/likelihood/rk45.ts';
import {
  denoiserScoreField,
  exactScoreField,
  type ScoreField,
} from '../../src/core/likelihood/scoreField.ts';
import { bits, bitsPerDim } from '../../src/core/likelihood/units.ts';
import { discreteChain } from '../../src/core/processes/discreteChain.ts';
import { priorLogDensity } from '../../src/core/processes/process.ts';
import { rectifiedFlow } from '../../src/core/processes/rectifiedFlow.ts';
import { ve } from '../../src/core/processes/ve.ts';
import { vp } from '../../src/core/processes/vp.ts';
import { createRng } from '../../src/core/rng.ts';
import { schedules } from '../../src/core/schedules/index.ts';
import type { Density, Vector } from '../../src/core/types.ts';
import { expectClose, flat, type GoldenMixture, goldenCases, mixtureDensity, type Points } from './golden.ts';

interface Likelihood {
  readonly logp_nats: readonly number[];
  readonly bits_per_dim: readonly number[];
  readonly bits_total: readonly number[];
  readonly latent_z: Points;
  readonly nfe_second_run: number;
  readonly single_probe_logp_nats: Readonly<Record<'probe(1,1)' | 'probe(1,-1)', readonly number[]>>;
  readonly exact_logp_at_eps_nats: readonly number[];
  readonly exact_logp_at_0_nats: readonly number[];
  readonly prior_logp_of_latent_nats: readonly number[];
  readonly exact_log_p_T_of_latent_nats: readonly number[];
  readonly mean_logp_nats: number;
}
interface LikelihoodParams {
  readonly eps: number;
  readonly mixture: GoldenMixture;
  readonly points: Points;
}

const process = vp.build();
const prior = (z: Vector) => priorLogDensity(process, z);
const tight = { rtol: 1e-9, atol: 1e-9 };

it.each(goldenCases<LikelihoodParams, Likelihood>('sde', (id) => id.startsWith('likelihood_vp')))(
  'equals the golden $id',
  ({ params, values }) => {
    const density = mixtureDensity(params.mixture);
    const x = flat(params.points);
    const field = exactScoreField(density, process);
    const options = { tMin: params.eps, ...tight };
    const found = flowLogLikelihood(field, process, x, prior, options);
    const tolerance = { absolute: 1e-6 };
    expectClose(found.logDensity, values.logp_nats, tolerance);
    expectClose(found.latent, flat(values.latent_z), tolerance);
    expectClose(
      found.logDensity.map((v) => bitsPerDim(-v)),
      values.bits_per_dim,
      tolerance,
    );
    expectClose(
      found.logDensity.map((v) => bits(-v)),
      values.bits_total,
      tolerance,
    );
    expectClose(prior(found.latent), values.prior_logp_of_latent_nats, tolerance);
    const mean = found.logDensity.reduce((a, b) => a + b) / found.logDensity.length;
    expectClose([mean], [values.mean_logp_nats], tolerance);

    const exactAt = (t: number) => (at: Vector) => exactLogDensity(density, process.kernel(t), at);
    expectClose(exactAt(1)(found.latent), values.exact_log_p_T_of_latent_nats, tolerance);
    expectClose(exactAt(params.eps)(x), values.exact_logp_at_eps_nats, tolerance);
    expectClose(exactAt(0)(x), values.exact_logp_at_0_nats, tolerance);
    const corrected = flowLogLikelihood(field, process, x, exactAt(1), options);
    expectClose(corrected.logDensity, values.exact_logp_at_eps_nats, tolerance);

    const single = (v: readonly [number, number]) =>
      flowLogLikelihood(field, process, x, prior, { ...options, divergence: fixedProbes([v]) });
    expectClose(single([1, 1]).logDensity, values.single_probe_logp_nats['probe(1,1)'], tolerance);
    expectClose(single([1, -1]).logDensity, values.single_probe_logp_nats['probe(1,-1)'], tolerance);

    // In time, as score_sde solves it, RK45 takes as many evaluations.
    const inTime = flowInTime(field, [1, -1], x, params.eps);
    expect(inTime.nfe).toBe(values.nfe_second_run);
    expectClose(inTime.y.subarray(0, x.length), flat(values.latent_z), tolerance);
  },
);

/** dx/dt = f·x − ½g²·score and the form vᵀ(∂/∂x)v of it (Song et al. 2021, Eq. 13, 39), by RK45 in t. */
function flowInTime(field: ScoreField, v: readonly [number, number], x: Vector, tMin: number) {
  const n = x.length / 2;
  const probes = fixedProbes([v]).probes(n);
  const start = new Float64Array(3 * n);
  start.set(x);
  const velocity = (t: number, state: Float64Array) => {
    const [drift, half] = [process.drift(t), process.diffusion2(t) / 2];
    const points = state.subarray(0, 2 * n);
    const { score, forms } = field(points, t, probes);
    const out = new Float64Array(3 * n);
    out.set(points.map((value, i) => drift * value - half * score[i]!));
    out.set(
      forms[0]!.map((form) => 2 * drift - half * form),
      2 * n,
    );
    return out;
  };
  return rk45(velocity, tMin, 1, start, tight);
}

const density: Density = [
  { kind: 'gaussian', weight: 0.4, mean: [0.5, 0.5], covariance: [0.3, 0.1, 0.2] },
  { kind: 'gaussian', weight: 0.6, mean: [-0.5, -0.4], covariance: [0.2, 0, 0.3] },
];
const points = Float64Array.of(0.3, 0.2, -0.7, 0.1, 1.2, 0.4, -0.1, -0.9);

describe('the probability flow', () => {
  it('of a variance-exploding process has the true log-likelihood too', () => {
    const exploding = ve.build();
    const end = (z: Vector) => exactLogDensity(density, exploding.kernel(1), z);
    const options = { tMin: 0, ...tight };
    const field = exactScoreField(density, exploding);
    const found = flowLogLikelihood(field, exploding, points, end, options);
    expectClose(found.logDensity, exactLogDensity(density, exploding.kernel(0), points), { absolute: 1e-6 });
  });

  it('starts where there is no noise too', () => {
    const field = exactScoreField(density, process);
    const end = (z: Vector) => exactLogDensity(density, process.kernel(1), z);
    const found = flowLogLikelihood(field, process, points, end, { tMin: 0, ...tight });
    expectClose(found.logDensity, exactLogDensity(density, process.kernel(0), points), { absolute: 1e-6 });
  });

  it('of a denoiser seen only by its values equals that of the exact score', () => {
    const exact = flowLogLikelihood(exactScoreField(density, process), process, points, prior, {
      tMin: 1e-3,
    });
    const field = denoiserScoreField(exactDenoiser(density, process), process);
    const found = flowLogLikelihood(field, process, points, prior, { tMin: 1e-3 });
    expectClose(found.logDensity, exact.logDensity, { absolute: 1e-5 });
  });

  it.each([
    ['linear', 20],
    ['linear', 200],
    ['linear', 1000],
    ['cosine', 20],
    ['cosine', 1000],
  ] as const)(
    'of a %s chain of %i steps, whose rate jumps, is right to its tolerance',
    (schedule, nChain) => {
      const chain = discreteChain(schedules.get(schedule).betas(nChain, { rescale: true }));
      const field = exactScoreField(density, chain);
      const end = (z: Vector) => exactLogDensity(density, chain.kernel(1), z);
      const found = flowLogLikelihood(field, chain, points, end);
      const finer = flowLogLikelihood(field, chain, points, end, { rtol: 1e-12, atol: 1e-12 });
      expectClose(found.logDensity, finer.logDensity, { absolute: 2e-6 });
      expectClose(finer.logDensity, exactLogDensity(density, chain.kernel(1e-5), points), { absolute: 1e-9 });
      expect(found.nfe).toBeLessThan(200);
    },
  );

  it.each(['rademacher', 'gaussian'] as const)('has an unbiased estimate from %s probes', (kind) => {
    const field = exactScoreField(density, process);
    const exact = flowLogLikelihood(field, process, points.slice(0, 2), prior, { rtol: 1e-5, atol: 1e-5 });
    // Many copies of one point, each with its own probe.
    const n = 400;
    const copies = Float64Array.from({ length: 2 * n }, (_, i) => points[i % 2]!);
    const divergence = hutchinson(1, kind, createRng(3));
    const { logDensity } = flowLogLikelihood(field, process, copies, prior, {
      rtol: 1e-5,
      atol: 1e-5,
      divergence,
    });
    const mean = logDensity.reduce((a, b) => a + b) / n;
    const spread = Math.sqrt(logDensity.reduce((a, b) => a + (b - mean) ** 2, 0) / n);
    expect(spread).toBeGreaterThan(0.01);
    expect(Math.abs(mean - exact.logDensity[0]!)).toBeLessThan((4 * spread) / Math.sqrt(n) + 1e-4);
  });

  it('refuses half a point, a start at the end, and an end without signal', () => {
    const field = exactScoreField(density, process);
    expect(() => flowLogLikelihood(field, process, new Float64Array(3), prior)).toThrow(/x, y pairs/);
    expect(() => flowLogLikelihood(field, process, points, prior, { tMin: 1 })).toThrow(/tMin/);
    expect(() => flowLogLikelihood(field, process, points, prior, { rtol: 0 })).toThrow(/rtol/);
    expect(() => flowLogLikelihood(field, rectifiedFlow.build(), points, prior)).toThrow(/signal at t = 1/);
    expect(() => hutchinson(0, 'gaussian', createRng(1))).toThrow(/probes/);
    expect(exactDivergence.probes(1)).toEqual([Float64Array.of(1, 0), Float64Array.of(0, 1)]);
  });
});

describe('RK45', () => {
  it('solves a linear system to its tolerance, forwards and back', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -3, max: 3, noNaN: true }),
        fc.double({ min: -2, max: 1, noNaN: true }),
        fc.integer({ min: 4, max: 10 }),
        (frequency, rate, digits) => {
          const f = (_: number, y: Float64Array) =>
            Float64Array.of(rate * y[0]! - frequency * y[1]!, frequency * y[0]! + rate * y[1]!);
          const tol = 10 ** -digits;
          const there = rk45(f, 0, 2, Float64Array.of(1, 0), { rtol: tol, atol: tol });
          const expected = [Math.cos(2 * frequency), Math.sin(2 * frequency)].map(
            (v) => Math.exp(2 * rate) * v,
          );
          const growth = Math.exp(2 * Math.abs(rate));
          expectClose(there.y, expected, { absolute: 300 * tol * growth });
          const back = rk45(f, 2, 0, there.y, { rtol: tol, atol: tol });
          expectClose(back.y, [1, 0], { absolute: 600 * tol * growth ** 2 });
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is exact for a polynomial of degree 4, and reports every step', () => {
    const times: number[] = [];
    const { y, nfe, accepted, rejected } = rk45(
      (t) => Float64Array.of(5 * t ** 4),
      0,
      3,
      Float64Array.of(0),
      {
        rtol: 1e-3,
        atol: 1e-3,
        onStep: (t) => times.push(t),
      },
    );
    expect(y[0]).toBeCloseTo(243, 9);
    expect(times.length).toBe(accepted);
    expect(times.at(-1)).toBe(3);
    expect(nfe).toBe(2 + 6 * (accepted + rejected));
  });

  it('says why it cannot go on', () => {
    const one = Float64Array.of(1);
    const square = (_: number, y: Float64Array) => y.map((v) => v * v);
    expect(() => rk45(square, 0, 2, one, { rtol: 1e-6, atol: 1e-6 })).toThrow(/RK45/);
    expect(() => rk45(square, 0, 0.9, one, { rtol: 1e-12, atol: 1e-12, maxSteps: 3 })).toThrow(
      /more than 3 steps/,
    );
    expect(() => rk45(square, 0, 1, one, { rtol: 1e-6, atol: 0 })).toThrow(/atol/);
    expect(() => rk45(square, 0, Number.NaN, one, { rtol: 1e-6, atol: 1 })).toThrow(/end t1/);
    expect(rk45(square, 1, 1, one, { rtol: 1e-6, atol: 1 }).y).toEqual(one);
  });
});
