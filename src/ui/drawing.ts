import { snapCoordinate } from '../experiment/pointsCodec.ts';
import { thinEvenly } from '../experiment/thinEvenly.ts';
import { clamp } from './sliderScale.ts';

/** A drawing: interleaved x₀,y₀,x₁,y₁,… in data units, within ±DRAWING_EXTENT. */
export type Points = readonly number[];
export type Position = readonly [x: number, y: number];

/** Half the side of the square that is drawn on, data units. */
export const DRAWING_EXTENT = 4;

export interface Brush {
  /** Radius within which points are scattered about the stroke, data units. */
  readonly size: number;
  /** Points per data unit of stroke length. */
  readonly density: number;
}

/** A stroke in progress: where the hand is, and how far it has come since the last point was due. */
export interface StrokeTip {
  readonly at: Position;
  readonly sinceLast: number;
}

/** Uniform on [0,1). */
export type Uniform = () => number;

/** What a touch of the brush leaves before it moves: one point, more for a wide and dense brush. */
export function dab(at: Position, brush: Brush, uniform: Uniform): number[] {
  const nPoints = 1 + Math.floor(2 * brush.size * brush.density);
  return Array.from({ length: nPoints }, () => scatter(at, brush.size, uniform)).flat();
}

/**
 * The points due between the tip and `to`: one each 1/density of length, whatever the number of events
 * that reported the way, each scattered uniformly over the disc of the brush.
 */
export function sprayTo(tip: StrokeTip, to: Position, brush: Brush, uniform: Uniform) {
  const length = Math.hypot(to[0] - tip.at[0], to[1] - tip.at[1]);
  const spacing = 1 / brush.density;
  const points: number[] = [];
  let due = spacing - tip.sinceLast;
  for (; due <= length; due += spacing) {
    const part = length === 0 ? 0 : due / length;
    const on = [tip.at[0] + part * (to[0] - tip.at[0]), tip.at[1] + part * (to[1] - tip.at[1])] as const;
    points.push(...scatter(on, brush.size, uniform));
  }
  return { tip: { at: to, sinceLast: length - (due - spacing) } satisfies StrokeTip, points };
}

/** Uniform on the disc of `radius` about `centre`, kept inside the square and on the grid of what a link stores. */
function scatter(centre: Position, radius: number, uniform: Uniform): [number, number] {
  const r = radius * Math.sqrt(uniform());
  const angle = 2 * Math.PI * uniform();
  const settle = (value: number) => snapCoordinate(clamp(value, -DRAWING_EXTENT, DRAWING_EXTENT));
  return [settle(centre[0] + r * Math.cos(angle)), settle(centre[1] + r * Math.sin(angle))];
}

/** The drawing with a stroke added; over the cap all of it is thinned evenly. */
export function addStroke(points: Points, stroke: Points, maxPoints: number): Points {
  return thinEvenly([...points, ...stroke], maxPoints);
}

/** The drawing without the points within `radius` of `at`; the same array when none was. */
export function eraseAt(points: Points, at: Position, radius: number): Points {
  const kept: number[] = [];
  for (let i = 0; i < points.length; i += 2) {
    const [x, y] = [points[i]!, points[i + 1]!];
    if (Math.hypot(x - at[0], y - at[1]) > radius) kept.push(x, y);
  }
  return kept.length === points.length ? points : kept;
}

/** Erases along the way from one position to another, without gaps where the hand was quick. */
export function eraseAlong(points: Points, from: Position, to: Position, radius: number): Points {
  const nSteps = Math.max(1, Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) / (radius / 2)));
  let left = points;
  for (let i = 0; i <= nSteps; i++) {
    const part = i / nSteps;
    left = eraseAt(left, [from[0] + part * (to[0] - from[0]), from[1] + part * (to[1] - from[1])], radius);
  }
  return left;
}

/** “412 of 1 000 points” */
export function countText(points: Points, maxPoints: number): string {
  return `${(points.length / 2).toLocaleString('en')} of ${maxPoints.toLocaleString('en')} points`;
}

export function samePoints(a: Points, b: Points): boolean {
  return a === b || (a.length === b.length && a.every((value, i) => value === b[i]));
}
