import { describe, expect, it } from 'vitest';
import { exactDenoiser, exactScore } from '../../src/core/exact.ts';
import { discreteChain } from '../../src/core/processes/discreteChain.ts';
import { sample } from '../../src/core/sample.ts';
import { adaptiveFlow } from '../../src/core/samplers/adaptiveFlow.ts';
import { ddim } from '../../src/core/samplers/ddim.ts';
import { ddpm } from '../../src/core/samplers/ddpm.ts';
import { dpmSolver2 } from '../../src/core/samplers/dpmSolver.ts';
import { dpmSolverPlusPlus2M } from '../../src/core/samplers/dpmSolverPlusPlus.ts';
import { euler } from '../../src/core/samplers/euler.ts';
import { eulerMaruyama } from '../../src/core/samplers/eulerMaruyama.ts';
import { heun } from '../../src/core/samplers/heun.ts';
import { annealedStepSize, langevinStep, normStepSize } from '../../src/core/samplers/langevin.ts';
import { probabilityFlow, reverseDiffusion } from '../../src/core/samplers/reverseDiffusion.ts';
import { clippedDenoiser } from '../../src/core/samplers/thresholding.ts';
import { schedules } from '../../src/core/schedules/index.ts';
import type { Denoiser, ForwardProcess, Kernel, Sampler, StepContext, Vector } from '../../src/core/types.ts';
import {
  expectClose,
  flat,
  type GoldenMixture,
  goldenCases,
  goldenFile,
  mixtureDensity,
  type Points,
} from './golden.ts';
import { exploding, linearVp, prescribed } from './samplerFixtures.ts';

const exact9 = { absolute: 1e-9 };

function contextOf(
  process: ForwardProcess,
  denoise: Denoiser<Vector>,
  noise: readonly Vector[] = [],
  eta = 0,
): StepContext<Vector> {
  return {
    space: prescribed(noise),
    process,
    denoise,
    options: { eta, variance: 'beta' },
    noiseKey: (t) => t,
  };
}

const pathOf = (sampler: Sampler, context: StepContext<Vector>, times: readonly number[], x: Vector) =>
  [...sample(sampler, context, times, x)].map((state) => state.x);

function expectPath(actual: readonly Vector[], expected: readonly Points[], tolerance = exact9): void {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((points, k) => {
    expectClose(actual[k]!, flat(points), tolerance);
  });
}

const { inputs } = goldenFile<{ inputs: { x_T: Points } }>('trajectories');

describe('k-diffusion, along the noise levels of Karras', () => {
  interface Params {
    readonly mixture: GoldenMixture;
    readonly sigmas: readonly number[];
    readonly nfe: Readonly<Record<string, number>>;
  }
  type Paths = Readonly<Record<string, readonly Points[]>>;
  const samplerOf: Readonly<Record<string, readonly Sampler[]>> = {
    sample_euler: [ddim, euler],
    sample_heun: [heun()],
    sample_dpmpp_2m: [dpmSolverPlusPlus2M()],
    sample_dpm_2: [dpmSolver2],
  };
  const setUp = ({ mixture, sigmas }: Params) => {
    const process = exploding(2 * sigmas[0]!);
    const times = sigmas.map((sigma) => sigma / (2 * sigmas[0]!));
    const start = flat(inputs.x_T).map((value) => value * sigmas[0]!);
    return { process, times, start, denoise: exactDenoiser(mixtureDensity(mixture), process) };
  };

  it.each(goldenCases<Params, Paths>('trajectories', (id) => /_karras_n\d+$/.test(id)))(
    '$id',
    ({ params, values }) => {
      const { process, times, start, denoise } = setUp(params);
      for (const [name, entries] of Object.entries(samplerOf)) {
        for (const sampler of entries) {
          const states = [...sample(sampler, contextOf(process, denoise), times, start)];
          expectPath(
            states.map(({ x }) => x),
            values[name]!,
          );
          expect(states.at(-1)!.nfe).toBe(params.nfe[name]);
        }
      }
    },
  );

  it.each(goldenCases<Params, Paths>('trajectories', (id) => id.endsWith('_stochastic')))(
    '$id',
    ({ params, values }) => {
      const { process, times, start, denoise } = setUp(params);
      const noise = values.noise!.map(flat);
      const ancestral = pathOf(ddim, contextOf(process, denoise, noise, 1), times, start);
      expectPath(ancestral, values.sample_euler_ancestral!);

      // The rows are the points after their churn: what the denoiser is asked first in each step.
      const nSteps = params.sigmas.length - 1;
      const churn = heun({ sChurn: 5, sTmin: 0.05, sTmax: 50, sNoise: 1.003, nSteps });
      const asked: Vector[] = [];
      const asking: Denoiser<Vector> = (x, t) => {
        asked.push(x);
        return denoise(x, t);
      };
      const context = contextOf(process, asking, noise);
      const keyed = {
        ...context,
        space: { ...context.space, gaussian: (_: Vector, t: number) => noise[times.indexOf(t) - 1]! },
      };
      const rows: Vector[] = [];
      let last: Vector = start;
      for (const { x, nfe } of sample(churn, keyed, times, start)) {
        if (nfe > 0) rows.push(asked.splice(0)[0]!);
        last = x;
      }
      expectPath([...rows, last], values.sample_heun_churn!);
    },
  );
});

describe('DPM-Solver++(2M) of dpm-solver', () => {
  interface Params {
    readonly mixture: GoldenMixture;
    readonly timesteps: readonly number[];
    readonly alpha_t: readonly number[];
    readonly sigma_t: readonly number[];
  }
  interface Values {
    readonly path: readonly Points[];
    readonly final_with_denoise_to_zero: Points;
  }
  it.each(goldenCases<Params, Values>('trajectories', (id) => id.includes('_dpmpp2M_')))(
    '$id',
    ({ params, values }) => {
      const process = linearVp(0.1, 20);
      const kernels = params.timesteps.map((t) => process.kernel(t));
      expectClose(
        kernels.map(({ alpha }) => alpha),
        params.alpha_t,
        { relative: 1e-9 },
      );
      expectClose(
        kernels.map(({ sigma }) => sigma),
        params.sigma_t,
        { relative: 1e-9 },
      );
      const context = contextOf(process, exactDenoiser(mixtureDensity(params.mixture), process));
      const states = [
        ...sample(dpmSolverPlusPlus2M(), context, params.timesteps, flat(inputs.x_T), { tweedie: true }),
      ];
      expectPath(
        states.map(({ x }) => x),
        [...values.path, values.final_with_denoise_to_zero],
      );
      expect(states.at(-1)).toMatchObject({ t: 0, nfe: params.timesteps.length });
    },
  );
});

describe('the true paths of the probability flow, by adaptive RK45', () => {
  interface Truth {
    readonly truth?: { readonly path: readonly Points[] };
  }
  const solver = { rtol: 1e-9, atol: 1e-11 };
  const tolerance = { absolute: 1e-6 };

  it.each(
    goldenCases<
      { mixture: GoldenMixture; schedule: string; T: number; timesteps_0based_increasing: number[] },
      unknown
    >('trajectories', (id) => id.endsWith('_eta0')),
  )('$id', ({ params, ...rest }) => {
    const { truth } = rest as Truth;
    const id = params.schedule === 'cosine' ? 'cosine' : 'linear';
    const process = discreteChain(schedules.get(id).betas(params.T, { rescale: false }));
    const denoise = exactDenoiser(mixtureDensity(params.mixture), process);
    const times = [...params.timesteps_0based_increasing.map((i) => (i + 1) / params.T).reverse(), 0];
    expectPath(adaptiveFlow(process, denoise, flat(inputs.x_T), times, solver).path, truth!.path, tolerance);
  });

  it.each(
    goldenCases<{ mixture: GoldenMixture; sigmas: number[] }, unknown>('trajectories', (id) =>
      /_karras_n\d+$/.test(id),
    ),
  )('$id', ({ params, ...rest }) => {
    const { truth } = rest as Truth;
    const process = exploding(params.sigmas[0]!);
    const denoise = exactDenoiser(mixtureDensity(params.mixture), process);
    const times = params.sigmas.map((sigma) => sigma / params.sigmas[0]!);
    const start = flat(inputs.x_T).map((value) => value * params.sigmas[0]!);
    expectPath(adaptiveFlow(process, denoise, start, times, solver).path, truth!.path, tolerance);
  });

  it.each(
    goldenCases<{ mixture: GoldenMixture; timesteps: number[] }, unknown>('trajectories', (id) =>
      id.includes('_dpmpp2M_'),
    ),
  )('$id', ({ params, ...rest }) => {
    const { truth } = rest as Truth;
    const process = linearVp(0.1, 20);
    const denoise = exactDenoiser(mixtureDensity(params.mixture), process);
    const { path } = adaptiveFlow(process, denoise, flat(inputs.x_T), params.timesteps, solver);
    expectPath(path, truth!.path, tolerance);
  });

  it.each(
    goldenCases<
      { mixture: GoldenMixture; beta_min: number; beta_max: number; t: number[] },
      { path: readonly Points[] }
    >('trajectories', (id) => id.includes('_pf_ode_vp_')),
  )('$id', ({ params, values }) => {
    const process = linearVp(params.beta_min, params.beta_max);
    const denoise = exactDenoiser(mixtureDensity(params.mixture), process);
    const { path } = adaptiveFlow(process, denoise, flat(inputs.x_T), params.t, solver);
    expectPath(path, values.path, tolerance);
  });
});

describe('predictors and correctors of score_sde', () => {
  interface Params {
    readonly kind: 'vp' | 'subvp' | 've';
    readonly mixture: GoldenMixture;
    readonly t: number;
    readonly snr: number;
    readonly beta_min?: number;
    readonly beta_max?: number;
    readonly sigma_min?: number;
    readonly sigma_max?: number;
    readonly N?: number;
  }
  interface Step {
    readonly x: Points;
    readonly x_mean?: Points;
    readonly step_size?: number;
    readonly error?: string;
  }
  type Values = Readonly<Record<string, Step>> & { readonly score: Points };
  const { inputs: points } = goldenFile<{ inputs: { x_t: Points; z: Points } }>('sde');
  const [xt, z] = [flat(points.x_t), flat(points.z)];

  /** The SDE itself, and one step t → t − 1/N of the chain that score_sde makes of it, 1 − β or σ² − σ′² apart. */
  const setUp = (params: Params) => {
    const { kind, t, N = 1000, beta_min = 0.1, beta_max = 20, sigma_min = 0.01, sigma_max = 50 } = params;
    const index = Math.floor(t * (N - 1));
    if (kind === 've') {
      const growth = Math.log(sigma_max / sigma_min);
      const sigma = (u: number) => sigma_min * Math.exp(growth * u);
      const level = (i: number) => (i < 0 ? 0 : sigma(i / (N - 1)));
      const sde: ForwardProcess = {
        kernel: (u) => ({ alpha: 1, sigma: sigma(u) }),
        drift: () => 0,
        diffusion2: (u) => 2 * growth * sigma(u) ** 2,
      };
      return {
        sde,
        N,
        alpha: 1,
        here: { alpha: 1, sigma: level(index) },
        next: { alpha: 1, sigma: level(index - 1) },
      };
    }
    const vp = linearVp(beta_min, beta_max);
    const beta = (beta_min + (index / (N - 1)) * (beta_max - beta_min)) / N;
    const here = vp.kernel(t);
    const next = {
      alpha: here.alpha / Math.sqrt(1 - beta),
      sigma: Math.sqrt((here.sigma ** 2 - beta) / (1 - beta)),
    };
    if (kind === 'vp') return { sde: vp, N, alpha: 1 - beta, here, next };
    const sde: ForwardProcess = {
      kernel: (u) => ({ alpha: vp.kernel(u).alpha, sigma: vp.kernel(u).sigma ** 2 }),
      drift: vp.drift,
      diffusion2: (u) => vp.diffusion2(u) * (1 - vp.kernel(u).alpha ** 4),
    };
    return { sde, N, alpha: 1, here, next };
  };

  /** Steps with the mean alone (z = 0), and with the prescribed noise. */
  const expectStep = (
    sampler: Sampler,
    process: ForwardProcess,
    score: Vector,
    [t, tNext]: readonly [number, number],
    expected: Step,
    variance: 'beta' | 'beta-tilde' = 'beta',
  ) => {
    const { alpha, sigma } = process.kernel(t);
    const denoise: Denoiser<Vector> = (x) => x.map((value, i) => (value + sigma ** 2 * score[i]!) / alpha);
    const step = (noise: Vector) => {
      const context = { ...contextOf(process, denoise, [noise]), options: { eta: 0, variance } };
      return pathOf(sampler, context, [t, tNext], xt).at(-1)!;
    };
    expectClose(step(z), flat(expected.x), { relative: 1e-12, absolute: 1e-12 });
    const mean = step(z.map(() => 0));
    if (expected.x_mean) expectClose(mean, flat(expected.x_mean), { relative: 1e-12, absolute: 1e-12 });
  };

  it.each(goldenCases<Params, Values>('sde', (id) => id.startsWith('steps_')))(
    '$id',
    ({ params, values }) => {
      const { sde, N, alpha, here, next } = setUp(params);
      const { t, kind, snr } = params;
      const score = flat(values.score);
      expectClose(exactScore(mixtureDensity(params.mixture), sde.kernel(t), xt), score, { absolute: 1e-9 });
      const tNext = t - 1 / N;
      const chain: ForwardProcess = { ...sde, kernel: (u): Kernel => (u === t ? here : next) };

      const euler = values.euler_maruyama!;
      expectStep(eulerMaruyama, sde, score, [t, tNext], euler);
      if (kind === 'subvp') {
        // score_sde has no discretisation of its own for the sub-VP SDE: its reverse diffusion is Euler–Maruyama.
        expect(values.reverse_diffusion).toEqual(euler);
        expect(values.ancestral_sampling!.error).toBeDefined();
        return;
      }
      expectStep(reverseDiffusion, chain, score, [t, tNext], values.reverse_diffusion!);
      expectStep(probabilityFlow, chain, score, [t, tNext], values.reverse_diffusion_probability_flow!);
      const variance = kind === 'vp' ? 'beta' : 'beta-tilde';
      expectStep(ddpm, chain, score, [t, tNext], values.ancestral_sampling!, variance);

      const { alpha: a, sigma } = sde.kernel(t);
      const x0Hat = xt.map((value, i) => (value + sigma ** 2 * score[i]!) / a);
      const correct = (delta: number, noise: Vector) =>
        langevinStep(prescribed([noise]), sde.kernel(t), xt, x0Hat, delta, 0);
      for (const [name, delta] of [
        ['langevin', normStepSize(snr, score, z, alpha)],
        ['ald', annealedStepSize(snr, sigma, alpha)],
      ] as const) {
        const expected = values[name]!;
        if (expected.step_size !== undefined) {
          expectClose([delta], [expected.step_size], { relative: 1e-12 });
        }
        expectClose(correct(delta, z), flat(expected.x), { relative: 1e-11, absolute: 1e-12 });
        const mean = correct(
          delta,
          z.map(() => 0),
        );
        expectClose(mean, flat(expected.x_mean!), { relative: 1e-11, absolute: 1e-12 });
      }
    },
  );
});

describe('DDPM with clipped predictions', () => {
  const { inputs: points } = goldenFile<{ inputs: { x_t: Points; eps: Points; z: Points } }>('onestep');
  const eps = flat(points.eps);
  it.each(
    goldenCases<{ schedule: string; T: number; t: number }, { p_sample: Points }>('onestep', (id) =>
      id.startsWith('p_EPSILON_FIXED_SMALL_clip_'),
    ),
  )('$id', ({ params, values }) => {
    const { schedule, T, t } = params;
    const id = schedule.startsWith('cosine') ? 'cosine' : 'linear';
    const process = discreteChain(schedules.get(id).betas(T, { rescale: schedule === 'linear_scaled' }));
    const denoise: Denoiser<Vector> = (x, time) => {
      const { alpha, sigma } = process.kernel(time);
      return x.map((value, i) => (value - sigma * eps[i]!) / alpha);
    };
    const context = {
      ...contextOf(process, clippedDenoiser(denoise), [flat(points.z)]),
      options: { eta: 0, variance: 'beta-tilde' as const },
    };
    const path = pathOf(ddpm, context, [t / T, (t - 1) / T], flat(points.x_t));
    expectClose(path.at(-1)!, flat(values.p_sample), { absolute: 1e-9, relative: 1e-9 });
  });
});
