import type { Rng } from '../types.ts';

/**
 * An index drawn in proportion to its weight.
 * @param weights at least 0, of any sum above 0; `from` and `count` choose a part of them, and the index is within it
 */
export function drawIndex(
  weights: ArrayLike<number>,
  rng: Pick<Rng, 'uniform'>,
  from = 0,
  count = weights.length - from,
): number {
  let total = 0;
  for (let k = 0; k < count; k++) total += weights[from + k]!;
  let left = rng.uniform() * total;
  let last = 0;
  for (let k = 0; k < count; k++) {
    const weight = weights[from + k]!;
    if (weight === 0) continue;
    left -= weight;
    last = k;
    if (left < 0) break;
  }
  return last;
}
