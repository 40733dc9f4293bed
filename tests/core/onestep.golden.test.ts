import { describe, expect, it } from 'vitest';
import { chainTables } from '../../src/core/chain.ts';
import { parameterizations } from '../../src/core/parameterizations/index.ts';
import { predictedX0, target } from '../../src/core/parameterizations/output.ts';
import { chainKernel, chainStep, jumpStep } from '../../src/core/posterior.ts';
import {
  ddimStep,
  posteriorMean,
  type ReverseVariance,
  reverseMoments,
  reverseSample,
} from '../../src/core/reverseStep.ts';
import { schedules } from '../../src/core/schedules/index.ts';
import type { ChainTables, Vector } from '../../src/core/types.ts';
import { expectClose, flat, goldenCases, goldenFile, type Points } from './golden.ts';

interface Params {
  readonly schedule: string;
  readonly T: number;
  readonly t: number;
  readonly t_index: number;
  readonly mean_type: keyof typeof KINDS;
  readonly var_type: string;
  readonly clip_denoised: boolean;
  readonly eta: number;
  readonly prev_t_index: number;
  readonly num_inference_steps: number;
  readonly prediction_type: string;
  readonly variance_type: 'fixed_small' | 'fixed_large';
  readonly seq_0based_increasing: readonly number[];
}

type Values = Readonly<Record<string, number | Points>>;

const { inputs } = goldenFile<{ inputs: Record<string, Points> }>('onestep');
const given = (name: string): Vector => flat(inputs[name]!);
const [x0, xt, eps, z] = ['x_start', 'x_t', 'eps', 'z'].map(given) as [Vector, Vector, Vector, Vector];
const previousX = xt.map((value) => 0.97 * value + 0.02);

const KINDS = { EPSILON: 'eps', START_X: 'x0', PREVIOUS_X: 'mu' } as const;
const OUTPUTS = { EPSILON: eps, START_X: x0, PREVIOUS_X: previousX } as const;

/** 1e-12 relative, and 1e-12 of the size of the points where two of them cancel. */
const tight = { relative: 1e-12, absolute: 3e-12 };
/** For what passes through 1 − ᾱ. */
const cancelling = { relative: 1e-9, absolute: 1e-12 };

const tablesOf = ({ schedule, T }: Pick<Params, 'schedule' | 'T'>): ChainTables => {
  const id = schedule.startsWith('cosine') ? 'cosine' : 'linear';
  return chainTables(schedules.get(id).betas(T, { rescale: schedule === 'linear_scaled' }));
};

/** A golden number or set of points as a flat vector. */
const numbers = (value: number | Points): Vector =>
  typeof value === 'number' ? new Float64Array(xt.length).fill(value) : flat(value);

const cases = (pattern: RegExp) => goldenCases<Params, Values>('onestep', (id) => pattern.test(id));

it('every case of the file is tested here', () => {
  const all = cases(/./);
  const tested = /^(forward|p|ddim_eta[\d.]+|ddim_reverse|generalized|ddpm_steps|diffusers|tiny)_/;
  expect(all.filter(({ id }) => !tested.test(id))).toEqual([]);
});

it.each(cases(/^forward_/))('$id', ({ params, values }) => {
  const step = chainStep(tablesOf(params), params.t);
  const { from } = step;
  const mean = x0.map((value) => from.alpha * value);
  const logVariance = Math.log1p(-(from.alpha ** 2));
  expectClose(mean, numbers(values.q_mean!), tight);
  expectClose(
    mean.map((value, i) => value + from.sigma * eps[i]!),
    numbers(values.q_sample!),
    tight,
  );
  expectClose(
    [from.sigma ** 2, logVariance],
    [values.q_variance, values.q_log_variance] as number[],
    cancelling,
  );
  expectClose(posteriorMean(step, x0, xt), numbers(values.posterior_mean!), tight);
  expectClose([step.variance], [values.posterior_variance as number], cancelling);
  expectClose([step.logVarianceClipped], [values.posterior_log_variance_clipped as number], cancelling);

  const [epsKind, x0Kind, mu] = ['eps', 'x0', 'mu'].map((id) => parameterizations.get(id));
  expectClose(predictedX0(epsKind!, eps, xt, from), numbers(values.xstart_from_eps!), cancelling);
  expectClose(predictedX0(x0Kind!, x0, xt, from), x0, {});
  const { skip, out } = epsKind!.scalings(from);
  expectClose(
    x0.map((value, i) => (value - skip * xt[i]!) / out),
    numbers(values.eps_from_xstart!),
    cancelling,
  );
  expectClose(predictedX0(mu!, previousX, xt, from, step.to), numbers(values.xstart_from_xprev!), {
    relative: 1e-9,
    absolute: 1e-9,
  });
});

it.each(cases(/^p_/))('$id', ({ params, values }) => {
  const step = chainStep(tablesOf(params), params.t);
  const variance: Record<string, ReverseVariance> = {
    FIXED_SMALL: { kind: 'fixed-small' },
    FIXED_LARGE: { kind: 'fixed-large' },
    LEARNED_RANGE: { kind: 'learned-range', v: given('v') },
    LEARNED: { kind: 'learned', logVariance: given('logvar') },
  };
  const moments = reverseMoments({
    step,
    x: xt,
    output: OUTPUTS[params.mean_type],
    kind: parameterizations.get(KINDS[params.mean_type]),
    variance: variance[params.var_type]!,
    ...(params.clip_denoised ? { clip: 1 } : {}),
  });
  expectClose(moments.x0Hat, numbers(values.pred_xstart!), cancelling);
  expectClose(moments.mean, numbers(values.mean!), tight);
  expectClose(moments.variance, numbers(values.variance!), cancelling);
  expectClose(moments.logVariance, numbers(values.log_variance!), cancelling);
  expectClose(reverseSample(step, moments, z), numbers(values.p_sample!), tight);
});

it.each(cases(/^ddim_(eta[\d.]+|reverse)_/))('$id', ({ params, values }) => {
  const { from, to, next } = chainStep(tablesOf(params), params.t);
  const x0Hat = predictedX0(parameterizations.get('eps'), eps, xt, from);
  const reverse = values.pred_xstart === undefined;
  const actual = ddimStep({ from, to: reverse ? next : to, x: xt, x0Hat, eta: params.eta, z });
  expectClose(actual, numbers(values.sample!), cancelling);
  if (!reverse) expectClose(x0Hat, numbers(values.pred_xstart!), cancelling);
});

describe('loops over a subsequence', () => {
  interface Paths {
    readonly x_path: readonly Points[];
    readonly x0_preds: readonly Points[];
  }
  const paths = goldenCases<Params, Paths>('onestep', (id) => /^(generalized|ddpm_steps)_/.test(id));

  it.each(paths)('$id', ({ id, params, values }) => {
    const { alphasCumprod } = tablesOf(params);
    const kind = parameterizations.get('eps');
    const visited = [0, ...params.seq_0based_increasing.map((i) => i + 1)].reverse();
    let x: Vector = xt;
    visited.slice(1).forEach((t, k) => {
      const from = chainKernel(alphasCumprod, visited[k]!);
      const to = chainKernel(alphasCumprod, t);
      let x0Hat: Vector;
      if (id.startsWith('ddpm')) {
        const step = jumpStep(from, to);
        const variance = { kind: 'fixed-large' } as const;
        const moments = reverseMoments({ step, x, output: eps, kind, variance, clip: 1 });
        x = reverseSample(step, moments, z);
        x0Hat = moments.x0Hat;
      } else {
        x0Hat = predictedX0(kind, eps, x, from);
        x = ddimStep({ from, to, x, x0Hat, eta: params.eta, z });
      }
      expectClose(x0Hat, flat(values.x0_preds[k]!), cancelling);
      expectClose(x, flat(values.x_path[k + 1]!), cancelling);
    });
  });
});

describe('diffusers', () => {
  const kinds: Readonly<Record<string, readonly [id: string, output: Vector]>> = {
    epsilon: ['eps', eps],
    sample: ['x0', x0],
    v_prediction: ['v', eps],
  };

  it.each(cases(/^diffusers_dd/))('$id', ({ id, params, values }) => {
    const { alphasCumprod } = tablesOf(params);
    const [kindId, output] = kinds[params.prediction_type]!;
    const kind = parameterizations.get(kindId);
    const previous = params.t_index - params.T / params.num_inference_steps;
    const from = chainKernel(alphasCumprod, params.t_index + 1);
    const to = chainKernel(alphasCumprod, Math.max(0, previous + 1));
    const x0Hat = predictedX0(kind, output, xt, from);
    expectClose(x0Hat, numbers(values.pred_original_sample!), cancelling);
    if (id.startsWith('diffusers_ddim')) {
      expectClose(
        ddimStep({ from, to, x: xt, x0Hat, eta: params.eta, z }),
        numbers(values.prev_sample!),
        cancelling,
      );
    } else {
      const step = jumpStep(from, to);
      const variance = {
        kind: params.variance_type === 'fixed_small' ? 'fixed-small' : 'fixed-large',
      } as const;
      const moments = reverseMoments({ step, x: xt, output, kind, variance });
      expectClose(reverseSample(step, moments, z), numbers(values.prev_sample!), cancelling);
    }
  });

  it.each(cases(/^diffusers_velocity/))('$id', ({ params, values }) => {
    const kernel = chainKernel(tablesOf(params).alphasCumprod, params.t_index + 1);
    expectClose(target(parameterizations.get('v'), x0, eps, kernel), numbers(values.velocity!), tight);
    expectClose(
      x0.map((value, i) => kernel.alpha * value + kernel.sigma * eps[i]!),
      numbers(values.add_noise!),
      tight,
    );
  });
});

/** The tables as the reference keeps them, rounded to float32, by which 1 − ᾱ_1 errs by 2e-4. */
const float32Tables = (tables: ChainTables): ChainTables => ({
  ...tables,
  betas: tables.betas.map(Math.fround),
  alphasCumprod: tables.alphasCumprod.map(Math.fround),
});

it.each(cases(/^tiny_/))('$id, in float32', ({ params, values }) => {
  const float32 = { relative: 1e-5, absolute: 1e-5 };
  const step = chainStep(float32Tables(tablesOf({ ...params, schedule: 'linear' })), params.t);
  const variance = { kind: 'fixed-small' } as const;
  const moments = reverseMoments({ step, x: xt, output: eps, kind: parameterizations.get('eps'), variance });
  expectClose(moments.x0Hat, numbers(values.x0!), float32);
  expectClose([moments.variance[0]!], [values.variance as number], float32);
  expectClose(reverseSample(step, moments, z), numbers(values.step!), float32);
  expectClose(
    x0.map((value, i) => step.from.alpha * value + step.from.sigma * eps[i]!),
    numbers(values.add_noise!),
    float32,
  );
});
