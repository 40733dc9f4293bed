import { drawComponent } from '../exact/drawDensity.ts';
import { firstAbove } from '../firstAbove.ts';
import { type TruncatedNormal, truncatedNormal } from '../truncatedNormal.ts';
import type { Density, DensityComponent, Rng, Vector } from '../types.ts';
import { gaussianAxes, rangeOf } from './cellGrid.ts';
import { depthWithin, isThin, middleOf, type Point, type Region, reachOf } from './region.ts';

/** No draw of a Gaussian is farther from its mean than so many standard deviations. */
const FARTHEST = 9;

/** A part of a component, drawn from by itself. */
interface Part {
  /** Its mass. */
  readonly weight: number;
  draw(rng: Rng): Point;
}

/** Cells into which all components that the outline cuts are cut, about, and along an axis of one of them. */
const [MOST_CELLS, FEWEST_PER_AXIS, MOST_PER_AXIS] = [20_000, 4, 16];
/** Draws given up for one that is kept, at the most. */
const MOST_PER_DRAW = 1000;

/**
 * Independent draws of p within a region, [n][2]. They are those of p that lie within, where p is drawn in cells and those without are left
 * out, so that an outline that has little of p is drawn from as fast. Where it is narrower than can be met, the last are taken again.
 * @throws RangeError where none lies within
 */
export function drawWithin(density: Density, region: Region, n: number, rng: Rng): Vector {
  const parts = partsWithin(density, region);
  let total = 0;
  const upTo = parts.map(({ weight }) => {
    total += weight;
    return total;
  });
  const kept: number[] = [];
  for (let tried = 0; total > 0 && kept.length < 2 * n && tried < MOST_PER_DRAW * (n + 10); tried++) {
    const [x, y] = parts[firstAbove(upTo, total * rng.uniform())]!.draw(rng);
    if (depthWithin(region, x, y) > 0) kept.push(x, y);
  }
  if (kept.length === 0) throw new RangeError('No draw lies within the region.');
  return Float64Array.from({ length: 2 * n }, (_, i) => kept[i % kept.length]!);
}

/** What of p may lie within an outline. */
function partsWithin(density: Density, region: Region): readonly Part[] {
  const near = density
    .map((component) => ({ component, depth: depthWithin(region, ...middleOf(component)) }))
    .filter(({ component, depth }) => depth > -reachOf(component));
  const isCut = ({ component, depth }: (typeof near)[number]) =>
    !isThin(component) && Math.abs(depth) < reachOf(component);
  const perAxis = Math.floor(Math.sqrt(MOST_CELLS / Math.max(1, near.filter(isCut).length)));
  const cells = Math.min(MOST_PER_AXIS, Math.max(FEWEST_PER_AXIS, perAxis));
  return near.flatMap((one): readonly Part[] => {
    const { component } = one;
    if (isCut(one)) return cellsWithin(component, region, cells);
    return [{ weight: component.weight, draw: (rng) => drawComponent(component, rng) }];
  });
}

/** A component in its own axes: two independent numbers, N(0, 1) of a Gaussian, even on 0…1 of a box. */
interface Axes {
  readonly low: number;
  readonly high: number;
  readonly isNormal: boolean;
  place(u: number, v: number): Point;
  of(point: Point): Point;
}

function axesOf(component: DensityComponent): Axes {
  if (component.kind === 'box') {
    const { low, high } = component;
    const [width, height] = [high[0] - low[0], high[1] - low[1]];
    return {
      low: 0,
      high: 1,
      isNormal: false,
      place: (u, v) => [low[0] + u * width, low[1] + v * height],
      of: ([x, y]) => [(x - low[0]) / width, (y - low[1]) / height],
    };
  }
  const axes = gaussianAxes(component.mean, component.covariance);
  return { low: -FARTHEST, high: FARTHEST, isNormal: true, ...axes };
}

function cellsWithin(component: DensityComponent, region: Region, n: number): readonly Part[] {
  const axes = axesOf(component);
  const { place } = axes;
  const outline = region.map(axes.of);
  const [columns, rows] = [0, 1].map((k) =>
    rangesOf(
      axes,
      outline.map((vertex) => vertex[k]!),
      n,
    ),
  );
  return columns!.flatMap((column) =>
    rows!.flatMap((row): readonly Part[] => {
      const middle = place(column.low + column.side / 2, row.low + row.side / 2);
      const corners = [place(column.low, row.low), place(column.low + column.side, row.low)];
      const radius = Math.max(...corners.map(([x, y]) => Math.hypot(x - middle[0], y - middle[1])));
      if (depthWithin(region, ...middle) < -radius) return [];
      const weight = component.weight * column.mass * row.mass;
      return [{ weight, draw: (rng) => place(column.draw(rng), row.draw(rng)) }];
    }),
  );
}

/** A piece of an axis. */
interface Range {
  readonly low: number;
  readonly side: number;
  /** Of the whole axis. */
  readonly mass: number;
  draw(rng: Rng): number;
}

/** n pieces of what lies between the ends of an axis and where the outline does. */
function rangesOf({ low, high, isNormal }: Axes, outline: readonly number[], n: number): readonly Range[] {
  const { from, side } = rangeOf(outline, low, high, n);
  if (!(side > 0)) return [];
  const found: TruncatedNormal = { logMean: 0, mean: 0, offset: 0 };
  return Array.from({ length: n }, (_, k): Range => {
    const start = from + k * side;
    const even = (rng: Rng) => start + side * rng.uniform();
    if (!isNormal) return { low: start, side, mass: side, draw: even };
    const mass = side * Math.exp(truncatedNormal(start, side, found).logMean);
    // Where the density is highest.
    const top = Math.max(start, Math.min(0, start + side));
    const draw = (rng: Rng): number => {
      for (;;) {
        const z = even(rng);
        if (rng.uniform() <= Math.exp((top * top - z * z) / 2)) return z;
      }
    };
    return { low: start, side, mass, draw };
  });
}
