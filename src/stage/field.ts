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

/** Ends of a logarithmic colour scale, 1/data unit; low > 0. */
export interface FieldRange {
  readonly low: number;
  readonly high: number;
}

/** A field at one time and the scale it is coloured with. */
export interface ShownField {
  readonly slice: FieldSlice;
  readonly range: FieldRange;
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

/** The next number below (or above) of the form 1, 2 or 5 times a power of ten: scales that hold still. */
export function roundScale(value: number, direction: 'down' | 'up'): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const steps = [1, 2, 5, 10].map((step) => step * power);
  const tolerance = 1e-9 * power;
  return direction === 'down'
    ? steps.findLast((step) => step <= value + tolerance)!
    : steps.find((step) => step >= value - tolerance)!;
}

const ranges = new WeakMap<ScoreField, FieldRange>();

/**
 * One scale for all times of a field: from its 5 % to its 99 % quantile of |score|, rounded outwards, at most four
 * decades. Fixed over t, so that a brighter colour always is a longer vector.
 */
export function fieldRange(field: ScoreField): FieldRange {
  const known = ranges.get(field);
  if (known !== undefined) return known;
  const count = field.score.length / 2;
  const stride = Math.max(1, Math.floor(count / 4096));
  const lengths: number[] = [];
  for (let k = 0; k < count; k += stride) {
    const length = Math.hypot(field.score[2 * k]!, field.score[2 * k + 1]!);
    if (length > 0 && Number.isFinite(length)) lengths.push(length);
  }
  lengths.sort((a, b) => a - b);
  const high = roundScale(lengths[Math.floor(0.99 * (lengths.length - 1))] ?? 1, 'up');
  const low = roundScale(
    Math.max(lengths[Math.floor(0.05 * (lengths.length - 1))] ?? high / 100, high / 1e4),
    'down',
  );
  const range = { low: low < high ? low : high / 10, high };
  ranges.set(field, range);
  return range;
}

/** Where a length lies on a logarithmic scale, 0…1. */
export function onScale(length: number, range: FieldRange): number {
  if (!(length > range.low)) return 0;
  return Math.min(1, Math.log(length / range.low) / Math.log(range.high / range.low));
}
