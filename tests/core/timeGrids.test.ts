import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { levelsOf, noiseLevels } from '../../src/core/noiseLevels/index.ts';
import { discreteChain } from '../../src/core/processes/discreteChain.ts';
import { processes } from '../../src/core/processes/index.ts';
import { noiseKeyOf } from '../../src/core/sample.ts';
import { schedules } from '../../src/core/schedules/index.ts';
import { nearZeroTerminalSnr } from '../../src/core/schedules/zeroTerminalSnr.ts';
import { chainGrids, timeGrids } from '../../src/core/timeGrids/index.ts';
import { listGrid, withEnds } from '../../src/core/timeGrids/list.ts';
import {
  karrasTimes,
  logSnrTimes,
  noiseLevelTimes,
  timeOfNoiseLevel,
} from '../../src/core/timeGrids/noiseLevelTimes.ts';
import { mostGridSteps } from '../../src/core/timeGrids/requireSteps.ts';
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

describe.each(chainGrids.entries)('chain grid $id', (grid) => {
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

  it('visits every step when S = T', () => {
    expect(grid.indices(37, 37)).toEqual(Array.from({ length: 38 }, (_, i) => i));
  });

  it.each([
    [0, 10],
    [11, 10],
    [2.5, 10],
    [Number.NaN, 10],
    [1, 0],
  ])('refuses S = %s of T = %s', (nSteps, nChain) => {
    expect(() => grid.indices(nSteps, nChain)).toThrow(/must be a whole number from 1 to/);
  });

  it('goes between the steps of the chain from S > T on, and asks for no level below its first', () => {
    const times = grid.times(chain('linear'), 200, 100);
    expect(times).toHaveLength(201);
    expect([times[0], times.at(-2), times.at(-1)]).toEqual([1, 0.01, 0]);
    const steps = times.slice(1).map((t, k) => times[k]! - t);
    // A step of the chain is 1/T; none is longer.
    expect(Math.max(...steps)).toBeLessThanOrEqual(0.01 + 1e-12);
    expect(grid.times(chain('linear', 1), 1, 1)).toEqual([1, 0]);
    expect(() => grid.times(chain('linear', 1), 2, 1)).toThrow(/from 1 to 1/);
  });

  it('has the times i/T of its indices', () => {
    const times = grid.times(chain('linear'), 7, 100);
    expect(times).toEqual(
      grid
        .indices(7, 100)
        .map((i) => i / 100)
        .reverse(),
    );
  });
});

/** Every process that a person can choose, and chains that end without any signal. */
const families: readonly (readonly [string, (nChain: number) => ForwardProcess])[] = [
  ...processes.entries.map(({ id, build }) => [id, () => build()] as const),
  ...schedules.entries.map(({ id }) => [`chain of ${id}`, (nChain: number) => chain(id, nChain)] as const),
  [
    'zero terminal SNR',
    (nChain) =>
      discreteChain(
        nearZeroTerminalSnr(schedules.get('linear').betas(Math.max(2, nChain), { rescale: true })),
      ),
  ],
];

describe.each(timeGrids.entries)('time grid $id', (grid) => {
  it('describes itself', () => {
    expect(grid.summary).toMatch(/\.$/);
    for (const { hint } of grid.parameters) expect(hint).toMatch(/\.$/);
  });

  it.each(families)('falls strictly from 1 to 0 with %s', (_, build) => {
    const sizes = fc.integer({ min: 1, max: 1000 }).chain((nChain) => {
      const most = grid.id === 'list' ? nChain : mostGridSteps(nChain);
      return fc.tuple(fc.integer({ min: 1, max: most }), fc.constant(nChain));
    });
    const shapes = fc.tuple(
      ...grid.parameters.map(({ name, low, high }) =>
        fc.tuple(fc.constant(name), fc.double({ min: low, max: high, noNaN: true })),
      ),
    );
    fc.assert(
      fc.property(sizes, shapes, ([nSteps, nChain], values) => {
        const tau = Array.from(chainGrids.get('quadratic').indices(Math.min(nSteps, nChain), nChain)).slice(
          0,
          -1,
        );
        const options = { tau, parameters: Object.fromEntries(values) };
        const times = grid.times(build(nChain), nSteps, nChain, options);
        expect(times).toHaveLength(nSteps + 1);
        expect([times[0], times.at(-1)]).toEqual([1, 0]);
        expect(times.every((t, k) => k === 0 || t < times[k - 1]!)).toBe(true);
        expect(new Set(times.map(noiseKeyOf(nChain))).size).toBe(nSteps + 1);
      }),
      { numRuns: 20 },
    );
  });

  it.each([0, 21, 2.5, Number.NaN])('refuses S = %s of T = 10, unless it has its own', (nSteps) => {
    const times = () => grid.times(chain('linear', 10), nSteps, 10, { tau: [3] });
    if (grid.id === 'list') expect(times()).toEqual([1, 0.3, 0]);
    else expect(times).toThrow(/sampling steps S must be a whole number from 1 to 20/);
  });
});

describe('polyexponential times', () => {
  const grid = timeGrids.get('polyexponential');

  it.each(families)('with ρ = 1 are those of equal log-SNR: %s', (_, build) => {
    const process = build(50);
    expectClose(grid.times(process, 9, 50), timeGrids.get('log-snr').times(process, 9, 50), {
      relative: 1e-9,
    });
  });

  it.each([
    ['ve', 0.5],
    ['ve', 2],
    ['edm', 1],
    ['edm', 3],
  ])('have k-diffusion’s levels in %s with ρ = %d', (id, rho) => {
    const process = processes.get(id).build();
    const times = grid.times(process, 12, 100, { parameters: { polyRho: rho } });
    const [sigmaMin, sigmaMax] = [level(process, 0.01), level(process, 1)];
    const levels = levelsOf(noiseLevels.get('polyexponential'), 12, { sigmaMin, sigmaMax, rho });
    const found = times.slice(0, -1).map((t) => level(process, t));
    expectClose(found, levels.slice(0, -1), { relative: 1e-9 });
  });

  it('crowd towards little noise as ρ grows', () => {
    const process = processes.get('ve').build();
    const middle = (polyRho: number) => grid.times(process, 10, 100, { parameters: { polyRho } })[5]!;
    expect(middle(2)).toBeLessThan(middle(1));
    expect(middle(0.5)).toBeGreaterThan(middle(1));
    expect(() => middle(4)).toThrow(/polyRho/);
  });
});

it('goes on to less noise than that of 1/T when it is asked to', () => {
  const edm = processes.get('edm').build();
  for (const id of ['log-snr', 'karras', 'polyexponential']) {
    expect(timeGrids.get(id).times(edm, 5, 10, { tMin: 1e-4 }).at(-2)).toBe(1e-4);
  }
});

describe('keys of noise', () => {
  it('are the indices of the chain at its nodes and whole numbers above T between them', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (nChain, t) => {
          const key = noiseKeyOf(nChain);
          for (let i = 0; i <= nChain; i++) expect(key(i / nChain)).toBe(i);
          expect(Number.isInteger(key(t))).toBe(true);
          if (key(t) <= nChain) expect(t * nChain).toBeCloseTo(key(t), 6);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('a list of steps', () => {
  it('needs no ends', () => {
    expect(withEnds([1, 5], 10)).toEqual([0, 1, 5, 10]);
    expect(withEnds([0, 1, 10], 10)).toEqual([0, 1, 10]);
    expect(withEnds([], 10)).toEqual([0, 10]);
    expect(() => withEnds([5, 3], 10)).toThrow(/must increase; 3 comes after 5/);
    expect(() => withEnds([5, 12], 10)).toThrow(/must increase; 10 comes after 12/);
  });

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
