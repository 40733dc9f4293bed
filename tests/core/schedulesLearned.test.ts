import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainTables } from '../../src/core/chain.ts';
import { createRng } from '../../src/core/rng.ts';
import { learnedSchedule, VDM_ENDS } from '../../src/core/schedules/learned.ts';
import { monotoneNet, monotoneNetSize } from '../../src/core/schedules/monotoneNet.ts';
import { expectClose } from './golden.ts';

const anyParameters = fc.integer({ min: 1, max: 12 }).chain((nHidden) =>
  fc
    .array(fc.double({ min: -6, max: 6, noNaN: true }), {
      minLength: monotoneNetSize(nHidden),
      maxLength: monotoneNetSize(nHidden),
    })
    .map((list) => Float64Array.from(list)),
);

const anyEnds = fc.record({
  logSnrMax: fc.double({ min: 2, max: 20, noNaN: true }),
  logSnrMin: fc.double({ min: -20, max: 1, noNaN: true }),
});

describe('monotone net', () => {
  it('is its formula', () => {
    const softplus = (x: number) => Math.log(1 + Math.exp(x));
    const phi = (x: number) => 1 / (1 + Math.exp(-x));
    const net = monotoneNet(Float64Array.of(0.3, -0.2, 1, -1, 0.5, 0.1, 0.7, -0.4));
    const h = softplus(0.3) * 0.6 - 0.2;
    const expected =
      h + softplus(0.7) * phi(softplus(1) * h + 0.5) + softplus(-0.4) * phi(softplus(-1) * h + 0.1);
    expectClose([net(0.6).value], [expected], { relative: 1e-14 });
  });

  it('rises for any parameters, by its derivative', () => {
    const time = fc.double({ min: 0.001, max: 0.998, noNaN: true });
    fc.assert(
      fc.property(anyParameters, time, (parameters, t) => {
        const net = monotoneNet(parameters);
        const h = 1e-4;
        const [before, here, after] = [net(t - h), net(t), net(t + h)];
        expect(here.derivative > 0).toBe(true);
        expect(before.value < here.value && here.value < after.value).toBe(true);
        expectClose([here.derivative], [(after.value - before.value) / (2 * h)], {
          relative: 1e-5,
          absolute: 1e-8,
        });
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    [new Float64Array(4), /2 \+ 3H parameters, not 4/],
    [new Float64Array(2), /2 \+ 3H parameters, not 2/],
    [new Float64Array(5).fill(Number.NaN), /finite number/],
  ])('refuses %j', (parameters, message) => {
    expect(() => monotoneNet(parameters)).toThrow(message);
  });

  it('refuses a time outside [0,1] and a net without units', () => {
    expect(() => monotoneNet(new Float64Array(5))(1.1)).toThrow(/time t must be a number from 0 to 1/);
    expect(() => monotoneNetSize(0)).toThrow(/hidden units must be a whole number from 1/);
  });
});

describe('learned schedule', () => {
  it('has exact ends and falls in SNR between them', () => {
    fc.assert(
      fc.property(anyParameters, anyEnds, (parameters, ends) => {
        const { gamma, kernel } = learnedSchedule(parameters, ends);
        expect(gamma(0).value).toBe(-ends.logSnrMax);
        expect(gamma(1).value).toBe(-ends.logSnrMin);
        let previous = Number.NEGATIVE_INFINITY;
        for (let i = 0; i <= 50; i++) {
          const t = i / 50;
          const { value, derivative } = gamma(t);
          expect(value > previous && derivative > 0).toBe(true);
          const { alpha, sigma } = kernel(t);
          expectClose([alpha ** 2 + sigma ** 2, 2 * Math.log(sigma / alpha)], [1, value], {
            relative: 1e-12,
            absolute: 1e-12,
          });
          previous = value;
        }
      }),
      { numRuns: 60 },
    );
  });

  it('has the derivative of γ', () => {
    const rng = createRng(4);
    const { gamma } = learnedSchedule(Float64Array.from({ length: monotoneNetSize(16) }, () => rng.normal()));
    for (const t of [0.1, 0.5, 0.9]) {
      const numeric = (gamma(t + 1e-5).value - gamma(t - 1e-5).value) / 2e-5;
      expectClose([gamma(t).derivative], [numeric], { relative: 1e-7 });
    }
  });

  it('gives a chain with its SNR at every step', () => {
    fc.assert(
      fc.property(anyParameters, fc.integer({ min: 10, max: 300 }), (parameters, nSteps) => {
        const { betas, gamma } = learnedSchedule(parameters);
        const table = betas(nSteps);
        const { snr } = chainTables(table);
        const clippedAt = table.indexOf(0.999);
        const exact = clippedAt < 0 ? nSteps : clippedAt;
        const expected = snr.map((_, i) => Math.exp(-gamma((i + 1) / nSteps).value));
        expectClose(snr.slice(0, exact), expected.slice(0, exact), { relative: 1e-8 });
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    [{ logSnrMax: 1, logSnrMin: 1 }],
    [{ logSnrMax: Number.NaN, logSnrMin: 0 }],
    [{ logSnrMax: Infinity, logSnrMin: 0 }],
  ])('refuses the ends %j', (ends) => {
    expect(() => learnedSchedule(new Float64Array(5), ends)).toThrow(
      /logSnrMax must be a finite number above/,
    );
  });

  it('refuses a net too flat to be normalised', () => {
    expect(() => learnedSchedule(new Float64Array(5).fill(-1000), VDM_ENDS)).toThrow(/must rise/);
  });
});
