import type { Range } from '../../core/datasets/middle.ts';

export type Axis = 0 | 1;

/** One exact value far outside all others, as files mark numbers that are missing: -9999, 999. */
export interface MissingCode {
  readonly axis: Axis;
  readonly value: number;
  /** Rows that have it. */
  readonly rows: number;
}

/** Where an axis should end. */
export interface Span {
  readonly low: number;
  readonly high: number;
  /** Whether points are far outside. */
  readonly far: boolean;
}

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
/** A code is this many times the range of all other values away from them. */
const CODE_DISTANCE = 3;

/** Where most values lie: all of them, the middle 99 %, or what is near the middle 90 %. */
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

/**
 * Values that seem to stand for missing numbers: the least or greatest, in two rows at least and at most half of them.
 * @param points [n][2] file's units
 */
export const missingCodes = (points: Float64Array): readonly MissingCode[] =>
  ([0, 1] as const).flatMap((axis) => {
    const values = points.filter((_, i) => (i & 1) === axis);
    const least = values.reduce((a, b) => Math.min(a, b));
    const greatest = values.reduce((a, b) => Math.max(a, b));
    const others = values.filter((value) => value !== least && value !== greatest).sort();
    if (others.length < values.length / 2) return [];
    const range: Range = [others[0]!, others.at(-1)!];
    const away = CODE_DISTANCE * extent(range);
    const isAway = (value: number) => value < range[0] - away || value > range[1] + away;
    return [least, greatest].flatMap((value) => {
      const rows = values.filter((other) => other === value).length;
      return away > 0 && isAway(value) && rows > 1 ? [{ axis, value, rows }] : [];
    });
  });

const extent = ([low, high]: Range) => high - low;
