import type { Standardization } from '../../../core/standardize.ts';
import type { Vector } from '../../../core/types.ts';

/** Half width of the grid in standard deviations of the data, beyond which the view never reaches. */
const REACH = 3.2;

/** A square grid over all that a stage may show. */
export interface Grid {
  /** Nodes along each axis. */
  readonly resolution: number;
  /** Data units, on both axes. */
  readonly low: number;
  readonly high: number;
  /** [resolution (y)][resolution (x)][2] data units. */
  readonly points: Vector;
}

export function gridOver({ centre, scale }: Standardization, resolution: number): Grid {
  const half = REACH * scale + Math.max(Math.abs(centre[0]), Math.abs(centre[1]));
  const at = (i: number) => -half + (2 * i * half) / (resolution - 1);
  const points = Float64Array.from({ length: 2 * resolution ** 2 }, (_, k) => {
    const node = k >> 1;
    return at(k % 2 === 0 ? node % resolution : Math.floor(node / resolution));
  });
  return { resolution, low: -half, high: half, points };
}

/** Times from the first to 1, quadratic: a field changes fastest near the data. */
export function fieldTimes(nTimes: number, first: number): number[] {
  return Array.from({ length: nTimes }, (_, k) => first + (1 - first) * (k / (nTimes - 1)) ** 2);
}
