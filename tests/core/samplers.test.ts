import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arraySpace } from '../../src/core/arraySpace.ts';
import { datasets } from '../../src/core/datasets/index.ts';
import { exactDenoiser } from '../../src/core/exact.ts';
import { slicedWasserstein2 } from '../../src/core/metrics/index.ts';
import { discreteChain } from '../../src/core/processes/discreteChain.ts';
import { createRng } from '../../src/core/rng.ts';
import { noiseKeyOf, sample, samplingTimes } from '../../src/core/sample.ts';
import { samplers } from '../../src/core/samplers/index.ts';
import { schedules } from '../../src/core/schedules/index.ts';
import { scaledDensity, standardization, toData } from '../../src/core/standardize.ts';
import { timeGrids } from '../../src/core/timeGrids/index.ts';
import type { Density, SamplerOptions, SampleState, StepContext, Vector } from '../../src/core/types.ts';
import { expectClose } from './golden.ts';

const ddim = samplers.get('ddim');
const ddpm = samplers.get('ddpm');
const solver = samplers.get('dpm-solver-pp-2m');
const linearGrid = timeGrids.get('linear');
const chainOf = (nChain: number) => discreteChain(schedules.get('linear').betas(nChain, { rescale: true }));

function contextOf(density: Density, nChain: number, seed: number, options: Partial<SamplerOptions> = {}) {
  const process = chainOf(nChain);
  return {
    space: arraySpace(createRng(seed)),
    process,
    denoise: exactDenoiser(density, process),
    options: { eta: 0, variance: 'beta-tilde', ...options },
    noiseKey: noiseKeyOf(nChain),
  } satisfies StepContext<Vector>;
}

const last = (states: Iterable<SampleState<Vector>>): SampleState<Vector> => [...states].at(-1)!;
const normals = (seed: number, n: number) => arraySpace(createRng(seed)).gaussian(new Float64Array(2 * n), 0);

const moons = datasets.get('moons').density(1);
const scaledMoons = scaledDensity(standardization(moons), moons);

describe.each(timeGrids.entries)('time grid $id', (grid) => {
  it('climbs strictly from 0 to T in exactly S steps', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (nChain, share) => {
          const nSteps = 1 + Math.floor(share * (nChain - 1));
          const tau = grid.indices(nSteps, nChain);
          expect(tau).toHaveLength(nSteps + 1);
          expect([tau[0], tau.at(-1)]).toEqual([0, nChain]);
          expect(tau.every((index, i) => Number.isInteger(index) && (i === 0 || index > tau[i - 1]!))).toBe(
            true,
          );
        },
      ),
      { numRuns: 300 },
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
});

describe.each(samplers.entries)('sampler $id', (sampler) => {
  const context = () => contextOf(scaledMoons, 50, 3, { eta: sampler.uses.includes('eta') ? 0.5 : 0 });
  const times = samplingTimes(sampler, linearGrid, 10, 50);

  it('walks from t = 1 to t = 0 and counts its evaluations', () => {
    let asked = 0;
    const base = context();
    const counting = {
      ...base,
      denoise: (x: Vector, t: number) => {
        asked++;
        return base.denoise(x, t);
      },
    };
    const states = [...sample(sampler, counting, times, normals(1, 20))];
    expect(times[0]).toBe(1);
    expect(times.at(-1)).toBe(0);
    expect(states.map(({ t }) => t)).toEqual(times);
    expect(times).toHaveLength(sampler.everyStep ? 51 : 11);
    expect(states[0]!.x0Hat).toBeNull();
    expect(states.at(-1)!.nfe).toBe(asked);
    expect(states.every(({ x }) => x.every(Number.isFinite))).toBe(true);
  });

  it('repeats itself for one seed, leaves the start alone, and does not depend on who else is there', () => {
    const start = normals(1, 20);
    const kept = start.slice();
    const first = last(sample(sampler, context(), times, start)).x;
    expect(last(sample(sampler, context(), times, start)).x).toEqual(first);
    expect(start).toEqual(kept);
    expect(last(sample(sampler, context(), times, start.slice(0, 10))).x).toEqual(first.subarray(0, 10));
  });

  it('ends on its own prediction, without noise', () => {
    const end = last(sample(sampler, context(), times, normals(1, 20)));
    expectClose(end.x, end.x0Hat!, { absolute: 1e-12 });
  });

  it('releases what it holds when the loop is left early', () => {
    const held = new Set<unknown>();
    const base = context();
    const space = {
      ...base.space,
      release: (old: unknown) => {
        held.delete(old);
      },
    };
    for (const state of sample(sampler, { ...base, space }, times, normals(1, 4))) {
      held.add(state);
      if (state.t < 0.5) break;
    }
    expect(held.size).toBe(0);
  });

  it.each([[[]], [[1, 0.5, 0.7]], [[1, 1, 0]], [[1.2, 0]], [[1, Number.NaN]]])(
    'refuses the times %j',
    (bad) => {
      expect(() => [...sample(sampler, context(), bad, normals(1, 2))]).toThrow(RangeError);
    },
  );

  it.each([-0.1, 1.5, Number.NaN])('refuses eta = %s', (eta) => {
    const bad = { ...context(), options: { eta, variance: 'beta' } as const };
    expect(() => [...sample(sampler, bad, times, normals(1, 2))]).toThrow(/eta must be a number from 0 to 1/);
  });

  it('refuses more steps than the chain has, unless it walks them all anyway', () => {
    const wanted = () => samplingTimes(sampler, linearGrid, 60, 50);
    if (sampler.everyStep) expect(wanted()).toHaveLength(51);
    else expect(wanted).toThrow(/sampling steps S must be a whole number from 1 to 50/);
  });

  it('describes itself', () => {
    expect(sampler.summary).toMatch(/\.$/);
    expect(sampler.equation).toContain('\\');
  });

  const DRAWS = 6;
  const SIZE = 200;
  it.each(datasets.entries)('brings noise to $id with the exact denoiser', (dataset) => {
    const nChain = 200;
    const std = standardization(dataset.density(1));
    const context = contextOf(scaledDensity(std, dataset.density(1)), nChain, 17);
    const path = samplingTimes(sampler, timeGrids.get('quadratic'), 60, nChain);
    const points = toData(std, last(sample(sampler, context, path, normals(23, DRAWS * SIZE))).x);
    const truth = (i: number) => dataset.sample(SIZE, createRng(1000 + i), 1);
    let [generated, perfect] = [0, 0];
    for (let i = 0; i < DRAWS; i++) {
      for (let j = 0; j < DRAWS; j++) {
        generated += slicedWasserstein2(points.slice(2 * SIZE * i, 2 * SIZE * (i + 1)), truth(j), 16);
        perfect += slicedWasserstein2(truth(DRAWS + i), truth(j), 16);
      }
    }
    expect(generated / perfect).toBeLessThan(1.15);
  });
});

describe('DDPM', () => {
  it('takes the noise of β or β̃ and refuses other variances and directions', () => {
    const run = (variance: SamplerOptions['variance']) =>
      last(sample(ddpm, contextOf(scaledMoons, 20, 1, { variance }), [1, 0.5], normals(2, 5))).x;
    expect(run('beta')).not.toEqual(run('beta-tilde'));
    expect(() => run('other' as SamplerOptions['variance'])).toThrow(/'beta' or 'beta-tilde', not 'other'/);
    const encode = () => last(sample(ddpm, contextOf(scaledMoons, 20, 1), [0.5, 1], normals(2, 5)));
    expect(encode).toThrow(/from noise to data/);
  });

  it.each(schedules.entries)('is DDIM with η = 1 along every step, with schedule $id', (schedule) => {
    const process = discreteChain(schedule.betas(50, { rescale: true }));
    const denoise = exactDenoiser(scaledMoons, process);
    const context = (eta: number) => ({ ...contextOf(scaledMoons, 50, 9, { eta }), process, denoise });
    const times = samplingTimes(ddpm, linearGrid, 50, 50);
    const ancestral = [...sample(ddpm, context(0), times, normals(4, 50))];
    const implicit = [...sample(ddim, context(1), times, normals(4, 50))];
    ancestral.forEach(({ x }, k) => {
      expectClose(implicit[k]!.x, x, { absolute: 1e-9 });
    });
  });
});

describe('samplers without noise', () => {
  const mean = 0.5;
  const std = 0.3;
  const one: Density = [
    { kind: 'gaussian', weight: 1, mean: [mean, mean], covariance: [std ** 2, 0, std ** 2] },
  ];

  it.each([
    [ddim, 1],
    [solver, 2],
  ])('$id converges to the probability-flow ODE of a Gaussian with order %i', (sampler, order) => {
    const nChain = 6400;
    const process = chainOf(nChain);
    // The flow keeps (x − αμ)/√(α²s² + σ²) (Song et al. 2021, Eq. 13, solved).
    const width = (t: number) => Math.hypot(process.kernel(t).alpha * std, process.kernel(t).sigma);
    const [from, to] = [0.6, 0.05];
    const start = Float64Array.of(1.7, -0.4);
    const exact = start.map(
      (x) =>
        process.kernel(to).alpha * mean + (width(to) / width(from)) * (x - process.kernel(from).alpha * mean),
    );
    const error = (nSteps: number) => {
      const times = Array.from({ length: nSteps + 1 }, (_, i) => from + ((to - from) * i) / nSteps);
      const { x } = last(sample(sampler, contextOf(one, nChain, 1), times, start));
      return Math.hypot(x[0]! - exact[0]!, x[1]! - exact[1]!);
    };
    const measured = Math.log2(error(160) / error(320));
    expect(Math.abs(measured - order)).toBeLessThan(0.15);
  });

  it('decodes with DDIM what it encodes, the better the more steps', () => {
    const x0 = datasets.get('moons').sample(60, createRng(2), 1);
    const nChain = 1000;
    const roundTrip = (nSteps: number) => {
      const times = samplingTimes(ddim, timeGrids.get('quadratic'), nSteps, nChain);
      const context = contextOf(moons, nChain, 1);
      const encoded = last(sample(ddim, context, times.toReversed(), x0)).x;
      const decoded = last(sample(ddim, context, times, encoded)).x;
      return Math.sqrt(decoded.reduce((sum, value, i) => sum + (value - x0[i]!) ** 2, 0) / 60);
    };
    const [coarse, middle, fine] = [roundTrip(50), roundTrip(200), roundTrip(800)];
    expect(middle).toBeLessThan(coarse / 2);
    expect(fine).toBeLessThan(middle / 2);
    expect(fine).toBeLessThan(0.05);
  });

  it('refuses to encode with noise', () => {
    const run = () => last(sample(ddim, contextOf(one, 20, 1, { eta: 0.5 }), [0, 1], normals(1, 2)));
    expect(run).toThrow(/only with eta = 0, not 0.5/);
  });
});
