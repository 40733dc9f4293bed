import { axisSpan, isInside } from '../../core/datasets/middle.ts';
import { POINTS_EXTENT } from '../pointsCodec.ts';
import { type Axis, type MissingCode, missingCodes } from './farPoints.ts';
import { PointsFileError } from './pointsFileError.ts';

/** Extents in data units below which a shape would be invisible on a stage about 8 wide. */
const MIN_EXTENT = 0.5;
/** Half the extent that a rescaled shape is given. */
const HALF_EXTENT = 3;
/** Data units: points beyond leave a network nothing else to learn. */
const TOO_FAR = 30_000;
/** One axis this many times longer than the other leaves a line of the shorter. */
const LOST = 6;

/** data units = (file − centre)·scale */
export interface Fit {
  readonly centre: readonly [number, number];
  readonly scale: readonly [number, number];
  /** Each axis by a scale of its own. */
  readonly apart: boolean;
  /** Where most points lie, in the file's units, when others are far from there; else null. */
  readonly middle: {
    readonly low: readonly [number, number];
    readonly high: readonly [number, number];
  } | null;
  /** Points outside the middle. */
  readonly outside: number;
  /** Values that seem to stand for missing numbers. */
  readonly codes: readonly MissingCode[];
}

/**
 * Centre and scale that bring points into the view; 1 where they are there already.
 * @param points [n][2] file's units
 * @param apart whether each axis has a scale of its own; null to let the points decide
 * @throws PointsFileError where the numbers are too large or too close for arithmetic
 */
export function fitToView(points: Float64Array, apart: boolean | null, fileName: string): Fit {
  const codes = missingCodes(points);
  const known = (axis: Axis) =>
    points.filter(
      (value, i) => (i & 1) === axis && !codes.some((code) => code.axis === axis && code.value === value),
    );
  const [x, y] = [axisSpan(known(0)), axisSpan(known(1))];
  const extents = [x.high - x.low, y.high - y.low] as const;
  const [shorter, longer] = extents[0] < extents[1] ? extents : ([extents[1], extents[0]] as const);
  const own = shorter > 0 && (apart ?? longer > LOST * shorter);
  const low = [x.low, y.low] as const;
  const high = [x.high, y.high] as const;
  const far = x.far || y.far || codes.length > 0;
  const middle = far ? { low, high } : null;
  const outside = far ? countOutside(points, low, high) : 0;
  const seen = [...low, ...high].every((value) => Math.abs(value) <= POINTS_EXTENT);
  if (seen && !own && longer >= MIN_EXTENT) {
    return { centre: [0, 0], scale: [1, 1], apart: false, middle, outside, codes };
  }
  const scale = extents.map((extent) => (2 * HALF_EXTENT) / (own ? extent : longer)) as [number, number];
  const centre = [x.low / 2 + x.high / 2, y.low / 2 + y.high / 2] as const;
  if (![...scale, ...centre].every(Number.isFinite) || scale.some((factor) => !(factor > 0))) {
    throw new PointsFileError(
      `${fileName}: the numbers lie too far apart or too close together to be scaled.`,
      'Give them in other units.',
    );
  }
  return { centre, scale, apart: own, middle, outside, codes };
}

/** @param points [n][2] file's units @returns [n][2] data units */
export function toDataUnits(points: Float64Array, { centre, scale }: Fit): Float64Array {
  return points.map((value, i) => (value - centre[(i & 1) as 0 | 1]) * scale[(i & 1) as 0 | 1]);
}

/** Whether some points are so far outside that nothing can be learned beside them. */
export const reachesTooFar = (points: Float64Array, fit: Fit): boolean =>
  fit.middle !== null && toDataUnits(points, fit).some((value) => Math.abs(value) > TOO_FAR);

/** The points in the middle of both axes, by index. */
export function insideMiddle(points: Float64Array, { low, high }: NonNullable<Fit['middle']>): Uint32Array {
  const all = Uint32Array.from({ length: points.length / 2 }, (_, i) => i);
  return all.filter((i) => isInside(points[2 * i]!, points[2 * i + 1]!, low, high));
}

const countOutside = (
  points: Float64Array,
  low: readonly [number, number],
  high: readonly [number, number],
) => points.length / 2 - insideMiddle(points, { low, high }).length;
