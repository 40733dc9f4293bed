import type { Vector } from '../../../core/types.ts';
import { type SquareView, stageView } from '../../../experiment/stageView.ts';
import type { GaussianExperiment } from '../experiment.ts';

/** The grid reaches a little beyond the view, so that its last cells are whole. */
const REACH = 1.04;

/** A square grid over all that a stage shows. */
export interface Grid extends SquareView {
  /** Nodes along each axis. */
  readonly resolution: number;
  /** [resolution (y)][resolution (x)][2] data units. */
  readonly points: Vector;
}

export function gridOver({ dataset, noise }: GaussianExperiment, resolution: number): Grid {
  const { centre, halfWidth: shown } = stageView(dataset, noise);
  const halfWidth = REACH * shown;
  const offset = (i: number) => ((2 * i) / (resolution - 1) - 1) * halfWidth;
  const points = Float64Array.from({ length: 2 * resolution ** 2 }, (_, k) => {
    const node = k >> 1;
    return k % 2 === 0
      ? centre[0] + offset(node % resolution)
      : centre[1] + offset(Math.floor(node / resolution));
  });
  return { centre, halfWidth, resolution, points };
}

/** Times from the first to 1, quadratic: a field changes fastest near the data. */
export function fieldTimes(nTimes: number, first: number): number[] {
  return Array.from({ length: nTimes }, (_, k) => first + (1 - first) * (k / (nTimes - 1)) ** 2);
}
