import type { Dataset, Density, DensityComponent, Vector } from '../types.ts';
import { weightedMoments } from './curveDensity.ts';
import { defineDataset } from './defineDataset.ts';

/** Jitter of a drawn or uploaded point, in standard deviations of the whole set. */
const JITTER = 0.02;

/** More points than this are gathered into as many groups for the density, which is evaluated live. */
const MAX_COMPONENTS = 400;

type Point = readonly [number, number];

/**
 * Points that a person drew or uploaded, drawn with replacement, with Gaussian jitter of 2 % of the set's standard
 * deviation (of one unit when all points are equal). The density is exact up to 400 points; larger sets are halved
 * along their longer side into 400 groups of neighbours, each the Gaussian of its own mean and covariance.
 * @param points [n][2] data units, at least one; copied
 * @throws RangeError when there is no point or one is not finite
 */
export function customDataset(points: Vector): Dataset {
  const list = pairs(points);
  const spread = weightedMoments(list.map((at) => ({ mass: 1, at }))).covariance;
  const scale = Math.sqrt((spread[0] + spread[2]) / 2);
  const std = JITTER * (scale > 0 ? scale : 1);
  return defineDataset({
    points: points.slice(),
    id: 'custom',
    label: 'My points',
    summary: 'Points that you drew or uploaded.',
    noisy: true,
    point(rng, noise) {
      const [x, y] = list[rng.integer(list.length)]!;
      return [x + std * noise * rng.normal(), y + std * noise * rng.normal()];
    },
    density: (noise) => groupedDensity(list, std * noise),
  });
}

function pairs(points: Vector): readonly Point[] {
  if (points.length === 0 || points.length % 2 !== 0) {
    throw new RangeError(
      `A data set needs points as x, y pairs, at least one; got ${points.length} numbers.`,
    );
  }
  if (!points.every(Number.isFinite))
    throw new RangeError('Every coordinate of a data set must be a finite number.');
  return Array.from({ length: points.length / 2 }, (_, i): Point => [points[2 * i]!, points[2 * i + 1]!]);
}

function groupedDensity(list: readonly Point[], std: number): Density {
  return groups(list, Math.min(list.length, MAX_COMPONENTS)).map((group): DensityComponent => {
    const { mean, covariance } = weightedMoments(group.map((at) => ({ mass: 1, at })));
    const [xx, xy, yy] = covariance;
    return {
      kind: 'gaussian',
      weight: group.length / list.length,
      mean,
      covariance: [xx + std ** 2, xy, yy + std ** 2],
    };
  });
}

/** Splits points into `count` groups of neighbours of about equal size. */
function groups(list: readonly Point[], count: number): readonly (readonly Point[])[] {
  if (count === 1) return [list];
  const axis = extent(list, 0) >= extent(list, 1) ? 0 : 1;
  const sorted = list.toSorted((p, q) => p[axis] - q[axis]);
  const lowerCount = Math.floor(count / 2);
  const cut = Math.round((sorted.length * lowerCount) / count);
  return [...groups(sorted.slice(0, cut), lowerCount), ...groups(sorted.slice(cut), count - lowerCount)];
}

function extent(list: readonly Point[], axis: 0 | 1): number {
  let low = Infinity;
  let high = -Infinity;
  for (const point of list) {
    low = Math.min(low, point[axis]);
    high = Math.max(high, point[axis]);
  }
  return high - low;
}
