import type { ScoreField } from '../engine/protocol.ts';
import { bracketAt } from './frames.ts';
import { scratchBuffer } from './scratch.ts';

/** A vector field at one time: [resolution (y)][resolution (x)][2], units 1/data unit. Borrowed buffer. */
export interface FieldSlice {
  readonly resolution: number;
  readonly low: number;
  readonly high: number;
  readonly vectors: Float32Array;
}

/** A field at one time, and the length that has the brightest colour, 1/data unit; length 0 has the darkest. */
export interface ShownField {
  readonly slice: FieldSlice;
  readonly brightest: number;
}

/** The field between its two recorded levels around t. */
export function fieldAt(field: ScoreField, t: number, name: string): FieldSlice {
  const { resolution, low, high, score, times } = field;
  const length = 2 * resolution * resolution;
  const { before, after, weight } = bracketAt(times, t);
  const vectors = scratchBuffer(`field ${name}`, length);
  for (let k = 0; k < length; k++) {
    const start = score[before * length + k]!;
    vectors[k] = start + weight * (score[after * length + k]! - start);
  }
  return { resolution, low, high, vectors };
}

export function comparable(a: ScoreField, b: ScoreField): boolean {
  return a.resolution === b.resolution && a.low === b.low && a.high === b.high;
}

/** learned − exact at one time. */
export function errorAt(learned: ScoreField, exact: ScoreField, t: number): FieldSlice {
  const slice = fieldAt(learned, t, 'learned');
  const truth = fieldAt(exact, t, 'exact');
  const length = 2 * slice.resolution ** 2;
  for (let k = 0; k < length; k++) slice.vectors[k]! -= truth.vectors[k]!;
  return slice;
}

/** Share of a level's vectors that are no longer than its brightest. */
const QUANTILE = 0.95;

const brightestOfLevels = new WeakMap<ScoreField, Float64Array>();

/**
 * The length that is drawn brightest at t: nearly the longest of the field there. It moves with t, since the score
 * near the data is a hundred times that of the noise and one scale for both would show only one; the legend says it.
 */
export function brightestAt(field: ScoreField, t: number): number {
  let levels = brightestOfLevels.get(field);
  if (levels === undefined) {
    levels = Float64Array.from(field.times, (_, level) => quantileOfLevel(field, level));
    brightestOfLevels.set(field, levels);
  }
  const { before, after, weight } = bracketAt(field.times, t);
  return levels[before]! + weight * (levels[after]! - levels[before]!);
}

/** 1 for a field that is nowhere positive, so that there is always a scale. */
function quantileOfLevel({ score, resolution }: ScoreField, level: number): number {
  const count = resolution * resolution;
  const lengths = Float64Array.from({ length: count }, (_, i) => {
    const k = 2 * (level * count + i);
    return Math.hypot(score[k]!, score[k + 1]!);
  })
    .filter((length) => length > 0 && Number.isFinite(length))
    .sort();
  return lengths[Math.floor(QUANTILE * (lengths.length - 1))] ?? 1;
}

/** Where a length lies on the colour scale, 0…1. */
export function onScale(length: number, brightest: number): number {
  return length > 0 ? Math.min(1, length / brightest) : 0;
}
