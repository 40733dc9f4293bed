import { describe, expect, it } from 'vitest';
import { arraySpace } from '../../src/core/arraySpace.ts';
import { datasets } from '../../src/core/datasets/index.ts';
import { exactDenoiser } from '../../src/core/exact.ts';
import { discreteChain } from '../../src/core/processes/discreteChain.ts';
import { createRng } from '../../src/core/rng.ts';
import { noiseKeyOf, sample, samplingTimes } from '../../src/core/sample.ts';
import { samplers } from '../../src/core/samplers/index.ts';
import { schedules } from '../../src/core/schedules/index.ts';
import { scaledDensity, standardization } from '../../src/core/standardize.ts';
import { timeGrids } from '../../src/core/timeGrids/index.ts';
import type {
  Density,
  Sampler,
  SamplerOptions,
  SampleState,
  StepContext,
  TimeGrid,
  Vector,
} from '../../src/core/types.ts';
import { expectClose } from './golden.ts';

const ddim = samplers.get('ddim');
const ddpm = samplers.get('ddpm');
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
const pathOf = (sampler: Sampler, timeGrid: TimeGrid, nSteps: number, nChain: number) =>
  samplingTimes({ sampler, timeGrid, process: chainOf(nChain), nSteps, nChain });
const normals = (seed: number, n: number) => arraySpace(createRng(seed)).gaussian(new Float64Array(2 * n), 0);

const moons = datasets.get('moons').density(1);
const scaledMoons = scaledDensity(standardization(moons), moons);
const eightGaussians = datasets.get('eight-gaussians').density(1);

describe.each(samplers.entries)('sampler $id', (sampler) => {
  const context = () => contextOf(scaledMoons, 50, 3, { eta: sampler.uses.includes('eta') ? 0.5 : 0 });
  const times = pathOf(sampler, linearGrid, 10, 50);

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
    expect(times).toHaveLength(sampler.adaptive ? 3 : 11);
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
    const fewer = last(sample(sampler, context(), times, start.slice(0, 10))).x;
    // Points share the steps that are chosen by their errors.
    if (sampler.adaptive) expectClose(fewer, first.subarray(0, 10), { absolute: 0.05 });
    else expect(fewer).toEqual(first.subarray(0, 10));
  });

  it('ends on its own prediction, without noise, unless it stays where noise is', () => {
    const end = last(sample(sampler, context(), times, normals(1, 20)));
    if (sampler.fixedTime !== undefined) expect(end.x).not.toEqual(end.x0Hat);
    else expectClose(end.x, end.x0Hat!, { absolute: 1e-12 });
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

  it('refuses more steps than twice the chain’s, or than the chain’s where it undoes those, unless they are its own', () => {
    const wanted = (nSteps: number) => pathOf(sampler, linearGrid, nSteps, 50);
    const most = sampler.wholeChain ? 50 : 100;
    if (sampler.adaptive) expect(wanted(101)).toEqual([1, 0.02, 0]);
    else if (sampler.fixedTime !== undefined) expect(wanted(101)).toHaveLength(102);
    else {
      expect(wanted(most)).toHaveLength(most + 1);
      const tooMany = new RegExp(`sampling steps S must be a whole number from 1 to ${most}\\b`);
      expect(() => wanted(most + 1)).toThrow(tooMany);
    }
  });

  it('describes itself', () => {
    expect(sampler.summary).toMatch(/\.$/);
    expect(sampler.equation).toContain('\\');
    expect(sampler.label.length).toBeLessThanOrEqual(17);
    for (const { hint } of sampler.parameters ?? []) expect(hint).toMatch(/\.$/);
  });

  it('adds noise if and only if it says so', () => {
    for (const eta of sampler.uses.includes('eta') ? [0, 0.5, 1] : [0]) {
      let asked = 0;
      const base = contextOf(scaledMoons, 50, 3, { eta });
      const gaussian = (like: Vector, key: number) => {
        asked++;
        return base.space.gaussian(like, key);
      };
      last(sample(sampler, { ...base, space: { ...base.space, gaussian } }, times, normals(1, 2)));
      expect(asked > 0).toBe(sampler.stochastic(base.options));
    }
  });

  it('never asks for the same noise twice', () => {
    const keys: number[] = [];
    const base = context();
    const gaussian = (like: Vector, key: number) => {
      keys.push(key);
      return base.space.gaussian(like, key);
    };
    last(sample(sampler, { ...base, space: { ...base.space, gaussian } }, times, normals(1, 2)));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('goes towards noise too when it adds none, and refuses to when it does', () => {
    const base = context();
    const encode = () => last(sample(sampler, base, times.toReversed(), normals(1, 2))).x;
    if (sampler.stochastic(base.options)) expect(encode).toThrow(RangeError);
    else expect(encode().every(Number.isFinite)).toBe(true);
  });

  it.each(schedules.entries)('stays finite on every chain of schedule $id, on every grid', (schedule) => {
    for (const nChain of [10, 50, 1000]) {
      for (const rescale of schedule.rescales ? [true, false] : [true]) {
        const process = discreteChain(schedule.betas(nChain, { rescale }));
        const denoise = exactDenoiser(eightGaussians, process);
        const base = { ...contextOf(eightGaussians, nChain, 5), process, denoise };
        for (const grid of timeGrids.entries) {
          for (const nSteps of [1, 2, 3, 10]) {
            const path = pathOf(sampler, grid, nSteps, nChain);
            const { x } = last(sample(sampler, base, path, normals(2, 2)));
            expect(x.every(Number.isFinite)).toBe(true);
          }
        }
      }
    }
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
    const times = pathOf(ddpm, linearGrid, 50, 50);
    const ancestral = [...sample(ddpm, context(0), times, normals(4, 50))];
    const implicit = [...sample(ddim, context(1), times, normals(4, 50))];
    ancestral.forEach(({ x }, k) => {
      expectClose(implicit[k]!.x, x, { absolute: 1e-9 });
    });
  });
});
