import type { Rng } from '../types.ts';

/** One of these probabilities' indices. @param from where they begin @param count how many there are; they need not sum to 1 */
export function drawIndex(p: ArrayLike<number>, rng: Rng, from = 0, count = p.length - from): number {
  let sum = 0;
  for (let k = 0; k < count; k++) sum += p[from + k]!;
  let left = rng.uniform() * sum;
  for (let k = 0; k < count; k++) {
    left -= p[from + k]!;
    if (left < 0) return k;
  }
  return count - 1;
}
