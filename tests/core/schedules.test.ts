import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainTables } from '../../src/core/chain.ts';
import { constantBetas } from '../../src/core/schedules/constant.ts';
import { cosineBetas } from '../../src/core/schedules/cosine.ts';
import { schedules } from '../../src/core/schedules/index.ts';
import { jsdBetas } from '../../src/core/schedules/jsd.ts';
import { laplaceBetas } from '../../src/core/schedules/laplace.ts';
import { linearBetas } from '../../src/core/schedules/linear.ts';
import { quadraticBetas } from '../../src/core/schedules/quadratic.ts';
import { sigmoidBetas } from '../../src/core/schedules/sigmoid.ts';
import { nearZeroTerminalSnr, zeroTerminalSnr } from '../../src/core/schedules/zeroTerminalSnr.ts';
import { expectClose, goldenCases } from './golden.ts';

interface Range {
  readonly T: number;
  readonly beta_start: number;
  readonly beta_end: number;
}

interface Tables {
  readonly betas: readonly number[];
  readonly alphas_cumprod: readonly number[];
}

const goldenBetas = (pattern: RegExp) =>
  goldenCases<Range & { s: number; max_beta: number }, Tables>('schedules', (id) => pattern.test(id));

const ends = ({ beta_start, beta_end }: Range) => ({ first: beta_start, last: beta_end });

describe('golden betas', () => {
  it.each([
    [/^(ddim_linear|linear_scaled)_T/, (p) => linearBetas(p.T, ends(p))],
    [/^(ddim_quad|scaled_linear_sd)_T/, (p) => quadraticBetas(p.T, ends(p))],
    [/^ddim_sigmoid_T/, (p) => sigmoidBetas(p.T, ends(p))],
    [/^cosine_T/, (p) => cosineBetas(p.T, { s: p.s, maxBeta: p.max_beta })],
    [/^ddim_const_T/, (p) => constantBetas(p.T, p.beta_end)],
    [/^ddim_jsd_T/, (p) => jsdBetas(p.T)],
  ] as [RegExp, (params: Range & { s: number; max_beta: number }) => Float64Array][])(
    '%s',
    (pattern, betas) => {
      for (const { params, values } of goldenBetas(pattern)) {
        expectClose(betas(params), values.betas, { relative: 1e-12 });
      }
    },
  );

  it.each([
    [/^diffusers_linear/, (p) => linearBetas(p.T, ends(p))],
    [/^diffusers_scaled_linear/, (p) => quadraticBetas(p.T, ends(p))],
    [/^diffusers_squaredcos/, (p) => cosineBetas(p.T)],
    [/^diffusers_sigmoid/, (p) => sigmoidBetas(p.T, ends(p))],
    [/^diffusers_laplace/, (p) => laplaceBetas(p.T)],
  ] as [RegExp, (params: Range) => Float64Array][])('%s in float32', (pattern, betas) => {
    for (const { params, values } of goldenBetas(pattern)) {
      const actual = betas(params);
      expectClose(actual, values.betas, { relative: 1e-5 });
      // 1 − 0.999 has lost four digits in float32, so the betas are rounded before ᾱ is compared.
      expectClose(chainTables(actual.map(Math.fround)).alphasCumprod, values.alphas_cumprod, {
        relative: 1e-5,
      });
    }
  });

  it('rescaled to a zero terminal SNR', () => {
    for (const { params, values } of goldenBetas(/^zero_terminal_snr/)) {
      const tables = zeroTerminalSnr(linearBetas(params.T, ends(params)));
      expectClose(tables.betas, values.betas, { relative: 1e-9 });
      expectClose(tables.alphasCumprod, values.alphas_cumprod, { relative: 1e-12 });
    }
  });

  it.each([
    ['linear', false, /^ddim_linear_T/],
    ['quadratic', false, /^ddim_quad_T/],
    ['sigmoid', false, /^ddim_sigmoid_T/],
    ['constant', false, /^ddim_const_T/],
    ['cosine', false, /^cosine_T/],
    ['cosine', true, /^cosine_T/],
    ['linear', true, /^linear_scaled_T50$/],
  ] as const)('registry entry %s, rescale %s', (id, rescale, pattern) => {
    for (const { params, values } of goldenBetas(pattern)) {
      expectClose(schedules.get(id).betas(params.T, { rescale }), values.betas, { relative: 1e-12 });
    }
  });

  it('clips the rescaled betas that exceed 1 at T = 10', () => {
    const [golden] = goldenBetas(/^linear_scaled_T10$/);
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
        expect(betas.every((beta) => beta > 0 && beta <= 0.999)).toBe(true);
        expect(alphasCumprod.every((value, i) => value > 0 && value < (alphasCumprod[i - 1] ?? 1))).toBe(
          true,
        );
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

describe('the formulas behind them', () => {
  it('constant: a rescaled chain ends where the one of 1000 steps does', () => {
    for (const nSteps of [10, 47, 300]) {
      const { alphasCumprod } = chainTables(schedules.get('constant').betas(nSteps, { rescale: true }));
      expectClose([alphasCumprod.at(-1)!], [0.98 ** 1000], { relative: 1e-9 });
    }
  });

  it('jsd: ᾱ falls in equal steps to 0', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 800 }), (nSteps) => {
        const { alphasCumprod } = chainTables(jsdBetas(nSteps), { zeroTerminalSnr: true });
        const line = alphasCumprod.map((_, i) => 1 - (i + 1) / nSteps);
        expectClose(alphasCumprod, line, { absolute: 1e-13 });
        expect(alphasCumprod.at(-1)).toBe(0);
      }),
      { numRuns: 30 },
    );
  });

  it('cosine: ᾱ is f(t)/f(0) where nothing is clipped, for every s', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (s) => {
        const f = (t: number) => Math.cos((((t + s) / (1 + s)) * Math.PI) / 2) ** 2;
        const { alphasCumprod } = chainTables(cosineBetas(40, { s }));
        for (let i = 0; i < 39; i++) {
          expectClose([alphasCumprod[i]!], [f((i + 1) / 40) / f(0)], { relative: 1e-11 });
        }
      }),
      { numRuns: 40 },
    );
  });

  it('laplace: the middle of the chain has the mean log-SNR', () => {
    const { alphasCumprod } = chainTables(laplaceBetas(100, { mean: 1, scale: 0.7 }));
    const start = 1 / (1 + Math.exp(-(1 - 0.7 * Math.log(1e-6))));
    expectClose([alphasCumprod[49]! ** 2 * start], [1 / (1 + Math.exp(-1))], { relative: 1e-5 });
  });

  it('zero terminal SNR: the first √ᾱ stays, the last is 0, the steps keep their proportions', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 300 }), (nSteps) => {
        const betas = linearBetas(nSteps);
        const before = chainTables(betas).sqrtAlphasCumprod;
        const { sqrtAlphasCumprod: after, sqrtRecipAlphasCumprod, ...tables } = zeroTerminalSnr(betas);
        const stretch = before[0]! / (before[0]! - before.at(-1)!);
        expect(tables.betas.at(-1)).toBe(1);
        expect(after.at(-1)).toBe(0);
        expect(sqrtRecipAlphasCumprod.at(-1)).toBe(Infinity);
        const moved = before.map((value) => (value - before.at(-1)!) * stretch);
        expectClose(after, moved, { relative: 1e-9, absolute: 1e-12 });
        expect(tables.posteriorMeanCoef1.every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('near-zero terminal SNR: the same, but for the thousandth of the signal in which it ends', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 300 }), (nSteps) => {
        const betas = linearBetas(nSteps);
        const before = chainTables(betas).sqrtAlphasCumprod;
        const { sqrtAlphasCumprod: after } = chainTables(nearZeroTerminalSnr(betas));
        const share = (value: number, first: number, last: number) => (value - last) / (first - last);
        expectClose([after[0]!, after.at(-1)!], [before[0]!, 1e-3], { relative: 1e-9 });
        const places = after.map((value) => share(value, after[0]!, after.at(-1)!));
        const expected = before.map((value) => share(value, before[0]!, before.at(-1)!));
        expectClose(places, expected, { absolute: 1e-9 });
      }),
      { numRuns: 30 },
    );
  });

  it('near-zero terminal SNR leaves a chain that ends in less as it is', () => {
    const betas = schedules.get('cosine').betas(100, { rescale: false });
    expect(nearZeroTerminalSnr(betas)).toEqual(betas);
    expect(() => nearZeroTerminalSnr(Float64Array.of(0.5))).toThrow(/at least 2 steps/);
    expect(() => nearZeroTerminalSnr(Float64Array.of(0.5, Number.NaN))).toThrow(/between 0 and 1/);
  });

  it('laplace of the registry: half-way signal and noise are equal, and ᾱ = SNR/(1 + SNR)', () => {
    const { alphasCumprod } = chainTables(schedules.get('laplace').betas(200, { rescale: false }));
    const start = 1 / (1 + 1e-3);
    expectClose([alphasCumprod[99]! * start], [0.5], { relative: 1e-4 });
    // λ at t = ¾ is ½ ln(½).
    expectClose([alphasCumprod[149]! * start], [1 / (1 + Math.SQRT2)], { relative: 1e-4 });
  });

  it.each([
    [() => linearBetas(10, { first: 0 }), /first beta must be a positive number, not 0/],
    [() => quadraticBetas(10, { last: Number.NaN }), /last beta must be a positive number/],
    [() => sigmoidBetas(0), /whole number from 1 to/],
    [() => constantBetas(10, -1), /positive number, not -1/],
    [() => jsdBetas(2.5), /whole number/],
    [() => cosineBetas(10, { s: -0.1 }), /s of the cosine must be a number from 0 to 1/],
    [() => cosineBetas(10, { maxBeta: 1.5 }), /greatest beta must be a number from 0 to 1/],
    [() => cosineBetas(10, { maxBeta: 0 }), /greatest beta must be a positive number/],
    [() => laplaceBetas(10, { scale: 0 }), /scale of the log-SNR must be a positive/],
    [() => laplaceBetas(10, { mean: Number.NaN }), /finite number/],
    [() => zeroTerminalSnr(Float64Array.of(0.1)), /at least 2 steps/],
    [() => zeroTerminalSnr(Float64Array.of(0.1, 1)), /between 0 and 1/],
  ] as [() => unknown, RegExp][])('refuses bad parameters: %s', (call, message) => {
    expect(call).toThrow(RangeError);
    expect(call).toThrow(message);
  });
});
