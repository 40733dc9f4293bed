import { describe, expect, it } from 'vitest';
import { arraySpace } from '../../src/core/arraySpace.ts';
import { distillationTarget, studentSteps, studentTimes } from '../../src/core/distillation.ts';
import { discreteChain } from '../../src/core/processes/discreteChain.ts';
import { createRng } from '../../src/core/rng.ts';
import { sample } from '../../src/core/sample.ts';
import { ddim } from '../../src/core/samplers/ddim.ts';
import { schedules } from '../../src/core/schedules/index.ts';
import { linear } from '../../src/core/timeGrids/linear.ts';
import type { Denoiser, ForwardProcess, Vector } from '../../src/core/types.ts';

const space = arraySpace(createRng(1));
const chain = discreteChain(schedules.get('linear').betas(200, { rescale: true }));
/** α = 1, σ = 80t: no end in plain noise of unit variance. */
const exploding: ForwardProcess = {
  kernel: (t) => ({ alpha: 1, sigma: 80 * t }),
  drift: () => 0,
  diffusion2: () => 0,
};

/** Data N(m, s²I). */
const MEAN = 0.7;
const VARIANCE = 0.3;

/** E[x₀|z_t] − m = gain·(z_t − αm) */
function gain(process: ForwardProcess, t: number): number {
  const { alpha, sigma } = process.kernel(t);
  return (alpha * VARIANCE) / (alpha ** 2 * VARIANCE + sigma ** 2);
}

const exactAnswer =
  (process: ForwardProcess): Denoiser<Vector> =>
  (z, t) => {
    const { alpha } = process.kernel(t);
    return z.map((value) => MEAN + gain(process, t) * (value - alpha * MEAN));
  };

/** One step of DDIM takes z_t − α_t m to this times z_s − α_s m. */
function shrinkage(process: ForwardProcess, t: number, s: number): number {
  const [from, to] = [process.kernel(t), process.kernel(s)];
  const g = gain(process, t);
  return to.alpha * g + (to.sigma / from.sigma) * (1 - from.alpha * g);
}

function ends(
  process: ForwardProcess,
  denoise: Denoiser<Vector>,
  times: readonly number[],
  x: Vector,
): Vector {
  const options = { eta: 0, variance: 'beta-tilde' } as const;
  const context = { space, process, denoise, options, noiseKey: () => 0 };
  return Array.from(sample(ddim, context, times, x)).at(-1)!.x;
}

function expectEqual(found: Vector, expected: Vector): void {
  expect(found).toHaveLength(expected.length);
  for (const [i, value] of found.entries()) expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-12);
}

describe.each([
  ['the chain', chain],
  ['a process that explodes', exploding],
] as const)('distillation on %s', (_, process) => {
  const teacher = exactAnswer(process);
  const times = linear.times(process, 16, 200);
  const z = Float64Array.of(-1.3, 0.2, 2.4, 0.9).map((value) => process.kernel(1).sigma * value);

  it('has the target of Algorithm 2 in closed form where the data are Gaussian', () => {
    for (const step of studentSteps(times)) {
      const [from, to] = [process.kernel(step.t), process.kernel(step.end)];
      const noised = z.map((value) => (from.sigma / process.kernel(1).sigma) * value);
      const both = shrinkage(process, step.t, step.middle) * shrinkage(process, step.middle, step.end);
      const ratio = to.sigma / from.sigma;
      const slope = (both - ratio) / (to.alpha - ratio * from.alpha);
      const expected = noised.map((value) => MEAN + slope * (value - from.alpha * MEAN));
      expectEqual(distillationTarget({ space, process, denoise: teacher }, noised, step), expected);
    }
  });

  it('makes students whose every step ends where two of their teacher’s do, down to one step', () => {
    const end = ends(process, teacher, times, z);
    let [denoise, own] = [teacher, times as readonly number[]];
    for (const nSteps of [8, 4, 2, 1]) {
      const steps = new Map(studentSteps(own).map((step) => [step.t, step]));
      const of = denoise;
      denoise = (x, t) => distillationTarget({ space, process, denoise: of }, x, steps.get(t)!);
      own = studentTimes(own);
      expect(own).toHaveLength(nSteps + 1);
      expectEqual(ends(process, denoise, own, z), end);
    }
    expect(own).toEqual([1, 0]);
    // Which the teacher itself misses by far.
    expect(Math.abs(ends(process, teacher, [1, 0], z)[0]! - end[0]!)).toBeGreaterThan(0.05);
  });
});

it('needs steps in pairs', () => {
  expect(() => studentSteps([1, 0])).toThrow('A teacher of 1 steps has no student: its steps must be pairs.');
  expect(() => studentSteps([1, 0.6, 0.3, 0])).toThrow(/3 steps/);
});
