import { scratchBuffer } from './scratch.ts';

/** A kernel density estimate on a square grid, row 0 at the top; borrowed: valid until the next estimate. */
export interface DensityGrid {
  readonly side: number;
  /** [side][side], points per cell after smoothing. */
  readonly values: Float32Array;
  readonly maximum: number;
}

export interface DensitySquare {
  readonly left: number;
  readonly top: number;
  /** Side of the square, data units. */
  readonly width: number;
}

/** Bandwidths are told as shares of the data's own standard deviation. */
const BANDWIDTH = 0.09;
const WIDEST = 0.12;

/**
 * Standard deviation of the smoothing Gaussian, data units: falls as n^(−1/6), the optimal rate in the plane, and is
 * capped so that it never hides the shape.
 * @param scale standard deviation of the data, data units
 */
export function bandwidth(n: number, scale: number): number {
  return scale * Math.min(WIDEST, BANDWIDTH * (2000 / Math.max(1, n)) ** (1 / 6));
}

/** √ of the mean of the two variances of n interleaved points; 1 where there is no spread. */
export function spread(points: Float32Array, n: number): number {
  if (n < 2) return 1;
  let sumX = 0;
  let sumY = 0;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const x = points[2 * i]!;
    const y = points[2 * i + 1]!;
    sumX += x;
    sumY += y;
    squares += x * x + y * y;
  }
  const variance = (squares - (sumX * sumX + sumY * sumY) / n) / (2 * n);
  return variance > 0 ? Math.sqrt(variance) : 1;
}

/** Shares each point among the four cells around it. */
function splat(
  points: Float32Array,
  n: number,
  square: DensitySquare,
  side: number,
  into: Float32Array,
): void {
  const perUnit = side / square.width;
  for (let i = 0; i < n; i++) {
    const column = (points[2 * i]! - square.left) * perUnit - 0.5;
    const row = (square.top - points[2 * i + 1]!) * perUnit - 0.5;
    if (!(column >= 0 && row >= 0 && column < side - 1 && row < side - 1)) continue;
    const c = column | 0;
    const r = row | 0;
    const right = column - c;
    const below = row - r;
    const cell = r * side + c;
    into[cell]! += (1 - right) * (1 - below);
    into[cell + 1]! += right * (1 - below);
    into[cell + side]! += (1 - right) * below;
    into[cell + side + 1]! += right * below;
  }
}

/** Convolves every row with the kernel and writes it as a column: two calls blur both ways. */
function blurTransposed(
  from: Float32Array,
  side: number,
  kernel: Float32Array,
  radius: number,
  into: Float32Array,
): void {
  for (let row = 0; row < side; row++) {
    const start = row * side;
    for (let column = 0; column < side; column++) {
      const first = Math.max(0, column - radius);
      const last = Math.min(side - 1, column + radius);
      let sum = 0;
      for (let c = first; c <= last; c++) sum += from[start + c]! * kernel[c - column + radius]!;
      into[column * side + row] = sum;
    }
  }
}

/**
 * Gaussian kernel density estimate: shares points among cells, then blurs, so that the cost hardly depends on n.
 * @param points interleaved, at least n of them; those outside the square are left out
 * @param sigma bandwidth, data units
 */
export function densityGrid(
  points: Float32Array,
  n: number,
  square: DensitySquare,
  side: number,
  sigma: number,
): DensityGrid {
  const cells = side * side;
  const values = scratchBuffer('kde values', cells);
  const between = scratchBuffer('kde between', cells);
  values.fill(0, 0, cells);
  splat(points, n, square, side, values);

  const sigmaCells = Math.max(0.6, (sigma * side) / square.width);
  const radius = Math.ceil(2.6 * sigmaCells);
  const kernel = scratchBuffer('kde kernel', 2 * radius + 1);
  let total = 0;
  for (let k = -radius; k <= radius; k++)
    total += kernel[k + radius] = Math.exp(-0.5 * (k / sigmaCells) ** 2);
  for (let k = 0; k <= 2 * radius; k++) kernel[k]! /= total;
  blurTransposed(values, side, kernel, radius, between);
  blurTransposed(between, side, kernel, radius, values);

  let maximum = 0;
  for (let k = 0; k < cells; k++) if (values[k]! > maximum) maximum = values[k]!;
  return { side, values, maximum };
}
