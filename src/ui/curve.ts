import { clamp } from './sliderScale.ts';

/** A point of a falling curve on the unit square. */
export interface CurvePoint {
  readonly t: number;
  readonly value: number;
}

/** From (0, 1), which stays, to t = 1: the times rise and the values fall, each by at least `unit`. */
export type Curve = readonly CurvePoint[];

/**
 * A point moved as far as its neighbours let it; the last one stays at t = 1.
 * @param unit the lattice of all coordinates, and the least distance of neighbours
 */
export function movePoint(curve: Curve, index: number, to: CurvePoint, unit: number): Curve {
  const before = curve[index - 1];
  if (before === undefined || curve[index] === undefined) return curve;
  const after = curve[index + 1];
  const t = after ? clamp(snap(to.t, unit), snap(before.t + unit, unit), snap(after.t - unit, unit)) : 1;
  const lowest = after ? after.value + unit : unit;
  const value = clamp(snap(to.value, unit), snap(lowest, unit), snap(before.value - unit, unit));
  return curve.with(index, { t, value });
}

/**
 * The curve with a point more, pulled between its neighbours; the same curve where there is no room.
 * @returns the curve, and the index of the new point
 */
export function addPoint(
  curve: Curve,
  at: CurvePoint,
  unit: number,
): { readonly curve: Curve; readonly index: number } | null {
  const t = snap(at.t, unit);
  const index = curve.findIndex((point) => point.t >= t);
  const [before, after] = [curve[index - 1], curve[index]];
  if (!before || !after) return null;
  const room = (gap: number) => gap > 1.5 * unit;
  if (!room(after.t - before.t) || !room(before.value - after.value)) return null;
  return { curve: movePoint(curve.toSpliced(index, 0, at), index, at, unit), index };
}

/** The curve without a point; the ends stay. */
export function removePoint(curve: Curve, index: number): Curve {
  return index > 0 && index < curve.length - 1 ? curve.toSpliced(index, 1) : curve;
}

/** The middle of the widest gap in time. */
export function widestGap(curve: Curve): number {
  const gaps = curve.slice(1).map((point, k) => point.t - curve[k]!.t);
  const k = gaps.indexOf(Math.max(...gaps));
  return curve[k]!.t + gaps[k]! / 2;
}

/** On the lattice, without the dust of 3·0.1. */
const snap = (value: number, unit: number) => Number((Math.round(value / unit) * unit).toPrecision(12));
