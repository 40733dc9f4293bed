import { exactLogDensity } from '../exact.ts';
import type { InPieces } from '../inPieces.ts';
import type { Dataset, Density, Rng, Vector } from '../types.ts';
import { type Measured, proportion } from './measured.ts';
import { type NeighbourTree, neighbourTree } from './neighbourTree.ts';

/** Share of true draws that count as strays. */
const TAIL = 0.01;
/** True draws by which the limit is set: the share of all true draws beyond it is then TAIL within 0.0007. */
const N_CALIBRATION = 20_000;
/** True points that a sample may be near to, and others that say how near true ones are (TAIL within 0.0007). */
const N_REFERENCE = 40_000;
const N_OTHERS = 20_000;
/** Points between two pauses. */
const PIECE = 2000;
const CLEAN = { alpha: 1, sigma: 0 };

/** Tells samples that lie where the data are not. */
export interface StrayTest {
  /** By the exact density, or by the distance to the nearest true point. */
  readonly by: 'density' | 'neighbours';
  /** The share of true draws that count as strays. */
  readonly perfect: number;
  /** @param points [n][2], data units @returns [n] 1 for a stray, as every point is that is not finite */
  mark(points: Vector): Uint8Array;
}

/** Share of the samples that are strays; its error is binomial. @param samples [n][2], data units, at least one */
export function strays(samples: Vector, test: StrayTest): Measured {
  const count = test.mark(samples).reduce((sum, stray) => sum + stray, 0);
  return proportion(count, samples.length / 2, test.perfect);
}

/**
 * The test for a data set. By its exact density where that thins out towards the edge: ln p below the first percentile of
 * true draws. Otherwise by neighbours: farther from the nearest of 40 000 true points than 99 % of 20 000 others are. Of a set
 * of given points the reference is the points themselves, beside their distances from each other.
 */
export function* strayTest(dataset: Dataset, noise: number, rng: Rng): InPieces<StrayTest> {
  if (dataset.rows) return yield* givenPointsTest(dataset, dataset.rows.points, noise, rng);
  const density = dataset.density(noise);
  if (density.every(({ kind }) => kind === 'gaussian')) {
    const draws = dataset.sample(N_CALIBRATION, rng.fork('draws'), noise);
    return yield* densityTest(density, draws);
  }
  const reference = dataset.sample(N_REFERENCE, rng.fork('reference'), noise);
  const others = dataset.sample(N_OTHERS, rng.fork('others'), noise);
  return yield* neighbourTest(reference, others);
}

/** ln p(x) below the first percentile of that of the draws. @param draws [n][2] of the density */
export function* densityTest(density: Density, draws: Vector): InPieces<StrayTest> {
  const logs = new Float64Array(draws.length / 2);
  for (let from = 0; from < logs.length; from += PIECE) {
    logs.set(exactLogDensity(density, CLEAN, draws.subarray(2 * from, 2 * (from + PIECE))), from);
    yield;
  }
  const limit = logs.sort()[Math.floor(TAIL * logs.length)]!;
  return {
    by: 'density',
    perfect: TAIL,
    // A density that is not a number is below no limit.
    mark: (points) =>
      Uint8Array.from(exactLogDensity(density, CLEAN, points), (log) => (log >= limit ? 0 : 1)),
  };
}

/** Farther from the nearest reference point than 99 % of the others. @param reference, others [n][2], independent draws */
export function* neighbourTest(reference: Vector, others: Vector): InPieces<StrayTest> {
  const tree = neighbourTree(reference);
  yield;
  const squares = yield* nearestTo(tree, others);
  return testWithin(tree, quantile(squares, 1 - TAIL), TAIL);
}

/**
 * The limit is the larger of two: how far the points are from each other, since more points of the same distribution would be
 * so far from these; and how far draws of the data set are from them, since those are what is learned.
 */
function* givenPointsTest(dataset: Dataset, points: Vector, noise: number, rng: Rng): InPieces<StrayTest> {
  const distinct = withoutRepeats(points);
  const tree = neighbourTree(distinct);
  yield;
  const draws = dataset.sample(N_OTHERS, rng.fork('draws'), noise);
  const ofDraws = yield* nearestTo(tree, draws);
  const ofPoints = yield* nearestTo(tree, distinct, true);
  const between = distinct.length > 2 ? quantile(ofPoints, 1 - TAIL) : 0;
  const limit = Math.max(between, quantile(ofDraws, 1 - TAIL));
  const beyond = ofDraws.filter((square) => square > limit).length;
  return testWithin(tree, limit, beyond / ofDraws.length);
}

function testWithin(tree: NeighbourTree, limit: number, perfect: number): StrayTest {
  const nearest = new Float64Array(1);
  // A little more than the limit, so that what lies at it is found.
  const within = limit * (1 + 1e-9) + Number.MIN_VALUE;
  return {
    by: 'neighbours',
    perfect,
    mark: (points) =>
      Uint8Array.from({ length: points.length / 2 }, (_, i) => {
        tree.nearest(points[2 * i]!, points[2 * i + 1]!, nearest, -1, within);
        return nearest[0]! <= limit ? 0 : 1;
      }),
  };
}

/** Squared distance of each point to the nearest of the tree's. @param self whether they are the tree's own points */
function* nearestTo(tree: NeighbourTree, points: Vector, self = false): InPieces<Float64Array> {
  const squares = new Float64Array(points.length / 2);
  for (let i = 0; i < squares.length; i++) {
    tree.nearest(points[2 * i]!, points[2 * i + 1]!, squares.subarray(i, i + 1), self ? i : -1);
    if (i % PIECE === PIECE - 1) yield;
  }
  return squares;
}

/** The least value that a share q of the values does not exceed. */
function quantile(values: Float64Array, q: number): number {
  return values.toSorted()[Math.max(0, Math.ceil(q * values.length) - 1)]!;
}

function withoutRepeats(points: Vector): Vector {
  const seen = new Map<string, readonly [number, number]>();
  for (let i = 0; i < points.length; i += 2)
    seen.set(`${points[i]} ${points[i + 1]}`, [points[i]!, points[i + 1]!]);
  return Float64Array.from([...seen.values()].flat());
}
