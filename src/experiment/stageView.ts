import { unitsOf } from '../core/standardize.ts';
import type { Dataset } from '../core/types.ts';

/** Half the view in standard deviations of the data: x_T is standard normal in the same units. */
const DEVIATIONS = 3.1;

/** The square of the plane that stages show, data units. */
export interface SquareView {
  readonly centre: readonly [number, number];
  readonly halfWidth: number;
}

/** @param noise multiplies the data set's own noise */
export function stageView(dataset: Dataset, noise: number): SquareView {
  const { centre, scale } = unitsOf(dataset, noise);
  return { centre, halfWidth: Math.max(DEVIATIONS * scale, reachOf(dataset, centre)) };
}

/** Where few points are far out, the view shows the middle 99 %. */
function reachOf({ middle }: Dataset, centre: readonly [number, number]): number {
  if (!middle) return 0;
  const sides = [0, 1].flatMap((axis) =>
    [middle.low, middle.high].map((end) => Math.abs(end[axis as 0 | 1] - centre[axis as 0 | 1])),
  );
  return Math.max(...sides);
}

/** The distance of two nodes of a grid that spans a width, data units. @param resolution nodes along each axis */
export const cellOf = (grid: { readonly halfWidth: number; readonly resolution: number }): number =>
  (2 * grid.halfWidth) / (grid.resolution - 1);
