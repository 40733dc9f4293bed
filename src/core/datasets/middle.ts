import type { Standardization, Vector } from '../types.ts';
import { momentsOf } from './sampleDensity.ts';

/** Half of what is left out of the middle, at either end of an axis. */
const TAIL = 0.005;
/** With fewer points, none is left out. */
const MIN_POINTS = 20;
/** Tails are heavy where they make the standard deviation this many times that of the middle. */
const HEAVY = 1.6;

/** The middle 99 % of each axis. */
export interface Middle {
  readonly low: readonly [number, number];
  readonly high: readonly [number, number];
  /** Whether far points make the spread what it is. */
  readonly heavy: boolean;
  /** Mean, and variance 1 averaged over the axes, of all points; with heavy tails, of those in the middle. */
  readonly standardization: Standardization;
}

/**
 * Where the middle 99 % of a sample lie.
 * @param points [n][2], at least one
 * @param all the moments of all points, where they are known
 */
export function middleOf(points: Vector, all: ReturnType<typeof momentsOf>): Middle {
  const [x, y] = [0, 1].map((axis) => axisRanges(points, axis as 0 | 1).middle) as [Range, Range];
  const low = [x[0], y[0]] as const;
  const high = [x[1], y[1]] as const;
  const inside: number[] = [];
  for (let i = 0; i < points.length / 2; i++) {
    if (isInside(points[2 * i]!, points[2 * i + 1]!, low, high)) inside.push(i);
  }
  const middle = inside.length === 0 ? all : momentsOf(points, Uint32Array.from(inside));
  const heavy = scaleOf(all) > HEAVY * scaleOf(middle) && scaleOf(middle) > 0;
  const { mean } = heavy ? middle : all;
  return { low, high, heavy, standardization: { centre: mean, scale: scaleOf(heavy ? middle : all) } };
}

/** Whether a point is in the middle of both axes. */
export const isInside = (
  x: number,
  y: number,
  low: readonly [number, number],
  high: readonly [number, number],
): boolean => x >= low[0] && x <= high[0] && y >= low[1] && y <= high[1];

export type Range = readonly [low: number, high: number];

/** Where all points lie along an axis, and where the middle 99 % do. @param points [n][2], at least one */
export function axisRanges(points: Vector, axis: 0 | 1): { readonly whole: Range; readonly middle: Range } {
  const n = points.length / 2;
  const sorted = Float64Array.from({ length: n }, (_, i) => points[2 * i + axis]!).sort();
  const k = n < MIN_POINTS ? 0 : Math.max(1, Math.floor(TAIL * n));
  return { whole: [sorted[0]!, sorted[n - 1]!], middle: [sorted[k]!, sorted[n - 1 - k]!] };
}

const scaleOf = ({ covariance: [xx, , yy] }: ReturnType<typeof momentsOf>) => Math.sqrt((xx + yy) / 2);
