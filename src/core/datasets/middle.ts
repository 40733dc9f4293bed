import type { Standardization, Vector } from '../types.ts';
import { momentsOf } from './sampleDensity.ts';

/** Tails are heavy where they make the standard deviation this many times that of the middle. */
const HEAVY_MOMENTS = 1.6;
/** With fewer values, none counts as far. */
const MIN_VALUES = 20;
/** The whole range is this many times that of the middle 99 % where single points are far out. */
const SINGLE = 3;
/**
 * The middle 99 % are this many times as wide as the middle 90 % where tails are heavy.
 * Uniform values have 1.1, a normal 1.6, an exponential 1.8; t with 2 degrees 3.4, a lognormal of σ = 1.5 4, Cauchy 10.
 */
const HEAVY = 2.5;
/** From here on the middle 99 % themselves hold points that are far out. */
const SPOILED = 30;

export type Range = readonly [low: number, high: number];

/** Where an axis should end. */
export interface Span {
  readonly low: number;
  readonly high: number;
  /** Whether points are far outside. */
  readonly far: boolean;
}

/** Where most values lie: all of them, the middle 99 %, or what is near the middle 90 %. At least one value. */
export function axisSpan(values: Float64Array): Span {
  const sorted = values.toSorted();
  const whole = withoutTails(sorted, 0);
  const middle = withoutTails(sorted, 0.005);
  const core = withoutTails(sorted, 0.05);
  const far =
    extent(core) > 0 && (extent(whole) > SINGLE * extent(middle) || extent(middle) > HEAVY * extent(core));
  if (!far) return { low: whole[0], high: whole[1], far };
  if (extent(middle) <= SPOILED * extent(core)) return { low: middle[0], high: middle[1], far };
  const near = sorted.filter((value) => value >= core[0] - extent(core) && value <= core[1] + extent(core));
  return { low: near[0]!, high: near.at(-1)!, far };
}

/** @param tail share that is left out at either end, one value at least */
function withoutTails(sorted: Float64Array, tail: number): Range {
  const n = sorted.length;
  const k = tail === 0 || n < MIN_VALUES ? 0 : Math.max(1, Math.floor(tail * n));
  return [sorted[k]!, sorted[n - 1 - k]!];
}

export const extent = ([low, high]: Range): number => high - low;

/** Where most of a sample lies. */
export interface Middle {
  readonly low: readonly [number, number];
  readonly high: readonly [number, number];
  /** Whether far points would make the spread what it is. */
  readonly heavy: boolean;
  /** Mean, and variance 1 averaged over the axes, of all points; with far ones, of those in the middle. */
  readonly standardization: Standardization;
}

/**
 * Where most of a sample lies.
 * @param points [n][2], at least one
 * @param all the moments of all points, where they are known
 */
export function middleOf(points: Vector, all: ReturnType<typeof momentsOf>): Middle {
  const spanOf = (axis: 0 | 1) => axisSpan(points.filter((_, i) => (i & 1) === axis));
  const [x, y] = [spanOf(0), spanOf(1)];
  const low = [x.low, y.low] as const;
  const high = [x.high, y.high] as const;
  const inside: number[] = [];
  for (let i = 0; i < points.length / 2; i++) {
    if (isInside(points[2 * i]!, points[2 * i + 1]!, low, high)) inside.push(i);
  }
  const middle = inside.length === 0 ? all : momentsOf(points, Uint32Array.from(inside));
  const heavy = scaleOf(middle) > 0 && (x.far || y.far) && scaleOf(all) > HEAVY_MOMENTS * scaleOf(middle);
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

const scaleOf = ({ covariance: [xx, , yy] }: ReturnType<typeof momentsOf>) => Math.sqrt((xx + yy) / 2);
