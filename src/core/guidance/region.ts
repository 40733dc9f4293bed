import { erf, erfcx } from '../erf.ts';
import { drawDensity } from '../exact/drawDensity.ts';
import { type TruncatedNormal, truncatedNormal } from '../truncatedNormal.ts';
import type { Density, DensityComponent, Kernel, Rng, Vector } from '../types.ts';
import type { LogFactor } from './conditions.ts';

type Point = readonly [x: number, y: number];

/** What lies within a closed outline, by the even-odd rule; at least 3 vertices, the last joined to the first. */
export type Region = readonly Point[];

/** Twice the area that the largest triangle with the first vertex must have, units². */
const LEAST_AREA = 1e-4;

/** Whether an outline encloses anything: it has 3 vertices that are not on one line. */
export function hasArea(region: Region): boolean {
  const [first] = region;
  return region.some((a, i) => region.slice(i + 1).some((b) => Math.abs(crossOf(first!, a, b)) > LEAST_AREA));
}

const crossOf = (o: Point, a: Point, b: Point): number =>
  (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);

/** Distance to the outline, positive within, negative without. */
export function depthWithin(region: Region, x: number, y: number): number {
  let within = false;
  let square = Infinity;
  let [fromX, fromY] = region.at(-1)!;
  for (const [toX, toY] of region) {
    const [dx, dy] = [toX - fromX, toY - fromY];
    if (toY > y !== fromY > y && x < fromX + (dx * (y - fromY)) / dy) within = !within;
    const length = dx * dx + dy * dy;
    const along = length > 0 ? Math.min(1, Math.max(0, ((x - fromX) * dx + (y - fromY) * dy) / length)) : 0;
    square = Math.min(square, (x - fromX - along * dx) ** 2 + (y - fromY - along * dy) ** 2);
    [fromX, fromY] = [toX, toY];
  }
  return within ? Math.sqrt(square) : -Math.sqrt(square);
}

/** p restricted to a region, p·1_A/P(A). */
export interface RegionDensity {
  /** Weights sum to 1. */
  readonly density: Density;
  /** P(A), 0…1. */
  readonly mass: number;
}

/** How far a Gaussian reaches, in its deviations. */
const REACH = 5;
/** Cells into which all components that the outline cuts are cut, about, and along an axis of one of them. */
const [MOST_CELLS, FEWEST_PER_AXIS, MOST_PER_AXIS] = [900, 10, 24];
/** Of a component's mass within the outline: smaller cells are left out. */
const NEGLIGIBLE = 1e-5;
/** The side of a cell over the deviation of the narrow Gaussian in it. */
const CLOSENESS = 1.25;
/** Points along an axis by which the share of a cell on the outline is found. */
const PROBES = 5;

/**
 * p·1_A/P(A) as a mixture: components within the outline stay as they are, those that it cuts become small ones: boxes, or narrow
 * Gaussians, whose deviation, by which the edge is blurred, is a tenth of their own or so.
 */
export function regionDensity(density: Density, region: Region): RegionDensity {
  const depths = density.map((component) => depthWithin(region, ...middleOf(component)));
  const isCut = (component: DensityComponent, k: number) =>
    !isThin(component) && Math.abs(depths[k]!) < reachOf(component);
  const nCut = density.filter(isCut).length;
  const perAxis = Math.floor(Math.sqrt(MOST_CELLS / Math.max(1, nCut)));
  const cells = Math.min(MOST_PER_AXIS, Math.max(FEWEST_PER_AXIS, perAxis));
  const parts = density.flatMap((component, k): readonly DensityComponent[] => {
    if (isCut(component, k)) return cellsOf(component, region, cells);
    return depths[k]! > 0 ? [component] : [];
  });
  const mass = parts.reduce((sum, { weight }) => sum + weight, 0);
  return { mass, density: parts.map((part) => ({ ...part, weight: part.weight / mass })) };
}

/** Whether a Gaussian lies on a line, or is a point, and is taken or left as a whole. */
function isThin(component: DensityComponent): boolean {
  if (component.kind === 'box') return false;
  const [xx, xy, yy] = component.covariance;
  return !(xx * yy - xy * xy > 0);
}

function middleOf(component: DensityComponent): Point {
  if (component.kind === 'gaussian') return component.mean;
  const { low, high } = component;
  return [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2];
}

function reachOf(component: DensityComponent): number {
  if (component.kind === 'box') {
    const { low, high } = component;
    return Math.hypot(high[0] - low[0], high[1] - low[1]) / 2;
  }
  const [xx, xy, yy] = component.covariance;
  return REACH * Math.sqrt((xx + yy) / 2 + Math.hypot((xx - yy) / 2, xy));
}

function cellsOf(component: DensityComponent, region: Region, n: number): readonly DensityComponent[] {
  return component.kind === 'box' ? boxCells(component, region, n) : gaussianCells(component, region, n);
}

function boxCells(
  { weight, low, high }: Extract<DensityComponent, { kind: 'box' }>,
  region: Region,
  n: number,
): readonly DensityComponent[] {
  const [columns, rows] = [0, 1].map((k) =>
    rangeOf(
      region.map((vertex) => vertex[k]!),
      low[k]!,
      high[k]!,
      n,
    ),
  ) as [Range, Range];
  const area = (high[0] - low[0]) * (high[1] - low[1]);
  return gridOf(n, (i, j) => {
    const corner = [columns.from + i * columns.side, rows.from + j * rows.side] as const;
    const share = shareWithin(region, (u, v) => [corner[0] + u * columns.side, corner[1] + v * rows.side]);
    if (share === 0) return [];
    const end = [corner[0] + columns.side, corner[1] + rows.side] as const;
    const own = (weight * share * columns.side * rows.side) / area;
    return [{ kind: 'box', weight: own, low: corner, high: end }];
  });
}

/**
 * N(0, 1) is N(0, 1 − v) blurred by N(0, v), on each of the Gaussian's own axes (Cholesky's root): a grid of narrow Gaussians with weights of
 * the first, so close that their sum is smooth to 1e-5. Those with their cell within the outline stay, with its mass of the whole Gaussian.
 */
function gaussianCells(
  { weight, mean, covariance: [xx, xy, yy] }: Extract<DensityComponent, { kind: 'gaussian' }>,
  region: Region,
  n: number,
): readonly DensityComponent[] {
  const a = Math.sqrt(xx);
  const b = xy / a;
  const c = Math.sqrt(yy - b * b);
  const place = (u: number, v: number): Point => [mean[0] + a * u, mean[1] + b * u + c * v];
  const own = region.map(([x, y]): Point => {
    const u = (x - mean[0]) / a;
    return [u, (y - mean[1] - b * u) / c];
  });
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
  const [p, q] = [first.variance, second.variance];
  const covariance = [a * a * p, a * b * p, b * b * p + c * c * q] as const;
  let [mass, total] = [0, 0];
  const cells = gridOf(n, (i, j) => {
    const [one, other] = [first.cells[i]!, second.cells[j]!];
    const share = shareWithin(region, (u, v) => place(one.low + u * first.side, other.low + v * second.side));
    if (share === 0) return [];
    mass += one.mass * other.mass * share;
    total += one.weight * other.weight * share;
    const middle = place(one.low + first.side / 2, other.low + second.side / 2);
    return [{ kind: 'gaussian', weight: one.weight * other.weight * share, mean: middle, covariance }];
  });
  const scale = total > 0 ? (weight * mass) / total : 0;
  return cells
    .filter((cell) => cell.weight > NEGLIGIBLE * total)
    .map((cell) => ({ ...cell, weight: cell.weight * scale }));
}

/** n cells of an axis. */
interface Range {
  readonly from: number;
  readonly side: number;
}

/** Of an axis, what lies between the ends and where the outline does. */
function rangeOf(outline: readonly number[], low: number, high: number, n: number): Range {
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
  return { cells, side, variance };
}

function gridOf(
  n: number,
  cell: (i: number, j: number) => readonly DensityComponent[],
): readonly DensityComponent[] {
  return Array.from({ length: n * n }, (_, k) => cell(k % n, Math.floor(k / n))).flat();
}

/** Of a cell, as a map of the unit square. */
function shareWithin(region: Region, at: (u: number, v: number) => Point): number {
  const [middle, corner, next] = [at(0.5, 0.5), at(0, 0), at(1, 0)];
  const radius = Math.max(...[corner, next].map(([x, y]) => Math.hypot(x - middle[0], y - middle[1])));
  const depth = depthWithin(region, ...middle);
  if (Math.abs(depth) >= radius) return depth > 0 ? 1 : 0;
  let within = 0;
  for (let k = 0; k < PROBES ** 2; k++) {
    const [u, v] = [((k % PROBES) + 0.5) / PROBES, (Math.floor(k / PROBES) + 0.5) / PROBES];
    if (depthWithin(region, ...at(u, v)) > 0) within += 1;
  }
  return within / PROBES ** 2;
}

/** Draws given up for one that is kept, at the most. */
const MOST_PER_DRAW = 10_000;
const CANDIDATES = 2000;

/**
 * Independent draws of p within a region, [n][2]: those of p that lie within, of the components that reach it. Where so few do that it
 * takes too long, the last are taken again.
 * @throws RangeError where none does
 */
export function drawWithin(density: Density, region: Region, n: number, rng: Rng): Vector {
  const near = density.filter(
    (component) => depthWithin(region, ...middleOf(component)) > -reachOf(component),
  );
  const kept: number[] = [];
  for (
    let tried = 0;
    near.length > 0 && kept.length < 2 * n && tried < MOST_PER_DRAW * n + CANDIDATES;
    tried += CANDIDATES
  ) {
    const points = drawDensity(near, CANDIDATES, rng);
    for (let i = 0; i < points.length; i += 2) {
      if (depthWithin(region, points[i]!, points[i + 1]!) > 0) kept.push(points[i]!, points[i + 1]!);
    }
  }
  if (kept.length === 0) throw new RangeError('No draw lies within the region.');
  return Float64Array.from({ length: 2 * n }, (_, i) => kept[i % kept.length]!);
}

/** The width of the edge where no noise is left, units. */
const EDGE = 0.02;

/**
 * ln Φ(depth/s): the indicator of a region, seen from x̂₀ when x_0 lies about it with deviation s = σ/√(α² + σ²), as of data of unit
 * variance. It is P(x_0 ∈ A|x_t) where the outline is straight.
 */
export const logIndicator =
  (region: Region): LogFactor =>
  ({ alpha, sigma }: Kernel) => {
    const width = Math.hypot(EDGE, sigma / Math.hypot(alpha, sigma));
    return (x, y) => logNormalCdf(depthWithin(region, x, y) / width);
  };

function logNormalCdf(z: number): number {
  const scaled = z / Math.SQRT2;
  return z > 0 ? Math.log((1 + erf(scaled)) / 2) : Math.log(erfcx(-scaled) / 2) - scaled ** 2;
}
