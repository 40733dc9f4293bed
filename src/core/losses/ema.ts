import { requireBetween } from '../check.ts';

/**
 * Moves a running average towards the parameters, in place: a ← rate·a + (1 − rate)·θ (improved-diffusion, `update_ema`).
 * It starts as a copy of the first parameters, without bias correction or warm-up.
 * @param rate in [0,1]; 0.9999 remembers about ten thousand steps
 * @throws RangeError when the rate is out of range or the lengths differ
 */
export function updateEma(average: Float64Array, parameters: ArrayLike<number>, rate = 0.99): void {
  requireBetween('The rate of the moving average', rate, 0, 1);
  if (parameters.length !== average.length) {
    throw new RangeError(
      `The average has ${average.length} numbers and the parameters ${parameters.length}.`,
    );
  }
  for (let i = 0; i < average.length; i++) {
    average[i] = rate * average[i]! + (1 - rate) * parameters[i]!;
  }
}
