import { requireBetween, requireInteger } from '../check.ts';
import type { Metric, Vector } from '../types.ts';
import { requirePoints } from './requirePoints.ts';

export interface HistogramOptions {
  /** Cells along each axis, 1…2000. */
  readonly bins: number;
  /** The box that is cut into cells; what lies outside shares one more cell. Left out: the box around both sets. */
  readonly box?: { readonly low: readonly [number, number]; readonly high: readonly [number, number] };
}

const DEFAULT_BINS = 20;

/**
 * KL(a ‖ b) of the two histograms, nats: Infinity when a has points in a cell where b has none, unless every cell starts
 * with a pseudo-count.
 * @param a [n][2], b [m][2] in one unit
 * @param pseudoCount added to every cell, in points; 0…10⁶
 */
export function histogramKl(
  a: Vector,
  b: Vector,
  options: HistogramOptions = { bins: DEFAULT_BINS },
  pseudoCount = 0,
): number {
  requireBetween('The pseudo-count', pseudoCount, 0, 1e6);
  const [p, q] = shares(a, b, options, pseudoCount);
  return klOf(p, q);
}

/** Jensen–Shannon divergence of the two histograms, nats: 0 when equal, ln 2 when no cell is shared. */
export function histogramJs(
  a: Vector,
  b: Vector,
  options: HistogramOptions = { bins: DEFAULT_BINS },
): number {
  const [p, q] = shares(a, b, options, 0);
  const middle = p.map((value, k) => (value + q[k]!) / 2);
  return (klOf(p, middle) + klOf(q, middle)) / 2;
}

function klOf(p: Float64Array, q: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < p.length; k++) if (p[k]! > 0) sum += p[k]! * Math.log(p[k]! / q[k]!);
  return Math.max(0, sum); // Rounding can leave −1e-17.
}

function shares(
  a: Vector,
  b: Vector,
  { bins, box }: HistogramOptions,
  pseudoCount: number,
): readonly [Float64Array, Float64Array] {
  requirePoints(a, b);
  requireInteger('The number of bins', bins, 1, 2000);
  const { low, high } = box ?? around(a, b);
  for (const axis of [0, 1] as const) {
    requireBetween('The lower corner of the box', low[axis], -Number.MAX_VALUE, high[axis]);
    requireBetween('The upper corner of the box', high[axis], low[axis], Number.MAX_VALUE);
  }
  const count = (points: Vector): Float64Array => {
    const cells = new Float64Array(bins * bins + 1).fill(pseudoCount);
    for (let i = 0; i < points.length; i += 2) {
      const column = cellOf(points[i]!, low[0], high[0], bins);
      const row = cellOf(points[i + 1]!, low[1], high[1], bins);
      const inside = column >= 0 && row >= 0;
      cells[inside ? row * bins + column : bins * bins]!++;
    }
    const total = points.length / 2 + pseudoCount * cells.length;
    return cells.map((value) => value / total);
  };
  return [count(a), count(b)];
}

/** 0…bins−1, the upper end in the last; −1 outside. */
function cellOf(value: number, low: number, high: number, bins: number): number {
  if (value < low || value > high) return -1;
  return high > low ? Math.min(bins - 1, Math.floor(((value - low) / (high - low)) * bins)) : 0;
}

function around(a: Vector, b: Vector) {
  const low: [number, number] = [Infinity, Infinity];
  const high: [number, number] = [-Infinity, -Infinity];
  for (const points of [a, b]) {
    for (const [i, value] of points.entries()) {
      const axis = i % 2 === 0 ? 0 : 1;
      low[axis] = Math.min(low[axis], value);
      high[axis] = Math.max(high[axis], value);
    }
  }
  return { low, high };
}

export const histogramJsMetric: Metric = {
  id: 'histogram-js',
  label: 'Jensen–Shannon (histogram)',
  summary:
    'Counts points on a 20 × 20 grid and compares the counts: 0 when alike, 0.69 when no cell is shared.',
  evaluate: (a, b) => histogramJs(a, b),
};
