import type { Vector } from '../types.ts';
import { slicedWasserstein2 } from './slicedW2.ts';

const PAIRS = 15;

/**
 * What "perfect" looks like: the median sliced Wasserstein-2 distance of 15 pairs of independent true draws.
 * @param draw the i-th draw, i = 0…29, all independent and of one size
 */
export function perfectDistance(draw: (i: number) => Vector): number {
  const distances = Float64Array.from({ length: PAIRS }, (_, k) =>
    slicedWasserstein2(draw(2 * k), draw(2 * k + 1)),
  );
  return distances.sort()[(PAIRS - 1) / 2]!;
}
