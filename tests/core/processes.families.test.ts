import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { discreteChain } from '../../src/core/processes/discreteChain.ts';
import { processes } from '../../src/core/processes/index.ts';
import { type Process, priorLogDensity, samplePrior } from '../../src/core/processes/process.ts';
import { chainRate, linearRate, type NoiseRate } from '../../src/core/processes/rates.ts';
import { veOfChain } from '../../src/core/processes/ve.ts';
import { createRng } from '../../src/core/rng.ts';
import { schedules } from '../../src/core/schedules/index.ts';
import { expectClose } from './golden.ts';

const chain = chainRate(schedules.get('cosine').betas(40, { rescale: true }));

/** Every family as it comes, with parameters at its bounds' inside, and on a chain's noise where it can be. */
const everyProcess: readonly (readonly [name: string, process: Process])[] = processes.entries.flatMap(
  ({ id, build, ofRate, parameters }) => [
    [id, build()] as const,
    [
      `${id} with larger parameters`,
      build(Object.fromEntries(parameters.map((p) => [p.name, p.initial * 1.7]))),
    ],
    ...(ofRate ? [[`${id} of a linear rate`, ofRate(linearRate(0, 12))] as const] : []),
    ...(ofRate ? [[`${id} of a chain`, ofRate(chain)] as const] : []),
  ],
);

/** Times that keep clear of the ends and of the nodes of a chain of 40 steps. */
const times = fc
  .tuple(fc.integer({ min: 0, max: 38 }), fc.double({ min: 0.05, max: 0.95, noNaN: true }))
  .map(([i, within]) => (i + within) / 40);

describe.each(everyProcess)('%s', (_, process) => {
  it('has f = d ln α/dt and g² = dσ²/dt − 2fσ²', () => {
    const h = 1e-6;
    fc.assert(
      fc.property(times, (t) => {
        const [before, here, after] = [process.kernel(t - h), process.kernel(t), process.kernel(t + h)];
        const drift = (Math.log(after.alpha) - Math.log(before.alpha)) / (2 * h);
        const growth = (after.sigma ** 2 - before.sigma ** 2) / (2 * h);
        const diffusion2 = growth - 2 * drift * here.sigma ** 2;
        const scale = Math.abs(growth) + Math.abs(2 * drift * here.sigma ** 2);
        expectClose([process.drift(t)], [drift], { relative: 1e-6, absolute: 1e-9 });
        expectClose([process.diffusion2(t)], [diffusion2], { absolute: 1e-5 * scale + 1e-9 });
      }),
      { numRuns: 50 },
    );
  });

  it('loses signal-to-noise ratio all the way, and timeOf finds the time again', () => {
    fc.assert(
      fc.property(times, times, (s, t) => {
        fc.pre(Math.abs(s - t) > 1e-6);
        const ratio = (at: number) => process.kernel(at).sigma / process.kernel(at).alpha;
        expect(ratio(Math.max(s, t))).toBeGreaterThan(ratio(Math.min(s, t)));
        expectClose([process.timeOf(ratio(t))], [t], { absolute: 1e-9 });
      }),
      { numRuns: 50 },
    );
    for (const end of [0, 1]) {
      const { alpha, sigma } = process.kernel(end);
      expectClose([process.timeOf(sigma / alpha)], [end], { absolute: 1e-9 });
    }
    expect(() => process.timeOf(-1)).toThrow(RangeError);
    expect(() => process.timeOf(Number.NaN)).toThrow(RangeError);
  });

  it('takes discrete steps that add up to its kernel as they shorten', () => {
    const nSteps = 4000;
    let [mean, variance] = [1, process.kernel(0).sigma === 0 ? 0 : process.kernel(0).sigma ** 2];
    const last = 0.9;
    const first = process.kernel(0).sigma === 0 ? 0 : 1; // a VE grid's first step is σ_min itself
    for (let i = first; i < last * nSteps; i++) {
      const { f, G } = process.discretize(i / (nSteps - 1), nSteps);
      mean *= 1 + f;
      variance = (1 + f) ** 2 * variance + G ** 2;
    }
    const { alpha, sigma } = process.kernel(last);
    expectClose([mean, variance], [alpha, sigma ** 2], { relative: 2e-2 });
  });

  it('ends near its prior', () => {
    const { sigma } = process.kernel(1);
    expect(Math.abs(sigma / process.priorStd - 1)).toBeLessThan(0.01);
  });

  it.each([-0.1, 1.1, Number.NaN])('refuses t = %s', (t) => {
    for (const ask of [process.kernel, process.diffusion2, (at: number) => process.discretize(at, 10)]) {
      expect(() => ask(t)).toThrow(/from 0 to 1/);
    }
  });

  it.each([0, -3, 1.5, Number.NaN])('refuses N = %s', (nSteps) => {
    expect(() => process.discretize(0.5, nSteps)).toThrow(/whole number from 1/);
  });
});

describe('the three processes of one ᾱ/β pair', () => {
  const rates: readonly (readonly [string, NoiseRate])[] = [
    ['linear', linearRate(0.1, 20)],
    ['chain', chain],
  ];
  it.each(rates)('%s: VE σ² = 1/ᾱ − 1, sub-VP σ = 1 − ᾱ, VP σ² = 1 − ᾱ', (_, rate) => {
    const [vp, subVp, ve] = ['vp', 'sub-vp', 've'].map((id) => processes.get(id).ofRate!(rate));
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (t) => {
        const alphaBar = Math.exp(-rate.integral(t));
        const sigmas = [vp!, subVp!, ve!].map((process) => process.kernel(t).sigma);
        expectClose(sigmas, [Math.sqrt(1 - alphaBar), 1 - alphaBar, Math.sqrt(1 / alphaBar - 1)], {
          relative: 1e-9,
          absolute: 1e-7,
        });
        expectClose([ve!.diffusion2(t)], [rate.beta(t) / alphaBar], { relative: 1e-12 });
        expectClose([subVp!.diffusion2(t)], [rate.beta(t) * (1 - alphaBar ** 2)], {
          relative: 1e-9,
          absolute: 1e-12,
        });
      }),
      { numRuns: 60 },
    );
  });

  it('VE of a chain has the signal-to-noise ratio of the chain', () => {
    const betas = schedules.get('linear').betas(30, { rescale: true });
    const [a, b] = [discreteChain(betas).kernel(0.5), veOfChain(betas).kernel(0.5)];
    expectClose([b.alpha / b.sigma], [a.alpha / a.sigma], { relative: 1e-12 });
  });

  it('the chain of a chain is itself, and a coarser one keeps ᾱ', () => {
    const betas = schedules.get('sigmoid').betas(60, { rescale: true });
    const rate = chainRate(betas);
    expect(rate.betas(60)).toEqual(betas);
    const kept = rate.betas(20).reduce((product, beta) => product * (1 - beta), 1);
    expectClose([kept], [Math.exp(-rate.integral(1))], { relative: 1e-11 });
  });
});

describe('bad parameters', () => {
  it.each([
    ['vp', { betaMin: -1 }],
    ['vp', { betaMin: 30 }],
    ['sub-vp', { betaMax: Number.NaN }],
    ['ve', { sigmaMin: 0 }],
    ['ve', { sigmaMin: 60 }],
    ['edm', { sigmaMax: -1 }],
    ['edm', { sigma: 1 }],
    ['rectified-flow', { betaMin: 1 }],
  ] as const)('%s refuses %j', (id, values) => {
    expect(() => processes.get(id).build(values)).toThrow(RangeError);
  });

  it('says that a chain of few steps has a β above 1', () => {
    expect(() => processes.get('vp').build().discretize(0.5, 10)).toThrow(/Take more steps/);
  });
});

describe('the prior', () => {
  it('integrates to 1 and has the stated spread', () => {
    const process = processes.get('ve').build({ sigmaMax: 3 });
    const z = samplePrior(process, 20_000, createRng(1));
    const square = z.reduce((sum, value) => sum + value ** 2, 0) / z.length;
    expect(Math.abs(square / 9 - 1)).toBeLessThan(4 * Math.sqrt(2 / z.length));
    // E[ln p] = −ln(2πσ²) − 1 in two dimensions.
    const mean = priorLogDensity(process, z).reduce((sum, value) => sum + value, 0) / 20_000;
    expect(Math.abs(mean + Math.log(2 * Math.PI * 9) + 1)).toBeLessThan(4 / Math.sqrt(20_000));
  });
});
