import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainTables } from '../../src/core/chain.ts';
import { parameterizations } from '../../src/core/parameterizations/index.ts';
import { chainKernel, chainStep, gaussianPosterior, jumpStep } from '../../src/core/posterior.ts';
import { processes } from '../../src/core/processes/index.ts';
import {
  ddimStep,
  learnedRangeLogVariance,
  posteriorMean,
  reverseMoments,
  reverseSample,
} from '../../src/core/reverseStep.ts';
import { schedules } from '../../src/core/schedules/index.ts';
import { expectClose } from './golden.ts';

const tables = chainTables(schedules.get('linear').betas(100, { rescale: true }));
const number = fc.double({ min: -3, max: 3, noNaN: true });
const points = fc.tuple(number, number).map((pair) => Float64Array.from(pair));
const step = fc.integer({ min: 1, max: 100 }).map((t) => chainStep(tables, t));
const eps = parameterizations.get('eps');

describe('the posterior', () => {
  it('times the forward step gives back q(x_t|x_0): means and variances agree (Bayes)', () => {
    for (const { id, build } of processes.entries) {
      const process = build();
      const time = fc.double({ min: 0.01, max: 0.95, noNaN: true });
      fc.assert(
        fc.property(time, time, number, number, (a, b, x0, eps) => {
          fc.pre(Math.abs(a - b) > 1e-3);
          const [from, to] = [process.kernel(Math.max(a, b)), process.kernel(Math.min(a, b))];
          const { coefX0, coefX, variance } = gaussianPosterior(from, to);
          // x_s drawn through x_t has the marginal α_s x_0, σ_s².
          expectClose([coefX0 + coefX * from.alpha], [to.alpha], { relative: 1e-9 });
          expectClose([variance + (coefX * from.sigma) ** 2], [to.sigma ** 2], { relative: 1e-9 });
          const mean = coefX0 * x0 + coefX * (from.alpha * x0 + from.sigma * eps);
          expect(Number.isFinite(mean), id).toBe(true);
        }),
        { numRuns: 30 },
      );
    }
  });

  it('of a jump of one step is the chain’s', () => {
    for (let t = 1; t <= 100; t++) {
      const chain = chainStep(tables, t);
      const jump = jumpStep(chain.from, chain.to);
      expectClose(
        [jump.coefX0, jump.coefX, jump.variance, jump.beta],
        [chain.coefX0, chain.coefX, chain.variance, chain.beta],
        {
          relative: 1e-10,
        },
      );
    }
  });

  it('refuses to go towards noise, from the data, or outside the chain', () => {
    const [data, noise] = [chainKernel(tables.alphasCumprod, 0), chainKernel(tables.alphasCumprod, 50)];
    expect(() => gaussianPosterior(data, data)).toThrow(/needs noise/);
    expect(() => gaussianPosterior(chainKernel(tables.alphasCumprod, 10), noise)).toThrow(/less noise/);
    expect(() => chainStep(tables, 0)).toThrow(/from 1 to 100/);
    expect(() => chainStep(tables, 101)).toThrow(/from 1 to 100/);
  });

  it('of a chain of one step has no β̃_2 to clip to, and takes β_1', () => {
    const only = chainStep(chainTables(Float64Array.of(0.3)), 1);
    expect(only.logVarianceClipped).toBeCloseTo(Math.log(0.3), 12);
    expect(only.largeVariance).toBe(0.3);
  });
});

describe('a reverse step', () => {
  it('is the same whatever the network was asked for', () => {
    fc.assert(
      fc.property(step, points, points, (at, x0, noise) => {
        const x = x0.map((value, i) => at.from.alpha * value + at.from.sigma * noise[i]!);
        for (const kind of parameterizations.entries) {
          const mix = kind.mix(at.from, at.to);
          const output = x0.map((value, i) => mix.x0 * value + mix.eps * noise[i]!);
          const moments = reverseMoments({ step: at, x, output, kind, variance: { kind: 'fixed-small' } });
          expectClose(moments.mean, posteriorMean(at, x0, x), { absolute: 1e-9 });
        }
      }),
      { numRuns: 60 },
    );
  });

  it('has a learned variance between β̃ and β, each at an end', () => {
    fc.assert(
      fc.property(step, fc.double({ min: -1, max: 1, noNaN: true }), (at, v) => {
        const [small, middle, large] = learnedRangeLogVariance(at, Float64Array.of(-1, v, 1));
        expectClose([small!, large!], [at.logVarianceClipped, Math.log(at.beta)], { relative: 1e-12 });
        expect(middle! >= small! - 1e-12 && middle! <= large! + 1e-12).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('that arrives adds no noise', () => {
    const at = chainStep(tables, 1);
    const x = Float64Array.of(1, 2);
    const moments = reverseMoments({ step: at, x, output: x, kind: eps, variance: { kind: 'fixed-large' } });
    expect(reverseSample(at, moments, Float64Array.of(9, 9))).toEqual(moments.mean);
  });

  it('refuses a variance of another length and a clip below 0', () => {
    const at = chainStep(tables, 5);
    const x = Float64Array.of(1, 2);
    const learned = { kind: 'learned', logVariance: Float64Array.of(1) } as const;
    expect(() => reverseMoments({ step: at, x, output: x, kind: eps, variance: learned })).toThrow(
      /must be 2 numbers/,
    );
    const small = { kind: 'fixed-small' } as const;
    expect(() => reverseMoments({ step: at, x, output: x, kind: eps, variance: small, clip: -1 })).toThrow(
      /clip/,
    );
  });
});

describe('DDIM', () => {
  it('with η = 1 is ancestral sampling with β̃', () => {
    fc.assert(
      fc.property(step, points, points, points, (at, x, x0Hat, z) => {
        const moments = reverseMoments({
          step: at,
          x,
          output: x0Hat,
          kind: parameterizations.get('x0'),
          variance: { kind: 'fixed-small' },
        });
        const actual = ddimStep({ from: at.from, to: at.to, x, x0Hat, eta: 1, z });
        expectClose(actual, reverseSample(at, moments, z), { absolute: 1e-9 });
      }),
      { numRuns: 60 },
    );
  });

  it('there and back with the same ε̂ returns', () => {
    fc.assert(
      fc.property(step, points, points, ({ from, next }, x, noise) => {
        const x0Hat = x.map((value, i) => (value - from.sigma * noise[i]!) / from.alpha);
        const there = ddimStep({ from, to: next, x, x0Hat });
        const back = ddimStep({ from: next, to: from, x: there, x0Hat });
        expectClose(back, x, { absolute: 1e-9 });
      }),
      { numRuns: 60 },
    );
  });

  it('refuses η outside [0,1], noise that is missing, and noise on the way to noise', () => {
    const { from, to, next } = chainStep(tables, 50);
    const x = Float64Array.of(1, 2);
    expect(() => ddimStep({ from, to, x, x0Hat: x, eta: -0.1 })).toThrow(/from 0 to 1/);
    expect(() => ddimStep({ from, to, x, x0Hat: x, eta: Number.NaN })).toThrow(/from 0 to 1/);
    expect(() => ddimStep({ from, to, x, x0Hat: x, eta: 1 })).toThrow(/needs noise z/);
    expect(() => ddimStep({ from, to: next, x, x0Hat: x, eta: 1, z: x })).toThrow(/only with eta = 0/);
  });
});
