import { type TruncatedNormal, truncatedNormal } from '../truncatedNormal.ts';
import type { DensityComponent } from '../types.ts';

type Point = readonly [x: number, y: number];

/** How far a Gaussian reaches, in its deviations. */
export const REACH = 5;
/** Of a component's mass within the outline: smaller cells are left out. */
const NEGLIGIBLE = 1e-5;
/** The side of a cell over the deviation of the narrow Gaussian in it. */
const CLOSENESS = 1.25;

/** A component as columns and rows of small ones, all of one shape: what belongs to a column and what to a row is a product. */
export interface CellGrid {
  /** What stands in a cell: a box that fills it, or a Gaussian about its middle. */
  readonly kind: DensityComponent['kind'];
  /** Orthogonal unit vectors along columns and rows; those of the plane for boxes. */
  readonly directions: readonly [Point, Point];
  /** Where the first cell begins along each of them, units. */
  readonly from: readonly [number, number];
  /** Of a cell, units. */
  readonly sides: readonly [number, number];
  /** Of the Gaussian in a cell, units²; not read of boxes. */
  readonly variances: readonly [number, number];
  /** Cells along each axis. */
  readonly n: number;
  /** [column][row]; 0 of cells without. */
  readonly weights: Float64Array;
  /** Their sum. */
  readonly mass: number;
}

/** The same with weights over a mass. */
export const sharedGrid = (grid: CellGrid, mass: number): CellGrid => ({
  ...grid,
  weights: grid.weights.map((weight) => weight / mass),
  mass: grid.mass / mass,
});

/** The cells that have a weight, one by one. */
export function cellsOf({
  kind,
  directions: [e, f],
  from,
  sides,
  variances: [p, q],
  n,
  weights,
}: CellGrid): readonly DensityComponent[] {
  const covariance = [
    e[0] * e[0] * p + f[0] * f[0] * q,
    e[0] * e[1] * p + f[0] * f[1] * q,
    e[1] * e[1] * p + f[1] * f[1] * q,
  ] as const;
  return Array.from(weights).flatMap((weight, k): readonly DensityComponent[] => {
    if (weight === 0) return [];
    const [i, j] = [Math.floor(k / n), k % n];
    const at = (u: number, v: number): Point => {
      const [first, second] = [from[0] + (i + u) * sides[0], from[1] + (j + v) * sides[1]];
      return [e[0] * first + f[0] * second, e[1] * first + f[1] * second];
    };
    if (kind === 'box') return [{ kind, weight, low: at(0, 0), high: at(1, 1) }];
    return [{ kind, weight, mean: at(0.5, 0.5), covariance }];
  });
}

/**
 * A component cut into n × n cells of which those stay that lie within an outline, with the mass that is theirs.
 *
 * N(0, 1) is N(0, 1 − v) blurred by N(0, v), on each of a Gaussian's own axes: a grid of narrow Gaussians with weights of the first, so close
 * that their sum is smooth to 1e-5. Those with their cell within the outline stay, with its mass of the whole Gaussian.
 * @param outline vertices
 * @param shareOf how much of a cell lies within, 0…1; the cell is a map of the unit square
 */
export function cellGrid(
  component: DensityComponent,
  outline: readonly Point[],
  n: number,
  shareOf: (at: (u: number, v: number) => Point) => number,
): CellGrid {
  return component.kind === 'box'
    ? boxGrid(component, outline, n, shareOf)
    : gaussianGrid(component, outline, n, shareOf);
}

function boxGrid(
  { weight, low, high }: Extract<DensityComponent, { kind: 'box' }>,
  outline: readonly Point[],
  n: number,
  shareOf: (at: (u: number, v: number) => Point) => number,
): CellGrid {
  const [columns, rows] = [0, 1].map((k) =>
    rangeOf(
      outline.map((vertex) => vertex[k]!),
      low[k]!,
      high[k]!,
      n,
    ),
  ) as [Range, Range];
  const own = (weight * columns.side * rows.side) / ((high[0] - low[0]) * (high[1] - low[1]));
  const weights = gridOf(n, (i, j) => {
    const [x, y] = [columns.from + i * columns.side, rows.from + j * rows.side];
    return own * shareOf((u, v) => [x + u * columns.side, y + v * rows.side]);
  });
  return {
    kind: 'box',
    directions: [
      [1, 0],
      [0, 1],
    ],
    from: [columns.from, rows.from],
    sides: [columns.side, rows.side],
    variances: [0, 0],
    n,
    weights,
    mass: sumOf(weights),
  };
}

function gaussianGrid(
  { weight, mean, covariance }: Extract<DensityComponent, { kind: 'gaussian' }>,
  outline: readonly Point[],
  n: number,
  shareOf: (at: (u: number, v: number) => Point) => number,
): CellGrid {
  const {
    directions,
    deviations: [a, b],
    place,
    of,
  } = gaussianAxes(mean, covariance);
  const own = outline.map(of);
  const [first, second] = [0, 1].map((k) =>
    cellsOnAxis(
      rangeOf(
        own.map((vertex) => vertex[k]!),
        -REACH,
        REACH,
        n,
      ),
      n,
    ),
  ) as [CellsOnAxis, CellsOnAxis];
  let mass = 0;
  const raw = gridOf(n, (i, j) => {
    const [one, other] = [first.cells[i]!, second.cells[j]!];
    const share = shareOf((u, v) => place(one.low + u * first.side, other.low + v * second.side));
    mass += one.mass * other.mass * share;
    return one.weight * other.weight * share;
  });
  const total = sumOf(raw);
  const scale = total > 0 ? (weight * mass) / total : 0;
  const weights = raw.map((cell) => (cell > NEGLIGIBLE * total ? cell * scale : 0));
  const middle = directions.map(([dx, dy]) => dx * mean[0] + dy * mean[1]) as [number, number];
  return {
    kind: 'gaussian',
    directions,
    from: [middle[0] + a * first.from, middle[1] + b * second.from],
    sides: [a * first.side, b * second.side],
    variances: [a * a * first.variance, b * b * second.variance],
    n,
    weights,
    mass: sumOf(weights),
  };
}

/** A Gaussian in its own axes, along which it is two independent N(0, 1). */
interface GaussianAxes {
  /** Eigenvectors of the covariance, and roots of its eigenvalues, the longer first. */
  readonly directions: readonly [Point, Point];
  readonly deviations: readonly [number, number];
  place(u: number, v: number): Point;
  of(point: Point): Point;
}

export function gaussianAxes(mean: Point, [xx, xy, yy]: readonly [number, number, number]): GaussianAxes {
  const angle = Math.atan2(2 * xy, xx - yy) / 2;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const long = (xx + yy) / 2 + Math.hypot((xx - yy) / 2, xy);
  // Their product is the determinant: a difference would cancel.
  const [a, b] = [Math.sqrt(long), Math.sqrt((xx * yy - xy * xy) / long)];
  return {
    directions: [
      [cos, sin],
      [-sin, cos],
    ],
    deviations: [a, b],
    place: (u, v) => [mean[0] + a * u * cos - b * v * sin, mean[1] + a * u * sin + b * v * cos],
    of([x, y]) {
      const [dx, dy] = [x - mean[0], y - mean[1]];
      return [(cos * dx + sin * dy) / a, (cos * dy - sin * dx) / b];
    },
  };
}

/** n cells of an axis. */
interface Range {
  readonly from: number;
  readonly side: number;
}

/** Of an axis, what lies between the ends and where the outline does. */
export function rangeOf(outline: readonly number[], low: number, high: number, n: number): Range {
  const from = Math.max(low, Math.min(...outline));
  return { from, side: Math.max(0, Math.min(high, Math.max(...outline)) - from) / n };
}

type CellsOnAxis = ReturnType<typeof cellsOnAxis>;

/** Of each cell where it begins, the mass of N(0, 1) in it, and N(0, 1 − variance) at its middle, up to a factor. */
function cellsOnAxis({ from, side }: Range, n: number) {
  const variance = (side / CLOSENESS) ** 2;
  const found: TruncatedNormal = { logMean: 0, mean: 0, offset: 0 };
  const cells = Array.from({ length: n }, (_, k) => {
    const low = from + k * side;
    const middle = low + side / 2;
    return {
      low,
      mass: side > 0 ? side * Math.exp(truncatedNormal(low, side, found).logMean) : 0,
      weight: side * Math.exp(-(middle ** 2) / (2 * (1 - variance))),
    };
  });
  return { cells, from, side, variance };
}

const gridOf = (n: number, cell: (column: number, row: number) => number): Float64Array =>
  Float64Array.from({ length: n * n }, (_, k) => cell(Math.floor(k / n), k % n));

const sumOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
