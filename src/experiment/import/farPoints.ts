import { extent, type Range } from '../../core/datasets/middle.ts';

export type Axis = 0 | 1;

/** One exact value far outside all others, as files mark numbers that are missing: -9999, 999. */
export interface MissingCode {
  readonly axis: Axis;
  readonly value: number;
  /** Rows that have it. */
  readonly rows: number;
}

/** A code is this many times the range of all other values away from them. */
const CODE_DISTANCE = 3;

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
