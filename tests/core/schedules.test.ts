import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainTables } from '../../src/core/chain.ts';
import { schedules } from '../../src/core/schedules/index.ts';
import { expectClose, goldenCases } from './golden.ts';

interface Tables {
  readonly betas: readonly number[];
  readonly alphas_cumprod: readonly number[];
  readonly posterior_variance: readonly number[];
}

describe('golden tables', () => {
  it.each([
    ['linear', false, /^ddim_linear_T/],
    ['quadratic', false, /^ddim_quad_T/],
    ['sigmoid', false, /^ddim_sigmoid_T/],
    ['cosine', false, /^cosine_T/],
    ['cosine', true, /^cosine_T/],
    ['linear', true, /^linear_scaled_T50$/],
  ] as const)('%s, rescale %s', (id, rescale, pattern) => {
    for (const { params, values } of goldenCases<{ T: number }, Tables>('schedules', (c) =>
      pattern.test(c),
    )) {
      const tables = chainTables(schedules.get(id).betas(params.T, { rescale }));
      expectClose(tables.betas, values.betas, { relative: 1e-12 });
      expectClose(tables.alphasCumprod, values.alphas_cumprod, { relative: 1e-12 });
      expectClose(tables.posteriorVariance, values.posterior_variance, { relative: 1e-9 });
    }
  });

  it('clips the rescaled betas that exceed 1 at T = 10', () => {
    const [golden] = goldenCases<unknown, Tables>('schedules', (id) => id === 'linear_scaled_T10');
    const expected = golden!.values.betas.map((beta) => Math.min(beta, 0.999));
    expectClose(schedules.get('linear').betas(10, { rescale: true }), expected, { relative: 1e-12 });
  });
});

describe.each(schedules.entries)('schedule $id', (schedule) => {
  const steps = fc.integer({ min: 1, max: 1500 });

  it('has betas in (0, 0.999] and an ᾱ that falls strictly within (0,1)', () => {
    fc.assert(
      fc.property(steps, fc.boolean(), (nSteps, rescale) => {
        const { betas, alphasCumprod } = chainTables(schedule.betas(nSteps, { rescale }));
        expect(betas).toHaveLength(nSteps);
        let previous = 1;
        for (let i = 0; i < nSteps; i++) {
          expect(betas[i]! > 0 && betas[i]! <= 0.999).toBe(true);
          expect(alphasCumprod[i]! > 0 && alphasCumprod[i]! < previous).toBe(true);
          previous = alphasCumprod[i]!;
        }
      }),
      { numRuns: 40 },
    );
  });

  it('ends in noise for every T that the page offers, when rescaled', () => {
    for (const nSteps of [10, 20, 50, 100, 300, 1000]) {
      const { alphasCumprod } = chainTables(schedule.betas(nSteps, { rescale: true }));
      expect(alphasCumprod.at(-1)).toBeLessThan(2e-3);
    }
  });

  it('says truly whether rescaling changes it', () => {
    const plain = schedule.betas(100, { rescale: false });
    const rescaled = schedule.betas(100, { rescale: true });
    expect(plain.some((beta, i) => beta !== rescaled[i])).toBe(schedule.rescales);
  });

  it.each([0, -1, 2.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'refuses T = %s and says what is allowed',
    (nSteps) => {
      expect(() => schedule.betas(nSteps, { rescale: true })).toThrow(/whole number from 1 to/);
    },
  );

  it('describes itself', () => {
    expect(schedule.label).toBeTruthy();
    expect(schedule.summary).toMatch(/\.$/);
    expect(schedule.equation).toContain('\\');
  });
});

describe('chainTables', () => {
  it.each([[[0.1, 0]], [[1]], [[Number.NaN]], [[-0.1]]])('refuses betas %j', (betas) => {
    expect(() => chainTables(Float64Array.from(betas))).toThrow(/between 0 and 1; the one of step/);
  });

  it('refuses an empty chain', () => {
    expect(() => chainTables(new Float64Array())).toThrow(/at least one beta/);
  });
});
