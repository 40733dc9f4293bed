import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { iddpmLevels } from '../../src/core/noiseLevels/iddpm.ts';
import { levelsOf, noiseLevels } from '../../src/core/noiseLevels/index.ts';
import { vpBetas } from '../../src/core/noiseLevels/vp.ts';
import { roundHalfToEven } from '../../src/core/roundHalfToEven.ts';
import { expectClose, goldenCases } from './golden.ts';

interface Params {
  readonly n: number;
  readonly num_steps: number;
  readonly sigma_min: number;
  readonly sigma_max: number;
  readonly rho: number;
  readonly vp: { readonly beta_d: number; readonly beta_min: number; readonly eps_s: number };
}

const levels = (id: string, n: number, options: Parameters<typeof levelsOf>[2] = {}) =>
  levelsOf(noiseLevels.get(id), n, options);

const range = ({ sigma_min, sigma_max }: Params) => ({ sigmaMin: sigma_min, sigmaMax: sigma_max });

const golden = (pattern: RegExp) =>
  goldenCases<Params, Record<string, readonly number[]>>('sigmas', (id) => pattern.test(id));

describe('golden levels', () => {
  it.each(golden(/^k_diffusion_n/))('$id', ({ params, values }) => {
    const { n, rho, vp } = params;
    const vpOptions = { betaD: vp.beta_d, betaMin: vp.beta_min, epsS: vp.eps_s };
    expectClose(levels('karras', n, { ...range(params), rho }), values.karras!, { relative: 1e-12 });
    expectClose(levels('exponential', n, range(params)), values.exponential!, { relative: 1e-12 });
    expectClose(levels('geometric', n, range(params)), values.exponential!, { relative: 1e-12 });
    expectClose(
      levels('polyexponential', n, { ...range(params), rho: 1.5 }),
      values['polyexponential_rho1.5']!,
      { relative: 1e-12 },
    );
    expectClose(levels('vp', n, vpOptions), values.vp!, { relative: 1e-9 });
  });

  it.each(golden(/float32$/))('$id', ({ params, values }) => {
    const actual = levels('karras', params.n, { ...range(params), rho: params.rho });
    expectClose(actual, values.karras!, { relative: 1e-5 });
  });

  it.each(golden(/^edm_n/))('$id', ({ params, values }) => {
    const actual = levels('karras', params.num_steps, { ...range(params), rho: params.rho });
    expectClose(actual, values.t_steps!, { relative: 1e-12 });
  });

  it.each(golden(/^edm_ablation/))('$id', ({ params: { num_steps }, values }) => {
    expectClose(levels('vp', num_steps), values.vp!, { relative: 1e-9 });
    expectClose(levels('geometric', num_steps), values.ve!, { relative: 1e-12 });
    expectClose(iddpmLevels(num_steps), values.iddpm!, { relative: 1e-5 }); // float32 sines
    expectClose(levels('karras', num_steps), values.edm!, { relative: 1e-12 });
  });
});

const options = fc.record({
  sigmaMin: fc.double({ min: 1e-3, max: 0.5, noNaN: true }),
  sigmaMax: fc.double({ min: 1, max: 200, noNaN: true }),
  rho: fc.double({ min: 1, max: 8, noNaN: true }),
  betaD: fc.double({ min: 0.1, max: 30, noNaN: true }),
  betaMin: fc.double({ min: 0.01, max: 2, noNaN: true }),
  epsS: fc.double({ min: 1e-5, max: 0.1, noNaN: true }),
});

describe.each(noiseLevels.entries)('levels $id', (family) => {
  it('fall strictly from one end to the other, then to 0', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 60 }), options, (n, chosen) => {
        const sigmas = levelsOf(family, n, chosen);
        expect(sigmas).toHaveLength(n + 1);
        expect(sigmas.every((sigma, i) => sigma < (sigmas[i - 1] ?? Infinity))).toBe(true);
        expect(sigmas[n]).toBe(0);
        if (!family.uses.includes('sigmaMin')) return;
        expectClose([sigmas[0]!, sigmas[n - 1]!], [chosen.sigmaMax, chosen.sigmaMin], {
          relative: 1e-12,
          absolute: 1e-12,
        });
      }),
      { numRuns: 50 },
    );
  });

  it('one level is the greatest', () => {
    const sigmas = levelsOf(family, 1);
    expect(sigmas).toEqual(Float64Array.of(family.sigma(0, family.defaults), 0));
  });

  it('lists the options that change it, and no others', () => {
    const changed = { sigmaMin: 0.01, sigmaMax: 50, rho: 3, betaD: 15, betaMin: 0.3, epsS: 0.01 };
    for (const [name, value] of Object.entries(changed)) {
      const differs = levelsOf(family, 5, { [name]: value }).some((s, i) => s !== levelsOf(family, 5)[i]);
      expect([name, differs]).toEqual([name, (family.uses as readonly string[]).includes(name)]);
    }
  });

  it('describes itself', () => {
    expect(family.label).toBeTruthy();
    expect(family.summary).toMatch(/\.$/);
    expect(family.equation).toContain('\\sigma');
  });

  it('refuses a wrong number of levels or place', () => {
    expect(() => levelsOf(family, 0)).toThrow(/number n of noise levels must be a whole number from 1/);
    expect(() => levelsOf(family, 2.5)).toThrow(RangeError);
    expect(() => family.sigma(1.1, family.defaults)).toThrow(
      /place u on the curve must be a number from 0 to 1/,
    );
  });
});

it('polyexponential with ρ = 1 is exponential, and Karras nears it as ρ grows', () => {
  const straight = levels('exponential', 9);
  expectClose(levels('polyexponential', 9, { rho: 1 }), straight, { relative: 1e-13 });
  expectClose(levels('karras', 9, { rho: 1e5 }), straight, { relative: 1e-2 });
});

it('vpBetas gives a VP curve with the ends asked for', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.005, max: 0.02, noNaN: true }),
      fc.double({ min: 20, max: 500, noNaN: true }),
      (sigmaMin, sigmaMax) => {
        const betas = vpBetas({ sigmaMin, sigmaMax, epsS: 1e-3 });
        const sigmas = levels('vp', 7, { ...betas, epsS: 1e-3 });
        expectClose([sigmas[0]!, sigmas[6]!], [sigmaMax, sigmaMin], { relative: 1e-9 });
      },
    ),
    { numRuns: 50 },
  );
  expect(() => vpBetas({ sigmaMin: 1, sigmaMax: 2, epsS: 0.001 })).toThrow(/No VP process/);
});

it('iddpmLevels picks from the cosine chain, strictly falling, never beyond the range', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 80 }), fc.integer({ min: 300, max: 2000 }), (n, nChain) => {
      const sigmas = iddpmLevels(n, { nChain, sigmaMax: 60, precision: 'float64' });
      expect(sigmas[0]! <= 60 && sigmas[n - 1]! >= 0.002).toBe(true);
      expect(sigmas.every((sigma, i) => sigma < (sigmas[i - 1] ?? Infinity))).toBe(true);
    }),
    { numRuns: 40 },
  );
});

it('iddpmLevels in float64 are √(ᾱ_M/ᾱ_j − 1) of the cosine chain', () => {
  const alphaBar = (j: number) => Math.sin((0.5 * Math.PI * j) / 100 / 1.008) ** 2;
  const sigmas = iddpmLevels(100, { nChain: 100, sigmaMin: 1e-9, sigmaMax: 1e9, precision: 'float64' });
  const expected = Array.from({ length: 99 }, (_, k) => Math.sqrt(alphaBar(100) / alphaBar(k + 1) - 1));
  expectClose(sigmas.slice(1, 100), expected, { relative: 1e-11 });
});

it.each([
  [() => levels('karras', 5, { sigmaMin: 0 }), /sigmaMin must be a positive number, not 0/],
  [
    () => levels('exponential', 5, { sigmaMin: 3, sigmaMax: 2 }),
    /sigmaMax must be greater than sigmaMin = 3/,
  ],
  [() => levels('geometric', 5, { sigmaMax: Number.NaN }), /sigmaMax must be a positive number/],
  [() => levels('karras', 5, { rho: 0 }), /rho must be a positive number/],
  [() => levels('polyexponential', 5, { rho: -1 }), /rho must be a positive number/],
  [() => levels('vp', 5, { epsS: 1 }), /epsS must lie between 0 and 1/],
  [() => levels('vp', 5, { betaD: 0 }), /betaD must be a positive number/],
  [() => levels('vp', 5, { betaMin: Infinity }), /betaMin must be a positive number/],
  [() => iddpmLevels(2000), /whole number from 1 to 9\d\d/],
  [() => iddpmLevels(5, { c2: -1 }), /c2 must be a number from 0 to 1/],
  [() => noiseLevels.get('none'), /no family of noise levels 'none'; choose one of karras/],
] as [() => unknown, RegExp][])('refuses bad parameters: %s', (call, message) => {
  expect(call).toThrow(message);
});

it('rounds halves to the even number', () => {
  expect([0.5, 1.5, 2.5, 2.4999, 2.6, -0.5, -1.5, 7].map(roundHalfToEven)).toEqual([0, 2, 2, 2, 3, 0, -2, 7]);
});
