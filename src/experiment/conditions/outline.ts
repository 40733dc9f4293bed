import { hasArea } from '../../core/guidance/index.ts';
import { CONDITION } from './check.ts';
import { MOST_VERTICES, type RegionCondition } from './types.ts';

type Point = readonly [x: number, y: number];
type Outline = RegionCondition['outline'];

/** Vertices that cut off less of the square of the half width than this are on a line with their neighbours. */
const LEAST_SHARE = 1e-4;

/**
 * A path that is drawn by hand as a closed outline of at most MOST_VERTICES vertices: whichever cuts off the smallest triangle is left
 * out first (Visvalingam & Whyatt 1993).
 * @returns null where it encloses nothing
 */
export function outlineOf(path: readonly Point[]): Outline | null {
  const left = path.map(asWritten);
  const least = LEAST_SHARE * boundsOf(path).halfWidth ** 2;
  while (left.length > 3) {
    const areas = left.map((point, k) => triangle(left.at(k - 1)!, point, left[(k + 1) % left.length]!));
    const smallest = areas.reduce((at, area, k) => (area < areas[at]! ? k : at), 0);
    if (left.length <= MOST_VERTICES && areas[smallest]! > least) break;
    left.splice(smallest, 1);
  }
  return left.length >= 3 && hasArea(left) ? left : null;
}

const triangle = ([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): number =>
  Math.abs((bx - ax) * (cy - ay) - (by - ay) * (cx - ax)) / 2;

/** The middle of an outline's extent, and half of its larger side. */
export function boundsOf(outline: readonly Point[]): { readonly middle: Point; readonly halfWidth: number } {
  const [xs, ys] = [outline.map(([x]) => x), outline.map(([, y]) => y)];
  const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  return {
    middle: [(left + right) / 2, (low + high) / 2],
    halfWidth: Math.max(right - left, high - low) / 2,
  };
}

/** An outline with its middle there. */
export function movedTo(outline: Outline, [x, y]: Point): Outline {
  const { middle } = boundsOf(outline);
  return outline.map((vertex) => asWritten([vertex[0] + x - middle[0], vertex[1] + y - middle[1]]));
}

/** An outline so many times as large, about its middle. */
export function scaledBy(outline: Outline, factor: number): Outline {
  const { middle } = boundsOf(outline);
  return outline.map(([x, y]) =>
    asWritten([middle[0] + factor * (x - middle[0]), middle[1] + factor * (y - middle[1])]),
  );
}

/** A circle, nearly. */
export function roundOutline([x, y]: Point, radius: number): Outline {
  return Array.from({ length: 12 }, (_, k) => {
    const angle = (2 * Math.PI * k) / 12;
    return asWritten([x + radius * Math.cos(angle), y + radius * Math.sin(angle)]);
  });
}

/** Within what a link carries. */
const asWritten = ([x, y]: Point): Point => [kept(x), kept(y)];
const { min, max } = CONDITION.coordinate;
const kept = (value: number): number => Math.min(max, Math.max(min, Math.round(value * 1000) / 1000)) + 0;
