import type { Field } from '../protocol/protocol.ts';
import { bracketAt } from './frames.ts';
import { scratchBuffer } from './scratch.ts';
import type { StageScene } from './types.ts';

/** A field at one time: [resolution (y)][resolution (x)][components]. Borrowed buffer. */
export interface FieldSlice {
  readonly resolution: number;
  readonly centre: readonly [number, number];
  readonly halfWidth: number;
  readonly values: Float32Array;
}

/** A field of vectors at one time, and the length that has the brightest colour, 1/data unit; length 0 has the darkest. */
export interface ShownField {
  readonly slice: FieldSlice;
  readonly brightest: number;
}

/** The field between its two recorded levels around t. */
export function fieldAt(field: Field, t: number, name: string): FieldSlice {
  const { resolution, centre, halfWidth, values: levels, times, components } = field;
  const length = components * resolution * resolution;
  const { before, after, weight } = bracketAt(times, t);
  // What the buffer holds beyond is another field's.
  const values = scratchBuffer(`field ${name}`, length).subarray(0, length);
  for (let k = 0; k < length; k++) {
    const start = levels[before * length + k]!;
    values[k] = start + weight * (levels[after * length + k]! - start);
  }
  return { resolution, centre, halfWidth, values };
}

/** The learned and the exact field of a scene, as far as they have arrived. */
export function fieldsOf(
  { recordings }: Pick<StageScene, 'recordings'>,
  components: Field['components'],
): { readonly learned: Field | null; readonly exact: Field | null } {
  const fields = recordings.filter(
    (recording) => recording?.kind === 'field' && recording.components === components,
  ) as readonly Field[];
  return {
    learned: fields.find(({ source }) => source !== 'exact') ?? null,
    exact: fields.find(({ source }) => source === 'exact') ?? null,
  };
}

export function comparable(a: Field, b: Field): boolean {
  return (
    a.resolution === b.resolution &&
    a.centre[0] === b.centre[0] &&
    a.centre[1] === b.centre[1] &&
    a.halfWidth === b.halfWidth &&
    a.components === b.components
  );
}

/** learned − exact at one time; the exact one stays as it is. */
export function errorAt(learned: Field, exact: Field, t: number): FieldSlice {
  const slice = fieldAt(learned, t, 'learned');
  const truth = fieldAt(exact, t, 'exact');
  for (let k = 0; k < slice.values.length; k++) slice.values[k]! -= truth.values[k]!;
  return slice;
}

/** The lengths between which a field of vectors is coloured, 1/data unit. */
export interface LengthScale {
  readonly low: number;
  readonly high: number;
}

/** Shares of a level's vectors that are no longer than the ends of its scale. */
const [SHORT, LONG] = [0.04, 0.96];
/** Lengths that differ by more are all long, or all short. */
const MOST_DECADES = 3;

const scalesOfLevels = new WeakMap<Field, readonly LengthScale[]>();

/**
 * Where nearly all lengths of a field lie at t. The ends move with t, since the score near the data is a hundred times that of the
 * noise and one scale for both would show only one; the legend says them.
 */
export function scaleAt(field: Field, t: number): LengthScale {
  const levels =
    scalesOfLevels.get(field) ?? Array.from(field.times, (_, level) => scaleOfLevel(field, level));
  scalesOfLevels.set(field, levels);
  const { before, after, weight } = bracketAt(field.times, t);
  const between = (end: 'low' | 'high') =>
    levels[before]![end] ** (1 - weight) * levels[after]![end] ** weight;
  return { low: between('low'), high: between('high') };
}

/** One decade up to 1 for a field that is nowhere positive, so that there is always a scale. */
function scaleOfLevel({ values, resolution }: Field, level: number): LengthScale {
  const count = resolution * resolution;
  const lengths = Float64Array.from({ length: count }, (_, i) => {
    const k = 2 * (level * count + i);
    return Math.hypot(values[k]!, values[k + 1]!);
  })
    .filter((length) => length > 0 && Number.isFinite(length))
    .sort();
  const quantile = (share: number) => lengths[Math.floor(share * (lengths.length - 1))];
  const high = quantile(LONG) ?? 1;
  const low = Math.max(quantile(SHORT) ?? 0.1, high / 10 ** MOST_DECADES);
  return { low: Math.min(low, high / 2), high };
}

/** Where a length lies on a scale from 0, 0…1. */
export function onScale(length: number, brightest: number): number {
  return length > 0 ? Math.min(1, length / brightest) : 0;
}

/** Where a length lies on a logarithmic scale, 0…1. */
export function onLogScale(length: number, { low, high }: LengthScale): number {
  return length > low ? Math.min(1, Math.log(length / low) / Math.log(high / low)) : 0;
}
