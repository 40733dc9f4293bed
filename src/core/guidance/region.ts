import { erf, erfcx } from '../erf.ts';
import type { Density, DensityComponent, Kernel } from '../types.ts';
import { type CellGrid, cellGrid, cellsOf, REACH, sharedGrid } from './cellGrid.ts';
import type { LogFactor } from './conditions.ts';

export type Point = readonly [x: number, y: number];

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
  /** Weights sum to 1: what is whole, then the cells of the grids. */
  readonly density: Density;
  /** P(A), 0…1. */
  readonly mass: number;
  /** Components that the outline does not cut. */
  readonly whole: Density;
  /** Those that it cuts. */
  readonly grids: readonly CellGrid[];
}

/** Cells into which all components that the outline cuts are cut, about, and along an axis of one of them. */
const [MOST_CELLS, FEWEST_PER_AXIS, MOST_PER_AXIS] = [900, 10, 24];

/**
 * p·1_A/P(A) as a mixture: components within the outline stay as they are, those that it cuts become small ones: boxes, or narrow
 * Gaussians, whose deviation, by which the edge is blurred, is a tenth of their own or so.
 */
export function regionDensity(density: Density, region: Region): RegionDensity {
  const depths = density.map((component) => depthWithin(region, ...middleOf(component)));
  const isCut = (component: DensityComponent, k: number) =>
    !isThin(component) && Math.abs(depths[k]!) < reachOf(component);
  const cut = density.filter(isCut);
  const perAxis = Math.floor(Math.sqrt(MOST_CELLS / Math.max(1, cut.length)));
  const n = Math.min(MOST_PER_AXIS, Math.max(FEWEST_PER_AXIS, perAxis));
  const shareOf = (at: (u: number, v: number) => Point) => shareWithin(region, at);
  const grids = cut
    .map((component) => cellGrid(component, region, n, shareOf))
    .filter(({ mass }) => mass > 0);
  const whole = density.filter((component, k) => !isCut(component, k) && depths[k]! > 0);
  const mass =
    whole.reduce((sum, { weight }) => sum + weight, 0) + grids.reduce((sum, grid) => sum + grid.mass, 0);
  const shares = whole.map((part) => ({ ...part, weight: part.weight / mass }));
  const shared = grids.map((grid) => sharedGrid(grid, mass));
  return { mass, density: [...shares, ...shared.flatMap(cellsOf)], whole: shares, grids: shared };
}

/** Whether a Gaussian lies on a line, or is a point, and is taken or left as a whole. */
export function isThin(component: DensityComponent): boolean {
  if (component.kind === 'box') return false;
  const [xx, xy, yy] = component.covariance;
  return !(xx * yy - xy * xy > 0);
}

export function middleOf(component: DensityComponent): Point {
  if (component.kind === 'gaussian') return component.mean;
  const { low, high } = component;
  return [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2];
}

export function reachOf(component: DensityComponent): number {
  if (component.kind === 'box') {
    const { low, high } = component;
    return Math.hypot(high[0] - low[0], high[1] - low[1]) / 2;
  }
  const [xx, xy, yy] = component.covariance;
  return REACH * Math.sqrt((xx + yy) / 2 + Math.hypot((xx - yy) / 2, xy));
}

/** Points along an axis by which the share of a cell on the outline is found. */
const PROBES = 5;

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
