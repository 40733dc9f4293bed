import { describe, expect, it } from 'vitest';
import { arraySpace } from '../../src/core/arraySpace.ts';
import { brownianPath } from '../../src/core/brownianPath.ts';
import { datasets } from '../../src/core/datasets/index.ts';
import { exactDenoiser } from '../../src/core/exact.ts';
import { discreteChain } from '../../src/core/processes/discreteChain.ts';
import { edm } from '../../src/core/processes/edm.ts';
import { ve } from '../../src/core/processes/ve.ts';
import { createRng } from '../../src/core/rng.ts';
import { noiseKeyOf, sample } from '../../src/core/sample.ts';
import { samplers } from '../../src/core/samplers/index.ts';
import { schedules } from '../../src/core/schedules/index.ts';
import { timeGrids } from '../../src/core/timeGrids/index.ts';
import { linear } from '../../src/core/timeGrids/linear.ts';
import type { ForwardProcess, NoiseTerm, ReverseNoise, Vector } from '../../src/core/types.ts';
import { straight } from './samplerFixtures.ts';

const chain = (id: string, nChain: number) =>
  discreteChain(schedules.get(id).betas(nChain, { rescale: true }));

type Terms = readonly NoiseTerm[];

/** Covariance of two sums of independent standard normals. */
function covariance(a: Terms, b: Terms): number {
  const coefs = new Map(a.map(([coef, key]) => [key, coef]));
  return b.reduce((sum, [coef, key]) => sum + coef * (coefs.get(key) ?? 0), 0);
}

/** The noise of every step but the last, which has none where σ(0) = 0. */
const stepsOf = (noise: ReverseNoise, times: readonly number[]): Terms[] =>
  times.slice(1, -1).map((s, k) => noise(times[k]!, s));

const PROCESSES: Readonly<Record<string, ForwardProcess>> = {
  linear: chain('linear', 40),
  cosine: chain('cosine', 40),
  edm: edm.build(),
  ve: ve.build(),
  // No signal at t = 1, no noise at t = 0.
  straight,
};
const CASES = Object.keys(PROCESSES).flatMap((process) =>
  timeGrids.entries.flatMap(({ id }) => [1, 2, 7, 13, 40].map((nSteps) => [process, id, nSteps] as const)),
);

describe('the increments of a path', () => {
  it.each(CASES)('%s, %s, %i steps: standard normal and independent', (id, grid, nSteps) => {
    const process = PROCESSES[id]!;
    const times = timeGrids.get(grid).times(process, nSteps, 40, { tau: [3, 11, 12, 39] });
    const steps = stepsOf(brownianPath(process, 40, times), times);
    for (const [i, step] of steps.entries()) {
      expect(covariance(step, step)).toBeCloseTo(1, 9);
      expect(new Set(step.map(([, key]) => key)).size).toBe(step.length);
      for (const other of steps.slice(0, i)) expect(Math.abs(covariance(step, other))).toBeLessThan(1e-9);
    }
  });

  it('are the noise of their ends on every step of the chain', () => {
    const times = linear.times(straight, 40, 40);
    const noise = brownianPath(chain('linear', 40), 40, times);
    expect(stepsOf(noise, times)).toEqual(times.slice(1, -1).map((_, k) => [[1, 39 - k]]));
    expect(noise(times.at(-2)!, 0)).toEqual([[1, 0]]);
  });

  it('are sums of those of a finer path, by the clock α²/σ²', () => {
    const process = chain('cosine', 40);
    const clock = (t: number) => (process.kernel(t).alpha / process.kernel(t).sigma) ** 2;
    const between = (t: number, s: number) => clock(s) - clock(t);
    const fine = linear.times(process, 40, 40);
    const [finer, coarser] = [fine, linear.times(process, 7, 40)].map((times) =>
      brownianPath(process, 40, times),
    );
    const [t, s] = [34 / 40, 29 / 40];
    for (const [k, begin] of fine.slice(0, -2).entries()) {
      const end = fine[k + 1]!;
      const within = begin <= t && end >= s;
      const expected = within ? Math.sqrt(between(begin, end) / between(t, s)) : 0;
      expect(covariance(coarser!(t, s), finer!(begin, end))).toBeCloseTo(expected, 9);
    }
  });

  it('between nodes are nearly those of any other path there', () => {
    const process = chain('linear', 40);
    const grid = timeGrids.get('log-snr');
    const [few, more] = [8, 40].map((nSteps) => grid.times(process, nSteps, 40));
    const [t, s] = [few![3]!, few![4]!];
    const near = (time: number) => more!.reduce((a, b) => (Math.abs(b - time) < Math.abs(a - time) ? b : a));
    const coarse = brownianPath(process, 40, few!)(t, s);
    const other = brownianPath(process, 40, [1, t, s, (s + few![5]!) / 2, 0])(t, s);
    expect(covariance(coarse, other)).toBeGreaterThan(0.98);
    expect(covariance(coarse, brownianPath(process, 40, more!)(near(t), near(s)))).toBeGreaterThan(0.6);
  });

  it('take few terms where steps are short, and one for each step of the chain where they are long', () => {
    const process = chain('linear', 1000);
    const times = timeGrids.get('log-snr').times(process, 50, 1000);
    const noise = brownianPath(process, 1000, times);
    for (const [k, terms] of stepsOf(noise, times).entries()) {
      expect(terms.length).toBeLessThan(1000 * (times[k]! - times[k + 1]!) + 2 * 18);
    }
  });
});

describe('samplers on one path', () => {
  const T = 1000;
  const process = chain('linear', T);
  const denoise = exactDenoiser(datasets.get('eight-gaussians').density(1), process);
  const n = 60;
  const rng = createRng(3);
  const start = Float64Array.from({ length: 2 * n }, () => rng.normal());
  const endOf = (id: string, nSteps: number): Vector => {
    const times = linear.times(process, nSteps, T);
    const context = {
      space: arraySpace(createRng(7)),
      process,
      denoise,
      options: { eta: 1, variance: 'beta-tilde' } as const,
      reverseNoise: brownianPath(process, T, times),
      noiseKey: noiseKeyOf(T),
    };
    return [...sample(samplers.get(id), context, times, start)].at(-1)!.x;
  };
  const distance = (a: Vector, b: Vector): number => {
    let sum = 0;
    for (let i = 0; i < 2 * n; i += 2) sum += Math.hypot(a[i]! - b[i]!, a[i + 1]! - b[i + 1]!);
    return sum / n;
  };

  it.each(['ddpm', 'ddim', 'euler-maruyama', 'reverse-diffusion', 'dpm-solver-pp-2m-sde'])(
    '%s: the distance falls by √2 or more as the steps double',
    (id) => {
      const ends = [125, 250, 500, 1000].map((nSteps) => endOf(id, nSteps));
      const [first, , last] = ends.slice(1).map((end, k) => distance(ends[k]!, end));
      expect(first).toBeLessThan(0.3);
      // Over two doublings: one alone scatters with so few points.
      expect(first! / last!).toBeGreaterThan(2);
    },
  );

  it('all come to the same place', () => {
    const [first, ...others] = [
      'ddpm',
      'ddim',
      'euler-maruyama',
      'reverse-diffusion',
      'dpm-solver-pp-2m-sde',
    ];
    const end = endOf(first!, 1000);
    for (const id of others) expect(distance(endOf(id, 1000), end)).toBeLessThan(0.1);
  });
});
