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
import type { Vector } from '../../src/core/types.ts';

const N_POINTS = 1000;

interface Usual {
  readonly nSteps: number;
  readonly timeGrid: string;
}

/** What each sampler is used with: solvers of high order few steps, first order more, SDEs the chain's thousand. */
export const usual: Readonly<Record<string, Usual>> = {
  ddpm: { nSteps: 1000, timeGrid: 'linear' },
  ddim: { nSteps: 100, timeGrid: 'quadratic' },
  euler: { nSteps: 100, timeGrid: 'quadratic' },
  'probability-flow': { nSteps: 1000, timeGrid: 'linear' },
  heun: { nSteps: 30, timeGrid: 'karras' },
  'dpm-solver-1': { nSteps: 100, timeGrid: 'quadratic' },
  'dpm-solver-2': { nSteps: 25, timeGrid: 'log-snr' },
  'dpm-solver-pp-2m': { nSteps: 25, timeGrid: 'quadratic' },
  unipc: { nSteps: 25, timeGrid: 'quadratic' },
  'dpm-solver-pp-2m-sde': { nSteps: 50, timeGrid: 'quadratic' },
  'euler-maruyama': { nSteps: 1000, timeGrid: 'linear' },
  'reverse-diffusion': { nSteps: 1000, timeGrid: 'linear' },
  'predictor-corrector': { nSteps: 500, timeGrid: 'linear' },
  'annealed-langevin': { nSteps: 300, timeGrid: 'log-snr' },
};

export const datasetIds = datasets.entries.map(({ id }) => id);

/** Mean distance of generated draws to true ones over that of true draws to each other, on the chain of DDPM, T = 1000. */
export function reach(samplerId: string, datasetId: string, nDraws: number): number {
  const dataset = datasets.get(datasetId);
  const density = dataset.density(1);
  const units = standardization(density);
  const process = discreteChain(schedules.get('linear').betas(1000, { rescale: true }));
  const sampler = samplers.get(samplerId);
  const { nSteps, timeGrid } = usual[samplerId]!;
  const times = samplingTimes({ sampler, timeGrid: timeGrids.get(timeGrid), process, nSteps, nChain: 1000 });
  const rng = createRng(11);
  const noise = rng.fork('noise');
  const context = {
    space: arraySpace(noise),
    process,
    denoise: exactDenoiser(scaledDensity(units, density), process),
    options: { eta: 0, variance: 'beta-tilde' as const },
    noiseKey: noiseKeyOf(1000),
  };
  const start = Float64Array.from({ length: 2 * N_POINTS * nDraws }, () => rng.normal());
  let end: Vector = start;
  for (const { x } of sample(sampler, context, times, start)) end = x;
  const points = toData(units, end);
  const generated = Array.from({ length: nDraws }, (_, i) =>
    points.slice(2 * N_POINTS * i, 2 * N_POINTS * (i + 1)),
  );
  const truths = Array.from({ length: nDraws }, (_, i) => dataset.sample(N_POINTS, createRng(100 + i), 1));
  const between = pairs(truths, truths, true);
  return pairs(generated, truths, false) / between;
}

function pairs(a: readonly Vector[], b: readonly Vector[], distinct: boolean): number {
  const distances = a.flatMap((x, i) =>
    b.flatMap((y, j) => (distinct && j <= i ? [] : [slicedWasserstein2(x, y)])),
  );
  return distances.reduce((sum, value) => sum + value, 0) / distances.length;
}
