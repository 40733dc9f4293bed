import { describe, expect, it } from 'vitest';
import { discreteChain } from '../../src/core/processes/discreteChain.ts';
import { processes } from '../../src/core/processes/index.ts';
import { noiseKeyOf, sample, samplingTimes } from '../../src/core/sample.ts';
import { buildSampler, samplers } from '../../src/core/samplers/index.ts';
import { schedules } from '../../src/core/schedules/index.ts';
import { nearZeroTerminalSnr } from '../../src/core/schedules/zeroTerminalSnr.ts';
import { timeGrids } from '../../src/core/timeGrids/index.ts';
import type { ForwardProcess, Sampler, Space, TimeGrid } from '../../src/core/types.ts';

const N_CHAIN = 30;
/** Data are N(MEAN, STD²) in one dimension. */
const [MEAN, STD] = [0.5, 0.6];

/**
 * mean + Σ coefs[k]·z_k of independent standard normals z_k: samplers are affine where the denoiser is, so that the law of what they
 * draw is exact.
 */
interface Normal {
  readonly mean: number;
  readonly coefs: Float64Array;
}

/** More than any of the paths asks for, each of another key. */
const N_NORMALS = 256;
const START = Number.NaN;
const NOTHING: Normal = { mean: 0, coefs: new Float64Array(N_NORMALS) };

const spread = ({ coefs }: Normal) => Math.hypot(...coefs);

/** Noise of the same key is the same z. */
function newSpace(): Space<Normal> {
  const places = new Map<number, number>();
  return {
    combine(...terms) {
      const coefs = new Float64Array(N_NORMALS);
      let mean = 0;
      for (const [factor, x] of terms) {
        mean += factor * x.mean;
        for (let k = 0; k < N_NORMALS; k++) coefs[k]! += factor * x.coefs[k]!;
      }
      return { mean, coefs };
    },
    gaussian(_, key) {
      const place = places.get(key) ?? places.size;
      places.set(key, place);
      if (place >= N_NORMALS) throw new RangeError('More noise is asked for than there is room.');
      const coefs = new Float64Array(N_NORMALS);
      coefs[place] = 1;
      return { mean: 0, coefs };
    },
    threshold: (x) => x,
    scope: (body) => body(),
    release() {},
  };
}

/** E[x₀|x_t] of Gaussian data. */
const denoiserOf = (process: ForwardProcess, space: Space<Normal>) => (x: Normal, t: number) => {
  const { alpha, sigma } = process.kernel(t);
  const gain = (alpha * STD ** 2) / (alpha ** 2 * STD ** 2 + sigma ** 2);
  const at = space.combine([gain, x]);
  return { ...at, mean: at.mean + (1 - gain * alpha) * MEAN };
};

/**
 * W₂ between what S steps draw, begun at the exact p_1, and what they near: E[x₀|x_t] of the exact p_t at t = 1/T, since the step from
 * there is the last of any S; p_0 where that has noise; p_t of a sampler that stays.
 */
function error(sampler: Sampler, process: ForwardProcess, timeGrid: TimeGrid, nSteps: number): number {
  const built = buildSampler(sampler.id, {}, nSteps);
  const times = samplingTimes({ sampler: built, timeGrid, process, nSteps, nChain: N_CHAIN });
  const space = newSpace();
  const denoise = denoiserOf(process, space);
  const lawAt = (t: number): Normal => {
    const { alpha, sigma } = process.kernel(t);
    const start = space.combine([Math.hypot(alpha * STD, sigma), space.gaussian(NOTHING, START)]);
    return { ...start, mean: alpha * MEAN };
  };
  const context = {
    space,
    process,
    denoise,
    options: { eta: 0.5, variance: 'beta-tilde' as const },
    noiseKey: noiseKeyOf(N_CHAIN),
  };
  let end = lawAt(1);
  for (const { x } of sample(built, context, times, end)) end = x;
  const last = 1 / N_CHAIN;
  const near =
    sampler.fixedTime !== undefined
      ? lawAt(sampler.fixedTime)
      : process.kernel(0).sigma > 0
        ? lawAt(0)
        : denoise(lawAt(last), last);
  return Math.hypot(end.mean - near.mean, spread(end) - spread(near));
}

const betas = (id: string) => schedules.get(id).betas(N_CHAIN, { rescale: true });
const all: readonly (readonly [string, ForwardProcess])[] = [
  ...processes.entries.map(({ id, build }) => [id, build()] as const),
  ...['linear', 'cosine', 'jsd'].map((id) => [`chain of ${id}`, discreteChain(betas(id))] as const),
  ['zero terminal SNR', discreteChain(nearZeroTerminalSnr(betas('linear')))],
];

/** Those that may take more steps than the chain has. */
const finer = samplers.entries.filter(({ adaptive, wholeChain }) => !adaptive && !wholeChain);
/** Polyexponential is Log-SNR at its own ρ. */
const grids = timeGrids.entries.filter(({ id }) => id !== 'list' && id !== 'polyexponential');

/** Farther off than this with S = T, steps are too long for the sampler: explicit ones where a step of the chain has β = 0.999. */
const FAR = 0.1 * STD;
/** What 4000 samples could tell: the standard error of their spread. */
const CHANCE = STD / Math.sqrt(2 * 4000);

describe.each(finer)('sampler $id with S = 2T steps', (sampler) => {
  it.each(all)('is finite and no farther from what it nears than with S = T: %s', (_, process) => {
    for (const grid of sampler.fixedTime === undefined ? grids : grids.slice(0, 1)) {
      const [chain, double] = [N_CHAIN, 2 * N_CHAIN].map((n) => error(sampler, process, grid, n));
      expect(double, grid.id).toBeLessThan(Infinity);
      if (chain! < FAR) expect(double, grid.id).toBeLessThan(chain! + CHANCE);
    }
  });
});

it('is held to what it nears: S = T alone is seen to be farther', () => {
  const [, chain] = all.find(([name]) => name === 'chain of linear')!;
  const errors = [10, N_CHAIN, 2 * N_CHAIN].map((n) => error(samplers.get('ddim'), chain, grids[0]!, n));
  expect(errors[0]).toBeGreaterThan(errors[1]! + CHANCE);
  expect(errors[1]).toBeGreaterThan(1.5 * errors[2]!);
});
