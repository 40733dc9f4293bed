import { allAtOnce, type InPieces, shared } from '../../core/inPieces.ts';
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
} from '../../core/metrics/index.ts';
import { createRng } from '../../core/rng.ts';
import type { Dataset, Vector } from '../../core/types.ts';
import { freshData, type Target } from './experiment.ts';

/** Samples in a draw, and true points that it is compared with. */
export const DRAW_SIZE = 2000;
/** Pairs of true draws that say what sliced W2 is at best, within 5 %. */
const N_PAIRS = 32;
/** So many are a beginning. */
const FEW_PAIRS = 3;
/** Seeds of the true draws, far from those that a person picks. */
const FRESH_SEED = 7_340_033;

/** How good samples are. */
export interface Quality {
  /** How many were looked at. */
  readonly samples: number;
  /** Sliced Wasserstein-2 to as many true points, the mean over draws, data units: blind to a few points that are far off. */
  readonly slicedW2: Measured;
  /** Share of the samples that lie where the data are not. */
  readonly strays: Measured;
  /** Share of the true points in whose neighbourhood there are no samples. */
  readonly missed: Measured;
}

/** What samples are held against, as far as it is known. */
export interface Standard {
  /** Points in a draw. */
  readonly size: number;
  readonly strayTest: StrayTest;
  /** Sliced W2 between independent true draws, data units; three at least. */
  readonly distances: readonly number[];
}

/** What is known of true draws of a data set, at one noise. */
interface TrueDraws {
  readonly noise: number;
  readonly strayTest: () => InPieces<StrayTest>;
  /** By size. */
  readonly standards: Map<number, () => Generator<Standard | undefined, Standard, void>>;
}

/** Of each data set that of the noise that was asked for last: neither changes with the model. */
const trueDraws = new WeakMap<Dataset, TrueDraws>();

function trueDrawsOf({ dataset, noise }: Target): TrueDraws {
  const last = trueDraws.get(dataset);
  if (last?.noise === noise) return last;
  const test = strayTest(dataset, noise, createRng(FRESH_SEED).fork('strays'));
  const next: TrueDraws = { noise, strayTest: shared(test), standards: new Map() };
  trueDraws.set(dataset, next);
  return next;
}

/**
 * Measures the standard, a few ten milliseconds at a time; yields it as soon as there are three pairs of true draws, and again
 * with every pair. Whoever asks for the same one carries the same measurement on.
 * @param size points in a draw
 */
export function measureStandard(
  target: Target,
  size = DRAW_SIZE,
): Generator<Standard | undefined, Standard, void> {
  const { standards, strayTest } = trueDrawsOf(target);
  const standard = standards.get(size) ?? shared(measurePairs(target, size, strayTest()));
  standards.set(size, standard);
  return standard();
}

function* measurePairs(
  target: Target,
  size: number,
  work: InPieces<StrayTest>,
): Generator<Standard | undefined, Standard, void> {
  const distances: number[] = [];
  const strayTest = yield* work;
  const soFar = (): Standard => ({ size, strayTest, distances: [...distances] });
  for (let k = 0; k < N_PAIRS; k++) {
    const [a, b] = [2 * k, 2 * k + 1].map((i) => freshData(target, size, FRESH_SEED + i));
    distances.push(slicedWasserstein2(a!, b!));
    yield distances.length < FEW_PAIRS ? undefined : soFar();
  }
  return soFar();
}

/** True points for a draw, data units; other ones for every draw, and than the standard takes. */
export function truePoints(target: Target, draw: number, size = DRAW_SIZE): Vector {
  return freshData(target, size, FRESH_SEED + 2 * N_PAIRS + draw);
}

/** What is found out about one draw of samples. */
export interface DrawnQuality {
  readonly samples: number;
  readonly distance: number;
  readonly strays: Measured;
  readonly missed: Measured;
}

/** Sliced W2 of a draw; Infinity where a sample is not finite. */
export function distanceOfDraw(samples: Vector, truth: Vector): number {
  return samples.every(Number.isFinite) ? slicedWasserstein2(samples, truth) : Number.POSITIVE_INFINITY;
}

/**
 * Looks at the samples of one draw; those that are not finite are strays.
 * @param samples, truth [n][2] each, data units
 * @param distance theirs, where it is known already
 */
export function lookAtDraw(
  samples: Vector,
  truth: Vector,
  { strayTest }: Standard,
  distance = distanceOfDraw(samples, truth),
): DrawnQuality {
  const found = { strays: strays(samples, strayTest), missed: missed(truth, samples) };
  return { samples: samples.length / 2, distance, ...found };
}

/** As many draws as these say as much of the scatter as the true ones do. */
const PRIOR_DRAWS = 8;

/** The quality of one model by its draws. @param draws at least one, of the standard's size */
export function qualityOfDraws(draws: readonly DrawnQuality[], { distances }: Standard): Quality {
  const far = draws.map(({ distance }) => distance);
  return {
    samples: draws.reduce((sum, { samples }) => sum + samples, 0),
    slicedW2: {
      value: mean(far),
      error: scatter(far, distances) / Math.sqrt(far.length),
      perfect: mean(distances),
    },
    strays: pooled(draws.map((draw) => draw.strays)),
    missed: pooled(draws.map((draw) => draw.missed)),
  };
}

/** Standard deviation of a draw's distance: that of true draws, until there are draws enough to say their own. */
function scatter(distances: readonly number[], ofTruth: readonly number[]): number {
  const own = distances.length > 1 ? standardDeviation(distances) ** 2 : 0;
  const freedom = distances.length - 1;
  return Math.sqrt((PRIOR_DRAWS * standardDeviation(ofTruth) ** 2 + freedom * own) / (PRIOR_DRAWS + freedom));
}

/** The whole standard, without a pause. */
export const standardOf = (target: Target): Standard => allAtOnce(measureStandard(target));

/**
 * How good samples are, without a pause: in draws of 2 000, each against true points of its own.
 * @param samples [n][2], data units; n at least 2 000, what is beyond whole thousands of two is not looked at
 * @param draw number of the first draw, so that no two models need be held against the same true points
 * @throws RangeError on fewer samples than a draw has
 */
export function qualityOf(samples: ArrayLike<number>, target: Target, draw = 0): Quality {
  const standard = standardOf(target);
  const count = Math.floor(samples.length / (2 * DRAW_SIZE));
  if (count === 0) throw new RangeError(`Quality needs at least ${DRAW_SIZE} samples.`);
  const all = Float64Array.from(samples);
  const draws = Array.from({ length: count }, (_, k) => {
    const some = all.subarray(2 * DRAW_SIZE * k, 2 * DRAW_SIZE * (k + 1));
    return lookAtDraw(some, truePoints(target, draw + k), standard);
  });
  return qualityOfDraws(draws, standard);
}
