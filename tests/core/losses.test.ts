import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainTables } from '../../src/core/chain.ts';
import { gaussianKl } from '../../src/core/gaussianKl.ts';
import { continuousDecoder, type Decoder, discretisedDecoder } from '../../src/core/likelihood/decoder.ts';
import { updateEma } from '../../src/core/losses/ema.ts';
import { sinusoidalEmbedding, timestepEmbedding } from '../../src/core/losses/embeddings.ts';
import {
  denoisingScoreMatching,
  implicitScoreMatching,
  numericDivergence,
  slicedScoreMatching,
} from '../../src/core/losses/scoreMatching.ts';
import { type LossKind, trainingLosses } from '../../src/core/losses/training.ts';
import { parameterizations } from '../../src/core/parameterizations/index.ts';
import { target } from '../../src/core/parameterizations/output.ts';
import { chainStep } from '../../src/core/posterior.ts';
import { processes } from '../../src/core/processes/index.ts';
import type { ReverseVariance } from '../../src/core/reverseStep.ts';
import { createRng } from '../../src/core/rng.ts';
import { schedules } from '../../src/core/schedules/index.ts';
import type { Vector } from '../../src/core/types.ts';
import { expectClose, flat, goldenCases, goldenFile, type Points } from './golden.ts';

const { inputs } = goldenFile<{ inputs: Record<string, Points> }>('training');
const [x0, xt, eps, v] = ['x_start', 'x_t', 'eps', 'v'].map((name) => flat(inputs[name]!)) as [
  Vector,
  Vector,
  Vector,
  Vector,
];
const mean = (values: ArrayLike<number>) =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
const normals = (n: number, seed: number): Vector => {
  const rng = createRng(seed);
  return Float64Array.from({ length: 2 * n }, () => rng.normal());
};

describe('training losses', () => {
  const KINDS: Readonly<Record<string, string>> = { EPSILON: 'eps', START_X: 'x0', PREVIOUS_X: 'mu' };
  const VARIANCES: Readonly<Record<string, ReverseVariance>> = {
    FIXED_SMALL: { kind: 'fixed-small' },
    FIXED_LARGE: { kind: 'fixed-large' },
    LEARNED_RANGE: { kind: 'learned-range', v },
  };
  type Losses = Readonly<Record<'loss' | 'mse' | 'vb', readonly number[] | undefined>>;
  interface Params {
    readonly schedule: string;
    readonly T: number;
    readonly t: number;
  }
  const picture: Decoder = discretisedDecoder({ low: -1, high: 1, values: 256 }, 'tanh');
  const cases = goldenCases<Params, Record<string, Losses>>('training', (id) =>
    id.startsWith('training_losses'),
  );

  const combinations = cases.flatMap(({ id, params, values }) =>
    Object.entries(values).map(([name, losses]) => ({ id, name, params, losses })),
  );
  it.each(combinations)('$id $name', ({ name, params, losses }) => {
    const [, mean_type, var_type, loss] =
      /^(EPSILON|START_X|PREVIOUS_X)_(FIXED_SMALL|FIXED_LARGE|LEARNED_RANGE)_(\w+)$/.exec(name)!;
    const betas = schedules.get('cosine').betas(params.T, { rescale: false });
    const actual = trainingLosses({
      step: chainStep(chainTables(betas), params.t),
      kind: parameterizations.get(KINDS[mean_type!]!),
      output: xt.map((value) => 0.3 * value - 0.1),
      x0,
      eps,
      variance: VARIANCES[var_type!]!,
      loss: loss!.toLowerCase().replace('_', '-') as LossKind,
      nSteps: params.T,
      decoder: picture,
    });
    // KLs of nearly equal Gaussians cancel in the reference.
    const tolerance = { relative: 1e-9, absolute: 1e-12 };
    expectClose(actual.loss, losses.loss!, tolerance);
    if (losses.mse) expectClose(actual.mse!, losses.mse, { relative: 1e-12, absolute: 1e-12 });
    if (losses.vb) expectClose(actual.vb!, losses.vb, tolerance);
  });

  it('vanish for a perfect answer, whatever was asked', () => {
    const betas = schedules.get('linear').betas(50, { rescale: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 50 }),
        fc.constantFrom(...parameterizations.entries),
        (t, kind) => {
          const step = chainStep(chainTables(betas), t);
          const output = target(kind, x0, eps, step.from, step.to);
          for (const loss of ['mse', 'kl'] as const) {
            const variance = { kind: 'fixed-small' } as const;
            const given = {
              step,
              kind,
              output,
              x0,
              eps,
              variance,
              loss,
              nSteps: 50,
              decoder: continuousDecoder,
            };
            for (const value of trainingLosses(given).loss) expect(Math.abs(value)).toBeLessThan(1e-9);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('refuse arrays of different lengths and T = 0', () => {
    const step = chainStep(chainTables(Float64Array.of(0.1, 0.2)), 2);
    const kind = parameterizations.get('eps');
    const variance = { kind: 'fixed-small' } as const;
    const given = {
      step,
      kind,
      output: eps,
      x0,
      eps,
      variance,
      loss: 'kl',
      nSteps: 2,
      decoder: continuousDecoder,
    } as const;
    expect(() => trainingLosses({ ...given, eps: new Float64Array(2) })).toThrow(/one length/);
    expect(() => trainingLosses({ ...given, nSteps: 0 })).toThrow(/whole number from 1/);
  });

  it('KL of Gaussians is 0 only between equals, and that of the textbook', () => {
    expect(gaussianKl(0, -1, -1)).toBe(0);
    const [m1, s1, m2, s2] = [0.2, 0.5, -0.4, 1.5];
    const textbook = Math.log(s2 / s1) + (s1 ** 2 + (m1 - m2) ** 2) / (2 * s2 ** 2) - 0.5;
    expect(gaussianKl((m1 - m2) ** 2, 2 * Math.log(s1), 2 * Math.log(s2))).toBeCloseTo(textbook, 12);
  });
});

describe('denoising score matching', () => {
  interface Params {
    readonly kind: 'vp' | 'subvp' | 've';
    readonly u: readonly number[];
    readonly likelihood_weighting: boolean;
    readonly eps: number;
  }
  const cases = goldenCases<Params, { loss: number }>('training', (id) => id.startsWith('sde_loss'));
  const z = flat(inputs.z!);
  const linear = (x: Vector) => x.map((value) => -0.4 * value);

  it.each(cases)('$id', ({ params, values }) => {
    const process = processes.get(params.kind === 'subvp' ? 'sub-vp' : params.kind).build();
    const times = Float64Array.from(params.u, (u) => u * (1 - params.eps) + params.eps);
    const options = { likelihoodWeighting: params.likelihood_weighting };
    const losses = denoisingScoreMatching(process, linear, x0, times, z, options);
    expectClose([mean(losses)], [values.loss], { relative: 1e-12 });
  });

  it('with the likelihood weight is λ = g² times the plain score error', () => {
    const process = processes.get('vp').build();
    const times = new Float64Array(8).fill(0.3);
    const { sigma } = process.kernel(0.3);
    const [plain, weighted] = [false, true].map((likelihoodWeighting) =>
      denoisingScoreMatching(process, linear, x0, times, z, { likelihoodWeighting }),
    );
    const factor = process.diffusion2(0.3) / sigma ** 2;
    expectClose(
      weighted!,
      plain!.map((value) => value * factor),
      { relative: 1e-12 },
    );
  });

  it('vanishes for the score of the kernel itself', () => {
    const process = processes.get('sub-vp').build();
    const times = Float64Array.from({ length: 8 }, (_, i) => (i + 1) / 8);
    const exact = (x: Vector, at: Float64Array) =>
      x.map((value, i) => {
        const { alpha, sigma } = process.kernel(at[i >> 1]!);
        return -(value - alpha * x0[i]!) / sigma ** 2;
      });
    for (const loss of denoisingScoreMatching(process, exact, x0, times, z)) expect(loss).toBeLessThan(1e-18);
  });

  it('refuses t = 0 of a process that has no noise there, and missing times', () => {
    const process = processes.get('vp').build();
    expect(() => denoisingScoreMatching(process, linear, x0, new Float64Array(8), z)).toThrow(/needs noise/);
    expect(() => denoisingScoreMatching(process, linear, x0, new Float64Array(3), z)).toThrow(
      /half as many times/,
    );
  });
});

describe('implicit and sliced score matching', () => {
  /** A score that is no gradient, with a Jacobian that varies. */
  const score = (x: Vector): Vector =>
    x.map((value, i) => (i % 2 === 0 ? Math.sin(value) * x[i + 1]! : value ** 2 - 0.5 * x[i - 1]! ** 3));
  const divergence = (x: Vector) =>
    Float64Array.from(
      { length: x.length / 2 },
      (_, k) => Math.cos(x[2 * k]!) * x[2 * k + 1]! + 2 * x[2 * k + 1]!,
    );

  it('finds the divergence by differences', () => {
    const x = normals(40, 1);
    expectClose(numericDivergence(score, x), divergence(x), { absolute: 1e-8, relative: 1e-8 });
    expectClose(implicitScoreMatching(score, x), implicitScoreMatching(score, x, divergence), {
      absolute: 1e-7,
    });
  });

  it.each([true, false])(
    'averages over (±1, 1) to the implicit loss, variance reduced: %s',
    (varianceReduced) => {
      const x = normals(40, 2);
      const along = (sign: number) =>
        slicedScoreMatching(
          score,
          x,
          x.map((_, i) => (i % 2 === 0 ? sign : 1)),
          { varianceReduced },
        );
      const [a, b] = [along(1), along(-1)];
      const average = a.map((value, k) => (value + b[k]!) / 2);
      expectClose(average, implicitScoreMatching(score, x, divergence), { absolute: 1e-7 });
    },
  );

  it('differ from the explicit loss by what does not depend on the model (Hyvärinen, Theorem 1)', () => {
    // Data N(0, s²I), true score −x/s², model −a·x: E[½a²|x|² − 2a] against ½E|s − s*|² − ½E|s*|².
    const [n, std] = [40_000, 1.3];
    const x = normals(n, 3).map((value) => std * value);
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 2, noNaN: true }), (a) => {
        const losses = implicitScoreMatching(
          (at) => at.map((value) => -a * value),
          x,
          () => new Float64Array(n).fill(-2 * a),
        );
        const explicit = (a - 1 / std ** 2) ** 2 * std ** 2;
        const constant = 1 / std ** 2;
        expect(Math.abs(mean(losses) - (explicit - constant))).toBeLessThan(
          (4 * a ** 2 * std ** 2) / Math.sqrt(n),
        );
      }),
      { numRuns: 5 },
    );
  });

  it('refuse directions of another number, and a step of 0', () => {
    expect(() => slicedScoreMatching(score, new Float64Array(4), new Float64Array(2))).toThrow(/2 of v/);
    expect(() => numericDivergence(score, new Float64Array(2), 0)).toThrow(/step of differences/);
  });
});

describe('embeddings of time', () => {
  interface Params {
    readonly t: readonly number[];
    readonly dim: number;
    readonly max_period: number;
  }
  interface Values {
    readonly improved_diffusion: readonly (readonly number[])[];
    readonly tiny_diffusion: readonly (readonly number[])[];
  }
  it.each(goldenCases<Params, Values>('training', (id) => id.startsWith('embedding')))(
    '$id',
    ({ params, values }) => {
      const tolerance = { relative: 1e-12, absolute: 1e-12 };
      expectClose(
        timestepEmbedding(params.t, params.dim, params.max_period),
        values.improved_diffusion.flat(),
        tolerance,
      );
      expectClose(sinusoidalEmbedding(params.t, params.dim), values.tiny_diffusion.flat(), tolerance);
    },
  );

  it('pads an odd size with 0, and refuses sizes that have no frequencies', () => {
    expect(timestepEmbedding([3], 5)[4]).toBe(0);
    expect(() => timestepEmbedding([3], 1)).toThrow(/from 2 to/);
    expect(() => sinusoidalEmbedding([3], 5)).toThrow(/Half the size/);
  });
});

describe('the moving average', () => {
  interface Params {
    readonly parameters_over_time: readonly (readonly number[])[];
    readonly rates: readonly number[];
  }
  type Averages = Readonly<Record<string, readonly (readonly number[])[]>>;
  it.each(goldenCases<Params, Averages>('training', (id) => id.startsWith('ema')))(
    '$id',
    ({ params, values }) => {
      for (const rate of params.rates) {
        const average = Float64Array.from(params.parameters_over_time[0]!);
        params.parameters_over_time.forEach((parameters, k) => {
          if (k > 0) updateEma(average, parameters, rate);
          expectClose(average, values[`rate_${rate}`]![k]!, { relative: 1e-12, absolute: 1e-15 });
        });
      }
    },
  );

  it('refuses a rate above 1 and another number of parameters', () => {
    expect(() => updateEma(new Float64Array(2), [1, 2], 1.1)).toThrow(/from 0 to 1/);
    expect(() => updateEma(new Float64Array(2), [1], 0.9)).toThrow(/2 numbers/);
  });
});
