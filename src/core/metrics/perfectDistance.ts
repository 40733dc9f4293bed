import type { Vector } from '../types.ts';
import { slicedWasserstein2 } from './slicedW2.ts';

const PAIRS = 15;

/**
 * What "perfect" looks like for any comparison of two sets: its median over 15 pairs of independent true draws.
 * @param compare a distance, or any number that two sets give
 * @param draw the i-th draw, i = 0…29, all independent and of one size
 */
export function trueVersusTrue(
  compare: (a: Vector, b: Vector) => number,
  draw: (i: number) => Vector,
): number {
  const values = Float64Array.from({ length: PAIRS }, (_, k) => compare(draw(2 * k), draw(2 * k + 1)));
  return values.sort()[(PAIRS - 1) / 2]!;
}

/** The median sliced Wasserstein-2 distance of 15 pairs of independent true draws; `draw` as in `trueVersusTrue`. */
export function perfectDistance(draw: (i: number) => Vector): number {
  return trueVersusTrue(slicedWasserstein2, draw);
}
