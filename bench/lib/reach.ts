import { arraySpace } from '../../src/core/arraySpace.ts';
import { exactDenoiser } from '../../src/core/exact.ts';
import { slicedWasserstein2 } from '../../src/core/metrics/index.ts';
import { discreteChain } from '../../src/core/processes/discreteChain.ts';
import { createRng } from '../../src/core/rng.ts';
import { noiseKeyOf, sample, samplingTimes } from '../../src/core/sample.ts';
import { schedules } from '../../src/core/schedules/index.ts';
import { scaledDensity, standardization, toData } from '../../src/core/standardize.ts';
import { timeGrids } from '../../src/core/timeGrids/index.ts';
import type { Dataset, Sampler, Vector } from '../../src/core/types.ts';

/** The size of draws between which distances are asked for. */
const SIZE = 1000;
const N_PAIRS = 40;
const N_REFERENCE = 40_000;
const N_PROJECTIONS = 16;
const N_CHAIN = 1000;

/** Samples with the exact denoiser at the sampler's usual steps, on the chain of DDPM with T = 1000, data units. */
function generate(sampler: Sampler, dataset: Dataset, n: number): Vector {
  const density = dataset.density(1);
  const units = standardization(density);
  const process = discreteChain(schedules.get('linear').betas(N_CHAIN, { rescale: true }));
  const { nSteps, timeGrid } = sampler.usual;
  const grid = timeGrids.get(timeGrid);
  const times = samplingTimes({ sampler, timeGrid: grid, process, nSteps, nChain: N_CHAIN });
  const rng = createRng(11);
  const context = {
    space: arraySpace(rng.fork('noise')),
    process,
    denoise: exactDenoiser(scaledDensity(units, density), process),
    options: { eta: 0, variance: 'beta-tilde' as const },
    noiseKey: noiseKeyOf(N_CHAIN),
  };
  let end: Vector = Float64Array.from({ length: 2 * n }, () => rng.normal());
  for (const { x } of sample(sampler, context, times, end)) end = x;
  return toData(units, end);
}

const truth = (dataset: Dataset, n: number, seed: number) => dataset.sample(n, createRng(seed), 1);

const squared = (a: Vector, b: Vector) => slicedWasserstein2(a, b, N_PROJECTIONS) ** 2;

function mean(n: number, value: (i: number) => number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += value(i);
  return sum / n;
}

/** What of a data set's distances does not depend on the sampler. */
function trueDistances(dataset: Dataset, n: number) {
  const reference = truth(dataset, N_REFERENCE, 1);
  return {
    reference,
    /** Squared, of n true points to the reference. */
    own: mean(8, (i) => squared(truth(dataset, n, 1000 + i), reference)),
    /** Squared, of two true draws of SIZE points. */
    pair: mean(N_PAIRS, (i) =>
      squared(truth(dataset, SIZE, 2000 + 2 * i), truth(dataset, SIZE, 2001 + 2 * i)),
    ),
  };
}

const known = new Map<string, ReturnType<typeof trueDistances>>();

/**
 * How far draws of 1 000 samples are from true ones, over how far true ones are from each other (sliced W₂, root mean
 * square). A few such draws would say it within a third only. So what a sampler adds, D², is read off n samples at once
 * against 40 000 true points, where the distance that n true points have is taken off; then the ratio is √(1 + D²/F²)
 * with F² that of two true draws. Its standard error is about 125/n.
 */
export function reach(sampler: Sampler, dataset: Dataset, n: number): number {
  const key = `${dataset.id} ${n}`;
  const distances = known.get(key) ?? trueDistances(dataset, n);
  known.set(key, distances);
  const added = squared(generate(sampler, dataset, n), distances.reference) - distances.own;
  return Math.sqrt(Math.max(0, 1 + added / distances.pair));
}
