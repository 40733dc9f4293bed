import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noiseLevels } from '../../src/core/noiseLevels/index.ts';
import { discreteChain } from '../../src/core/processes/discreteChain.ts';
import { schedules } from '../../src/core/schedules/index.ts';
import { timeGrids } from '../../src/core/timeGrids/index.ts';
import { listGrid } from '../../src/core/timeGrids/list.ts';
import {
  karrasTimes,
  logSnrTimes,
  noiseLevelTimes,
  timeOfNoiseLevel,
} from '../../src/core/timeGrids/noiseLevelTimes.ts';
import type { ForwardProcess } from '../../src/core/types.ts';
import { expectClose } from './golden.ts';

const chain = (id: string, nChain = 100) => discreteChain(schedules.get(id).betas(nChain, { rescale: true }));

const level = (process: ForwardProcess, t: number) => {
  const { alpha, sigma } = process.kernel(t);
  return sigma / alpha;
};

/** σ(t) = t: EDM's own process, in which times are noise levels. */
const edm: ForwardProcess = {
  kernel: (t) => ({ alpha: 1, sigma: t }),
  drift: () => 0,
  diffusion2: (t) => 2 * t,
};

describe.each(timeGrids.entries)('time grid $id', (grid) => {
  it('has S + 1 strictly rising steps from 0 to T', () => {
    const sizes = fc
      .integer({ min: 1, max: 1000 })
      .chain((nChain) => fc.tuple(fc.integer({ min: 1, max: nChain }), fc.constant(nChain)));
    fc.assert(
      fc.property(sizes, ([nSteps, nChain]) => {
        const tau = grid.indices(nSteps, nChain);
        expect(tau).toHaveLength(nSteps + 1);
        expect([tau[0], tau.at(-1)]).toEqual([0, nChain]);
        expect(tau.every((i, k) => Number.isInteger(i) && (k === 0 || i > tau[k - 1]!))).toBe(true);
      }),
    );
  });

  it.each([0, 11, 2.5, Number.NaN])('refuses S = %s of T = 10', (nSteps) => {
    expect(() => grid.indices(nSteps, 10)).toThrow(/sampling steps S must be a whole number from 1 to 10/);
  });
});

describe('a list of steps', () => {
  it('is the grid', () => {
    const tau = [0, 1, 4, 9, 50];
    expect(listGrid(tau).indices(4, 50)).toEqual(tau);
  });

  it('fits no other number of steps', () => {
    expect(() => listGrid([0, 5]).indices(1, 6)).toThrow(/has 1 steps of a chain of 5, not 1 of 6/);
    expect(() => listGrid([0, 5]).indices(2, 5)).toThrow(RangeError);
  });

  it.each([
    [[0], /at least 2, not 1/],
    [[1, 5], /begins with 0, the data, not 1/],
    [[0, 5, 5], /must increase; 5 comes after 5/],
    [[0, 5, 3], /must increase/],
    [[0, 2.5], /listed step must be a whole number/],
    [[0, Number.NaN], /whole number/],
  ])('refuses %j', (tau, message) => {
    expect(() => listGrid(tau)).toThrow(message);
  });
});

describe.each(schedules.entries)('noise levels as times of the chain of schedule $id', ({ id }) => {
  const process = chain(id);

  it('inverts σ/α', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1, noNaN: true }), (t) => {
        expectClose([timeOfNoiseLevel(process, level(process, t))], [t], { relative: 1e-9 });
      }),
      { numRuns: 60 },
    );
  });

  it.each([2, 5, 30])('falls from 1 over tMin to 0 in equal steps of the log-SNR, S = %i', (nSteps) => {
    const times = logSnrTimes(process, nSteps, 0.01);
    expect(times).toHaveLength(nSteps + 1);
    expect([times[0], times[nSteps - 1], times[nSteps]]).toEqual([1, 0.01, 0]);
    const logs = times.slice(0, -1).map((t) => Math.log(level(process, t)));
    const even = logs.map((_, k) => logs[0]! + (k / (nSteps - 1)) * (logs.at(-1)! - logs[0]!));
    expectClose(logs, even, { absolute: 1e-9 });
  });

  it('has the levels of Karras', () => {
    const levels = karrasTimes(process, 9, 0.01, 3)
      .slice(0, -1)
      .map((t) => Math.cbrt(level(process, t)));
    const even = levels.map((_, k) => levels[0]! + (k / 8) * (levels[8]! - levels[0]!));
    expectClose(levels, even, { relative: 1e-9 });
  });
});

it('the times of EDM’s process are its levels', () => {
  const expected = [1, Math.sqrt(0.001), 0.001, 0];
  expectClose(logSnrTimes(edm, 3, 0.001), expected, { relative: 1e-12 });
});

it('one step goes from noise to data', () => {
  expect(logSnrTimes(edm, 1, 0.001)).toEqual([1, 0]);
});

it.each([
  [() => logSnrTimes(edm, 5, 0), /tMin must lie between 0 and 1, not 0/],
  [() => karrasTimes(edm, 5, 1), /tMin must lie between 0 and 1/],
  [() => karrasTimes(edm, 5, 0.1, -1), /rho must be a positive number/],
  [() => karrasTimes(edm, 0, 0.1), /number n of noise levels must be a whole number/],
  [() => timeOfNoiseLevel(edm, 2), /at most 1, that of t = 1, not 2/],
  [() => timeOfNoiseLevel(edm, 0), /noise level must be a positive number/],
  [() => noiseLevelTimes(noiseLevels.get('vp'), edm, 5, { tMin: 0.1 }), /'vp' have no range/],
] as [() => unknown, RegExp][])('refuses bad parameters: %s', (call, message) => {
  expect(call).toThrow(message);
});
