import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainTables } from '../../src/core/chain.ts';
import type { ChainTables } from '../../src/core/types.ts';
import { expectClose, goldenCases } from './golden.ts';

const GOLDEN_NAMES = {
  alphasCumprod: 'alphas_cumprod',
  alphasCumprodPrev: 'alphas_cumprod_prev',
  alphasCumprodNext: 'alphas_cumprod_next',
  sqrtAlphasCumprod: 'sqrt_alphas_cumprod',
  sqrtOneMinusAlphasCumprod: 'sqrt_one_minus_alphas_cumprod',
  logOneMinusAlphasCumprod: 'log_one_minus_alphas_cumprod',
  sqrtRecipAlphasCumprod: 'sqrt_recip_alphas_cumprod',
  sqrtRecipm1AlphasCumprod: 'sqrt_recipm1_alphas_cumprod',
  posteriorVariance: 'posterior_variance',
  posteriorLogVarianceClipped: 'posterior_log_variance_clipped',
  posteriorMeanCoef1: 'posterior_mean_coef1',
  posteriorMeanCoef2: 'posterior_mean_coef2',
  snr: 'snr',
} as const satisfies Partial<Record<keyof ChainTables, string>>;

type Values = Record<
  (typeof GOLDEN_NAMES)[keyof typeof GOLDEN_NAMES] | 'betas',
  readonly (number | string)[]
>;

/** A relative tolerance cannot compare infinities, so they must stand at the same places, and are taken out. */
function split(values: readonly (number | string)[]) {
  const numbers = values.map(Number);
  return {
    finite: numbers.filter(Number.isFinite),
    endless: numbers.map((value) => !Number.isFinite(value)),
  };
}

const cases = goldenCases<unknown, Values>(
  'schedules',
  (id) => !/float32|zero_terminal/.test(id) && id !== 'linear_scaled_T10',
);

describe.each(cases)('golden tables $id', ({ values }) => {
  const tables = chainTables(Float64Array.from(values.betas, Number), { zeroTerminalSnr: true });
  it.each(Object.entries(GOLDEN_NAMES))('%s', (name, goldenName) => {
    const actual = split([...tables[name as keyof typeof GOLDEN_NAMES]]);
    const expected = split(values[goldenName]);
    expect(actual.endless).toEqual(expected.endless);
    expectClose(actual.finite, expected.finite, { relative: 1e-9 });
  });
  it('ᾱ, where nothing cancels, to 1e-12', () => {
    for (const name of ['alphasCumprod', 'sqrtAlphasCumprod', 'alphasCumprodNext'] as const) {
      expectClose(tables[name], values[GOLDEN_NAMES[name]].map(Number), { relative: 1e-12 });
    }
  });
});

it('refuses the rescaled betas beyond 1, as the reference does', () => {
  const [golden] = goldenCases<unknown, Values>('schedules', (id) => id === 'linear_scaled_T10');
  expect(() => chainTables(Float64Array.from(golden!.values.betas, Number))).toThrow(
    /the one of step 6 is 1.1/,
  );
});

describe('the tables of any betas', () => {
  const anyBetas = fc.array(fc.double({ min: 1e-6, max: 0.999, noNaN: true }), {
    minLength: 1,
    maxLength: 60,
  });

  it('keep their definitions', () => {
    fc.assert(
      fc.property(anyBetas, (list) => {
        const tables = chainTables(Float64Array.from(list));
        for (let i = 0; i < list.length; i++) {
          const alphaBar = tables.alphasCumprod[i]!;
          const previous = tables.alphasCumprodPrev[i]!;
          expect(alphaBar > 0 && alphaBar < previous && previous <= 1).toBe(true);
          expect(tables.alphasCumprodNext[i]! < alphaBar).toBe(true);
          expectClose([tables.sqrtAlphasCumprod[i]! ** 2 + tables.sqrtOneMinusAlphasCumprod[i]! ** 2], [1], {
            relative: 1e-14,
          });
          expectClose([tables.snr[i]! * tables.sqrtRecipm1AlphasCumprod[i]! ** 2], [1], { relative: 1e-13 });
          expect(tables.posteriorVariance[i]! <= list[i]!).toBe(true);
          expect(Number.isFinite(tables.posteriorLogVarianceClipped[i])).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('give the posterior of Bayes: μ̃ at x_t = √ᾱ_t x_0 is √ᾱ_{t−1} x_0, and the variances add up', () => {
    fc.assert(
      fc.property(anyBetas, (list) => {
        const tables = chainTables(Float64Array.from(list));
        for (let i = 0; i < list.length; i++) {
          const mean =
            tables.posteriorMeanCoef1[i]! + tables.posteriorMeanCoef2[i]! * tables.sqrtAlphasCumprod[i]!;
          const spread =
            tables.posteriorVariance[i]! +
            (tables.posteriorMeanCoef2[i]! * tables.sqrtOneMinusAlphasCumprod[i]!) ** 2;
          expectClose([mean], [Math.sqrt(tables.alphasCumprodPrev[i]!)], { relative: 1e-12 });
          expectClose([spread], [1 - tables.alphasCumprodPrev[i]!], { relative: 1e-9, absolute: 1e-15 });
        }
      }),
      { numRuns: 60 },
    );
  });

  it('do not cancel at tiny betas', () => {
    const { sqrtOneMinusAlphasCumprod } = chainTables(Float64Array.of(1e-18, 1e-18));
    expectClose(sqrtOneMinusAlphasCumprod, [1e-9, Math.SQRT2 * 1e-9], { relative: 1e-12 });
  });

  it('of one step are those of q(x_1|x_0)', () => {
    const tables = chainTables(Float64Array.of(0.3));
    expect(tables.posteriorVariance).toEqual(Float64Array.of(0));
    expect(tables.posteriorLogVarianceClipped).toEqual(Float64Array.of(Math.log(0.3)));
    expect(tables.posteriorMeanCoef1).toEqual(Float64Array.of(1));
  });
});

describe('refuses', () => {
  it.each([[[0.1, 0]], [[1]], [[Number.NaN]], [[-0.1]], [[0.1, 1.5]]])('betas %j', (betas) => {
    expect(() => chainTables(Float64Array.from(betas))).toThrow(/between 0 and 1; the one of step/);
  });
  it('a beta of 1 before the last step', () => {
    const betas = Float64Array.of(0.1, 1, 0.2);
    expect(() => chainTables(betas, { zeroTerminalSnr: true })).toThrow(/step 2 is 1/);
  });
  it('an empty chain', () => {
    expect(() => chainTables(new Float64Array())).toThrow(/at least one beta/);
  });
});
