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

/** Share of a level's vectors that are no longer than its brightest. */
const QUANTILE = 0.95;

const brightestOfLevels = new WeakMap<Field, Float64Array>();

/**
 * The length that is drawn brightest at t: nearly the longest of the field there. It moves with t, since the score
 * near the data is a hundred times that of the noise and one scale for both would show only one; the legend says it.
 */
export function brightestAt(field: Field, t: number): number {
  let levels = brightestOfLevels.get(field);
  if (levels === undefined) {
    levels = Float64Array.from(field.times, (_, level) => quantileOfLevel(field, level));
    brightestOfLevels.set(field, levels);
  }
  const { before, after, weight } = bracketAt(field.times, t);
  return levels[before]! + weight * (levels[after]! - levels[before]!);
}

/** 1 for a field that is nowhere positive, so that there is always a scale. */
function quantileOfLevel({ values, resolution }: Field, level: number): number {
  const count = resolution * resolution;
  const lengths = Float64Array.from({ length: count }, (_, i) => {
    const k = 2 * (level * count + i);
    return Math.hypot(values[k]!, values[k + 1]!);
  })
    .filter((length) => length > 0 && Number.isFinite(length))
    .sort();
  return lengths[Math.floor(QUANTILE * (lengths.length - 1))] ?? 1;
}

/** Where a length lies on the colour scale, 0…1. */
export function onScale(length: number, brightest: number): number {
  return length > 0 ? Math.min(1, length / brightest) : 0;
}
