/** What is below e^−40 (4e-18) of a sum's largest term cannot change a float64 sum. */
export const NEGLIGIBLE = 40;

/** Table entries per factor of e: a power of two, so that what is left of the exponent is exact. */
const PER_E = 128;

const TABLE = Float64Array.from({ length: NEGLIGIBLE * PER_E + 1 }, (_, k) => Math.exp(-k / PER_E));

/**
 * e^−x for x ≥ 0, to 4 units in the last place; 0 where that is `NEGLIGIBLE`. Several times as fast as Math.exp, in which
 * sums over hundreds of Gaussians spend their time: e^−k/128 from a table, times the series of what is left.
 */
export function decay(x: number): number {
  if (!(x < NEGLIGIBLE)) return 0;
  const k = Math.round(x * PER_E);
  const r = k / PER_E - x;
  return TABLE[k]! * (1 + r * (1 + (r / 2) * (1 + (r / 3) * (1 + (r / 4) * (1 + r / 5)))));
}
