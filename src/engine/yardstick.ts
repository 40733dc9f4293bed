import { allAtOnce, type InPieces } from '../core/inPieces.ts';
import {
  type Measured,
  mean,
  missed,
  pooled,
  type StrayTest,
  slicedWasserstein2,
  standardDeviation,
  strays,
  strayTest,
} from '../core/metrics/index.ts';
import { createRng } from '../core/rng.ts';
import type { Vector } from '../core/types.ts';
import { type Experiment, freshData } from './experiment.ts';

/** Samples in a draw, and true points that it is compared with. */
export const DRAW_SIZE = 2000;
/** Pairs of true draws that say what sliced W2 is at best, within 5 %. */
const N_PAIRS = 32;
/** Seeds of the true draws, far from those that a person picks. */
const FRESH_SEED = 7_340_033;

/** How good samples are. */
export interface Quality {
  /** How many were looked at. */
  readonly samples: number;
  /** Sliced Wasserstein-2 to as many true points, draw by draw, data units: blind to a few points that are far off. */
  readonly slicedW2: Measured;
  /** Share of the samples that lie where the data are not. */
  readonly strays: Measured;
  /** Share of the true points in whose neighbourhood there are no samples. */
  readonly missed: Measured;
}

/** What samples of an experiment are held against. */
export interface Standard {
  /** Points in a draw. */
  readonly size: number;
  readonly strayTest: StrayTest;
  /** [32] sliced W2 between independent true draws. */
  readonly distances: readonly number[];
}

/** Measures the standard; pauses every few ten milliseconds. @param size points in a draw */
export function* measureStandard(experiment: Experiment, size = DRAW_SIZE): InPieces<Standard> {
  const test = yield* strayTestOf(experiment);
  const distances: number[] = [];
  for (let k = 0; k < N_PAIRS; k++) {
    const [a, b] = [2 * k, 2 * k + 1].map((i) => freshData(experiment, size, FRESH_SEED + i));
    distances.push(slicedWasserstein2(a!, b!));
    yield;
  }
  return { size, strayTest: test, distances };
}

const strayTests = new WeakMap<Experiment, StrayTest>();

function* strayTestOf(experiment: Experiment): InPieces<StrayTest> {
  const { dataset, noise } = experiment;
  const known = strayTests.get(experiment);
  if (known) return known;
  const test = yield* strayTest(dataset, noise, createRng(FRESH_SEED).fork('strays'));
  strayTests.set(experiment, test);
  return test;
}

/** True points for a draw, data units; other ones for every draw, and than the standard takes. */
export function truePoints(experiment: Experiment, draw: number, size = DRAW_SIZE): Vector {
  return freshData(experiment, size, FRESH_SEED + 2 * N_PAIRS + draw);
}

/**
 * How good the samples of one draw are.
 * @param samples, truth [standard.size][2], data units. Samples that are not finite are strays, and sliced W2 is then Infinity
 */
export function qualityOfDraw(samples: Vector, truth: Vector, standard: Standard): Quality {
  const finite = samples.every(Number.isFinite);
  return {
    samples: samples.length / 2,
    slicedW2: {
      value: finite ? slicedWasserstein2(samples, truth) : Number.POSITIVE_INFINITY,
      // One draw says nothing of its scatter: about that of true draws.
      error: standardDeviation(standard.distances),
      perfect: mean(standard.distances),
    },
    strays: strays(samples, standard.strayTest),
    missed: missed(truth, samples),
  };
}

/** The quality of one model by several draws. @param draws at least one */
export function pooledQuality(draws: readonly Quality[]): Quality {
  return {
    samples: draws.reduce((sum, { samples }) => sum + samples, 0),
    slicedW2: pooled(draws.map(({ slicedW2 }) => slicedW2)),
    strays: pooled(draws.map(({ strays }) => strays)),
    missed: pooled(draws.map((draw) => draw.missed)),
  };
}

const standards = new WeakMap<Experiment, Standard>();

/**
 * How good samples are, without a pause: in draws of 2 000, each against true points of its own. What true draws have is
 * measured at an experiment's first call.
 * @param samples [n][2], data units; n at least 2 000, what is beyond whole thousands of two is not looked at
 * @param draw number of the first draw, so that no two models need be held against the same true points
 * @throws RangeError on fewer samples than a draw has
 */
export function qualityOf(samples: ArrayLike<number>, experiment: Experiment, draw = 0): Quality {
  const standard = standards.get(experiment) ?? allAtOnce(measureStandard(experiment));
  standards.set(experiment, standard);
  const count = Math.floor(samples.length / (2 * DRAW_SIZE));
  if (count === 0) throw new RangeError(`Quality needs at least ${DRAW_SIZE} samples.`);
  const all = Float64Array.from(samples);
  return pooledQuality(
    Array.from({ length: count }, (_, k) => {
      const some = all.subarray(2 * DRAW_SIZE * k, 2 * DRAW_SIZE * (k + 1));
      return qualityOfDraw(some, truePoints(experiment, draw + k), standard);
    }),
  );
}
