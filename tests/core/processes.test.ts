import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainTables } from '../../src/core/chain.ts';
import { closedForm, forwardChain } from '../../src/core/forward.ts';
import { discreteChain } from '../../src/core/processes/discreteChain.ts';
import { createRng } from '../../src/core/rng.ts';
import { schedules } from '../../src/core/schedules/index.ts';
import { expectClose, flat, goldenCases, goldenFile, type Points } from './golden.ts';

describe.each(schedules.entries)('the chain of schedule $id as a process', (schedule) => {
  it.each([10, 100, 1000])('has the tables of the chain at t = i/T, T = %i', (nSteps) => {
    const betas = schedule.betas(nSteps, { rescale: true });
    const { alphasCumprod } = chainTables(betas);
    const process = discreteChain(betas);
    const alphaBar = alphasCumprod.map((_, i) => process.kernel((i + 1) / nSteps).alpha ** 2);
    const variance = alphasCumprod.map((_, i) => process.kernel((i + 1) / nSteps).sigma ** 2);
    expectClose(alphaBar, alphasCumprod, { relative: 1e-11 });
    expectClose(
      variance,
      alphasCumprod.map((a) => 1 - a),
      { relative: 1e-9 },
    );
    expect(process.kernel(0)).toEqual({ alpha: 1, sigma: 0 });
  });

  it('has drift = d ln α/dt and g² = dσ²/dt − 2·drift·σ²', () => {
    const process = discreteChain(schedule.betas(50, { rescale: true }));
    const h = 1e-6;
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 49 }),
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        (i, within) => {
          const t = (i + within) / 50;
          const [before, here, after] = [process.kernel(t - h), process.kernel(t), process.kernel(t + h)];
          const drift = (Math.log(after.alpha) - Math.log(before.alpha)) / (2 * h);
          const growth = (after.sigma ** 2 - before.sigma ** 2) / (2 * h);
          expectClose([process.drift(t)], [drift], { relative: 1e-6 });
          expectClose([process.diffusion2(t)], [growth - 2 * drift * here.sigma ** 2], { relative: 1e-5 });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('composes q(x_t|x_{t−1}) to the moments of the closed form', () => {
    const betas = schedule.betas(200, { rescale: true });
    const process = discreteChain(betas);
    let mean = 1;
    let variance = 0;
    for (const [i, beta] of betas.entries()) {
      mean *= Math.sqrt(1 - beta);
      variance = (1 - beta) * variance + beta;
      const { alpha, sigma } = process.kernel((i + 1) / betas.length);
      expectClose([mean, variance], [alpha, sigma ** 2], { relative: 1e-10 });
    }
  });
});

it.each([-0.1, 1.1, Number.NaN])('refuses t = %s', (t) => {
  const process = discreteChain(schedules.get('linear').betas(10, { rescale: true }));
  expect(() => process.kernel(t)).toThrow(/time t must be a number from 0 to 1/);
  expect(() => process.drift(t)).toThrow(/from 0 to 1/);
});

describe('forward', () => {
  it('equals the golden q_sample', () => {
    const { inputs } = goldenFile<{ inputs: { x_start: Points; eps: Points; z: Points } }>('onestep');
    const cases = goldenCases<{ schedule: string; T: number; t: number }, { q_sample: Points }>(
      'onestep',
      (id) => id.startsWith('forward_cosine'),
    );
    for (const { params, values } of cases) {
      const process = discreteChain(schedules.get('cosine').betas(params.T, { rescale: false }));
      const actual = closedForm(process, flat(inputs.x_start), flat(inputs.eps), params.t / params.T);
      expectClose(actual, flat(values.q_sample), { absolute: 1e-12, relative: 1e-12 });
    }
  });

  it('the chain starts at x_0, ends in noise, and its moments are those of the closed form', () => {
    const betas = schedules.get('linear').betas(50, { rescale: true });
    const process = discreteChain(betas);
    const n = 4000;
    const x0 = new Float64Array(2 * n).fill(1.5);
    let step = 0;
    for (const x of forwardChain(betas, x0, createRng(3))) {
      if (step === 0) expect(x).toEqual(x0);
      const { alpha, sigma } = process.kernel(step / 50);
      const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
      const variance = x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / x.length;
      expect(Math.abs(mean - alpha * 1.5)).toBeLessThanOrEqual((4.5 * sigma) / Math.sqrt(x.length));
      expect(Math.abs(variance - sigma ** 2)).toBeLessThanOrEqual(
        4.5 * sigma ** 2 * Math.sqrt(2 / x.length) + 1e-12,
      );
      step++;
    }
    expect(step).toBe(51);
    expect(x0.every((value) => value === 1.5)).toBe(true);
  });

  it('refuses noise of another length', () => {
    const process = discreteChain(Float64Array.of(0.1));
    expect(() => closedForm(process, new Float64Array(4), new Float64Array(2), 1)).toThrow(
      /x0 has 4 numbers and eps 2/,
    );
  });
});
