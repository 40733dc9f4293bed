import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainTables } from '../../src/core/chain.ts';
import {
  nextSteps,
  respacedChain,
  type Spacing,
  spacedSteps,
  spaceTimesteps,
} from '../../src/core/respacing.ts';
import { linearBetas } from '../../src/core/schedules/linear.ts';
import { expectClose, goldenCases } from './golden.ts';

interface Params {
  readonly T: number;
  readonly S: number;
  readonly spacing: 'leading' | 'trailing' | 'linspace';
  readonly section_counts: string;
}

interface Respaced {
  readonly betas: readonly number[];
  readonly alphas_cumprod: readonly number[];
  readonly posterior_variance: readonly number[];
  readonly posterior_log_variance_clipped: readonly number[];
  readonly posterior_mean_coef1: readonly number[];
  readonly posterior_mean_coef2: readonly number[];
  readonly timestep_map: readonly number[];
}

const golden = <Values>(pattern: RegExp) =>
  goldenCases<Params, Values>('subsequences', (id) => pattern.test(id));

describe('golden subsequences', () => {
  it.each(
    golden<{ seq_0based: number[]; next_0based: number[]; length: number; distinct: number }>(/^ddim_/),
  )('$id', ({ id, params: { T, S }, values }) => {
    const steps = spacedSteps(id.startsWith('ddim_quad') ? 'ddim-quadratic' : 'ddim-uniform', S, T);
    expect(steps).toEqual(values.seq_0based);
    expect(nextSteps(steps)).toEqual(values.next_0based);
    expect([steps.length, new Set(steps).size]).toEqual([values.length, values.distinct]);
  });

  it.each(golden<{ timesteps_0based_decreasing: number[] }>(/^diffusers_/))(
    '$id',
    ({ params: { T, S, spacing }, values }) => {
      expect(spacedSteps(spacing, S, T).reverse()).toEqual(values.timesteps_0based_decreasing);
    },
  );

  it.each(golden<{ use_timesteps_0based: number[]; count: number; linear: Respaced }>(/^space_/))(
    '$id',
    ({ params: { T, section_counts }, values }) => {
      const steps = spaceTimesteps(T, section_counts);
      expect(steps).toEqual(values.use_timesteps_0based);
      expect(steps).toHaveLength(values.count);
      const betas = linearBetas(T, { first: 0.1 / T, last: 20 / T });
      const { tables, timestepMap } = respacedChain(betas, steps);
      const expected = values.linear;
      expect(timestepMap).toEqual(expected.timestep_map);
      expectClose(tables.betas, expected.betas, { relative: 1e-12 });
      expectClose(tables.alphasCumprod, expected.alphas_cumprod, { relative: 1e-12 });
      expectClose(tables.posteriorVariance, expected.posterior_variance, { relative: 1e-9 });
      expectClose(tables.posteriorLogVarianceClipped, expected.posterior_log_variance_clipped, {
        relative: 1e-9,
      });
      expectClose(tables.posteriorMeanCoef1, expected.posterior_mean_coef1, { relative: 1e-9 });
      expectClose(tables.posteriorMeanCoef2, expected.posterior_mean_coef2, { relative: 1e-9 });
    },
  );
});

const chainAndSteps = fc
  .integer({ min: 1, max: 1200 })
  .chain((nChain) => fc.tuple(fc.integer({ min: 1, max: nChain }), fc.constant(nChain)));

const spacings: readonly Spacing[] = ['ddim-uniform', 'ddim-quadratic', 'leading', 'trailing', 'linspace'];

describe.each(spacings)('spacing %s', (spacing) => {
  it('gives S steps (uniform: at least S) that rise within the chain', () => {
    fc.assert(
      fc.property(chainAndSteps, ([nSteps, nChain]) => {
        const steps = spacedSteps(spacing, nSteps, nChain);
        if (spacing === 'ddim-uniform') expect(steps.length).toBeGreaterThanOrEqual(nSteps);
        else expect(steps).toHaveLength(nSteps);
        const mayRepeat = spacing === 'ddim-quadratic';
        expect(
          steps.every((step, k) => {
            const rises = k === 0 || step > steps[k - 1]! || (mayRepeat && step === steps[k - 1]);
            return Number.isInteger(step) && step >= 0 && step < nChain && rises;
          }),
        ).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('refuses more steps than the chain has, and none', () => {
    expect(() => spacedSteps(spacing, 11, 10)).toThrow(
      /sampling steps S must be a whole number from 1 to 10/,
    );
    expect(() => spacedSteps(spacing, 0, 10)).toThrow(RangeError);
    expect(() => spacedSteps(spacing, 1, 0)).toThrow(/steps T of the chain/);
  });
});

it('every step of the chain is every spacing with S = T, but the quadratic', () => {
  const all = Array.from({ length: 37 }, (_, i) => i);
  for (const spacing of spacings.filter((name) => name !== 'ddim-quadratic')) {
    expect(spacedSteps(spacing, 37, 37)).toEqual(all);
  }
  expect(spaceTimesteps(37, '37')).toEqual(all);
  expect(spaceTimesteps(37, 'ddim37')).toEqual(all);
});

it('trailing starts at the last step and linspace holds both ends', () => {
  fc.assert(
    fc.property(chainAndSteps, ([nSteps, nChain]) => {
      expect(spacedSteps('trailing', nSteps, nChain).at(-1)).toBe(nChain - 1);
      const ends = spacedSteps('linspace', nSteps, nChain);
      expect([ends[0], ends.at(-1)]).toEqual([0, nSteps === 1 ? 0 : nChain - 1]);
    }),
  );
});

describe('spaceTimesteps', () => {
  it('keeps what each section is asked for, from its first to its last step', () => {
    const counts = fc.array(fc.integer({ min: 2, max: 20 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(counts, fc.integer({ min: 100, max: 600 }), (wanted, nChain) => {
        const steps = spaceTimesteps(nChain, wanted);
        expect(steps).toEqual(spaceTimesteps(nChain, wanted.join(',')));
        expect(steps).toHaveLength(wanted.reduce((sum, count) => sum + count, 0));
        expect(steps.every((step, k) => k === 0 || step > steps[k - 1]!)).toBe(true);
        expect([steps[0], steps.at(-1)]).toEqual([0, nChain - 1]);
      }),
    );
  });

  it('takes one step of a section at its start, and none of an empty one', () => {
    expect(spaceTimesteps(30, '1,0,2')).toEqual([0, 20, 29]);
  });

  it.each([
    ['ddim45', /No whole stride takes exactly 45 of 100/],
    ['ddim', /like '10', '10,20,30' or 'ddim25'/],
    ['10,x', /'x' is not a whole number/],
    ['10.5', /not a whole number/],
    ['60,10', /section 1, which has 50, must be a whole number from 0 to 50/],
    [[], /at least one section/],
    [[Number.NaN], /whole number from 0 to 100/],
  ])('refuses %j', (sections, message) => {
    expect(() => spaceTimesteps(100, sections)).toThrow(message);
  });
});

describe('respacedChain', () => {
  const betas = linearBetas(200);
  it('has the ᾱ of the kept steps', () => {
    const { alphasCumprod } = chainTables(betas);
    const subsets = fc.uniqueArray(fc.integer({ min: 0, max: 199 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(subsets, (subset) => {
        const steps = subset.toSorted((a, b) => a - b);
        const { tables, timestepMap } = respacedChain(betas, steps);
        expectClose(
          tables.alphasCumprod,
          steps.map((step) => alphasCumprod[step]!),
          { relative: 1e-12 },
        );
        expect(timestepMap).toEqual(steps);
      }),
      { numRuns: 50 },
    );
  });

  it('is the chain itself when every step is kept', () => {
    const { tables } = respacedChain(betas, [...betas.keys()]);
    expectClose(tables.betas, betas, { relative: 1e-11 });
  });

  it.each([
    [[], /at least one step/],
    [[3, 3], /must increase; 3 comes after 3/],
    [[5, 2], /must increase/],
    [[0, 200], /kept step must be a whole number from 0 to 199/],
    [[0.5], /whole number/],
  ])('refuses steps %j', (steps, message) => {
    expect(() => respacedChain(betas, steps)).toThrow(message);
  });
});

it('refuses a spacing there is not', () => {
  expect(() => spacedSteps('log' as Spacing, 5, 10)).toThrow(/no spacing 'log'; choose one of ddim-uniform/);
});
