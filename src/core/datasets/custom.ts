import type { Dataset, LabelledPoints, Vector } from '../types.ts';
import { defineDataset } from './defineDataset.ts';
import { middleOf } from './middle.ts';
import { momentsOf, sampleDensity } from './sampleDensity.ts';

/** What is seen in it, within a sentence. */
export const CUSTOM_SHAPE = 'your points';

/** How far a drawn point is from its row, in standard deviations of the whole set. */
const JITTER = 0.02;

/** Classes of a sample: what they are called, and which each point is of. */
export interface SampleClasses {
  readonly names: readonly string[];
  /** [n] 0…C−1; every class has a point. */
  readonly labels: ArrayLike<number>;
}

/**
 * Points that a person drew or uploaded: a sample, whose rows are the training set as they are. Fresh points are rows
 * drawn with replacement with Gaussian jitter of 2 % of the set's standard deviation (of one unit where there is none;
 * of that of its middle where far points would make it that of a few). The density: see `sampleDensity`.
 * @param points [n][2] data units, at least one; copied
 * @throws RangeError when there is no point or one is not finite
 */
export function customDataset(points: Vector, classes: SampleClasses | null = null): Dataset {
  requirePairs(points);
  const rows: LabelledPoints = {
    points: points.slice(),
    labels: Uint8Array.from({ length: points.length / 2 }, (_, i) => classes?.labels[i] ?? 0),
  };
  const everyRow = Uint32Array.from(rows.labels, (_, i) => i);
  const all = momentsOf(rows.points, everyRow);
  const { standardization, heavy, low, high } = middleOf(rows.points, all);
  const std = JITTER * (standardization.scale > 0 ? standardization.scale : 1);
  const units = standardization.scale > 0 ? { ...standardization } : { ...standardization, scale: std };
  const n = rows.labels.length;
  const partOf = (y: number) => {
    const members = everyRow.filter((i) => rows.labels[i] === y);
    return sampleDensity(rows.points, members, std, members.length / n);
  };
  const names = classes?.names ?? [];
  const parts = once(() => names.map((_, y) => partOf(y)));
  const density = once(() => (names.length > 0 ? parts().flat() : sampleDensity(rows.points, everyRow, std)));
  const dataset = defineDataset({
    id: 'custom',
    label: 'My points',
    summary: 'Points that you drew or uploaded.',
    shape: CUSTOM_SHAPE,
    noisy: false,
    point(rng) {
      const i = rng.integer(n);
      const x = rows.points[2 * i]! + std * rng.normal();
      return [x, rows.points[2 * i + 1]! + std * rng.normal(), rows.labels[i]!];
    },
    density,
    ...(names.length > 0 && { classes: { names, parts } }),
  });
  return { ...dataset, rows, units, ...(heavy && { middle: { low, high } }) };
}

/** Sorting a hundred thousand points takes a while, and the page asks often. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function requirePairs(points: Vector): void {
  if (points.length === 0 || points.length % 2 !== 0) {
    throw new RangeError(
      `A data set needs points as x, y pairs, at least one; got ${points.length} numbers.`,
    );
  }
  if (!points.every(Number.isFinite))
    throw new RangeError('Every coordinate of a data set must be a finite number.');
}
