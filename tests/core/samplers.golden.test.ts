import { describe, expect, it } from 'vitest';
import { exactDenoiser } from '../../src/core/exact.ts';
import { discreteChain } from '../../src/core/processes/discreteChain.ts';
import { noiseKeyOf, sample } from '../../src/core/sample.ts';
import { samplers } from '../../src/core/samplers/index.ts';
import { schedules } from '../../src/core/schedules/index.ts';
import type { Denoiser, ForwardProcess, SamplerOptions, Vector } from '../../src/core/types.ts';
import {
  expectClose,
  flat,
  type GoldenMixture,
  goldenCases,
  goldenFile,
  mixtureDensity,
  type Points,
} from './golden.ts';
import { prescribed } from './samplerFixtures.ts';

const schedule = (name: string, nSteps: number): ForwardProcess => {
  const id = name.startsWith('cosine') ? 'cosine' : 'linear';
  return discreteChain(schedules.get(id).betas(nSteps, { rescale: name === 'linear_scaled' }));
};

/** The denoiser of a network that always answers `eps`. */
const constantNoise =
  (process: ForwardProcess, eps: Vector): Denoiser<Vector> =>
  (x, t) => {
    const { alpha, sigma } = process.kernel(t);
    return x.map((value, i) => (value - sigma * eps[i]!) / alpha);
  };

const tolerance = { absolute: 1e-9, relative: 1e-9 };

describe('whole paths with the exact denoiser', () => {
  interface Params {
    readonly mixture: GoldenMixture;
    readonly schedule: string;
    readonly T: number;
    readonly eta: number;
    readonly timesteps_0based_increasing: readonly number[];
  }
  interface Values {
    readonly path: readonly Points[];
    readonly pred_xstart: readonly Points[];
    readonly noise?: readonly Points[];
  }
  const { inputs } = goldenFile<{ inputs: { x_T: Points } }>('trajectories');

  it.each(goldenCases<Params, Values>('trajectories', (id) => /_eta[01]$/.test(id)))(
    '$id',
    ({ params, values }) => {
      const process = schedule(params.schedule, params.T);
      const times = [...params.timesteps_0based_increasing.map((i) => (i + 1) / params.T).reverse(), 0];
      const context = {
        space: prescribed((values.noise ?? []).map(flat)),
        process,
        denoise: exactDenoiser(mixtureDensity(params.mixture), process),
        options: { eta: params.eta, variance: 'beta' } as const,
        noiseKey: noiseKeyOf(params.T),
      };
      let k = 0;
      for (const state of sample(samplers.get('ddim'), context, times, flat(inputs.x_T))) {
        expectClose(state.x, flat(values.path[k]!), tolerance);
        if (k > 0) expectClose(state.x0Hat!, flat(values.pred_xstart[k - 1]!), tolerance);
        expect(state.nfe).toBe(k);
        k++;
      }
      expect(k).toBe(values.path.length);
    },
  );
});

describe('single steps', () => {
  interface Params {
    readonly schedule: string;
    readonly T: number;
    readonly t: number;
    readonly eta?: number;
    readonly seq_0based_increasing?: readonly number[];
  }
  const { inputs } = goldenFile<{ inputs: { x_t: Points; eps: Points; z: Points } }>('onestep');
  const [xt, eps, z] = [flat(inputs.x_t), flat(inputs.eps), flat(inputs.z)];

  const step = (id: string, params: Params, from: number, to: number, options: SamplerOptions): Vector => {
    const process = schedule(params.schedule, params.T);
    const context = {
      space: prescribed([z]),
      process,
      denoise: constantNoise(process, eps),
      options,
      noiseKey: noiseKeyOf(params.T),
    };
    return [...sample(samplers.get(id), context, [from / params.T, to / params.T], xt)].at(-1)!.x;
  };

  it.each([
    ['beta-tilde', /^p_EPSILON_FIXED_SMALL_(cosine|linear_scaled)_T/],
    ['beta', /^p_EPSILON_FIXED_LARGE_(cosine|linear_scaled)_T/],
  ] as const)('DDPM with the variance %s', (variance, pattern) => {
    for (const { params, values } of goldenCases<Params, { p_sample: Points }>('onestep', (id) =>
      pattern.test(id),
    )) {
      const actual = step('ddpm', params, params.t, params.t - 1, { eta: 0, variance });
      expectClose(actual, flat(values.p_sample), tolerance);
    }
  });

  it('DDIM with every eta', () => {
    const cases = goldenCases<Params, { sample: Points }>('onestep', (id) => /^ddim_eta[\d.]+_/.test(id));
    for (const { params, values } of cases) {
      const actual = step('ddim', params, params.t, params.t - 1, { eta: params.eta!, variance: 'beta' });
      expectClose(actual, flat(values.sample), tolerance);
    }
  });

  it('DDIM towards noise', () => {
    const cases = goldenCases<Params, { sample: Points }>('onestep', (id) => id.startsWith('ddim_reverse_'));
    for (const { params, values } of cases) {
      if (params.t === params.T) continue; // the reference steps on to a chain's end of pure noise there
      const actual = step('ddim', params, params.t, params.t + 1, { eta: 0, variance: 'beta' });
      expectClose(actual, flat(values.sample), tolerance);
    }
  });

  it('DDIM along a subsequence, as ermongroup/ddim', () => {
    const cases = goldenCases<Params, { x_path: readonly Points[] }>('onestep', (id) =>
      id.startsWith('generalized'),
    );
    for (const { params, values } of cases) {
      const process = schedule('linear', params.T);
      const context = {
        space: prescribed(values.x_path.map(() => z)),
        process,
        denoise: constantNoise(process, eps),
        options: { eta: params.eta!, variance: 'beta' } as const,
        noiseKey: noiseKeyOf(params.T),
      };
      const times = [...params.seq_0based_increasing!.map((i) => (i + 1) / params.T).reverse(), 0];
      const path = [...sample(samplers.get('ddim'), context, times, xt)];
      values.x_path.forEach((points, k) => {
        expectClose(path[k]!.x, flat(points), tolerance);
      });
    }
  });
});
