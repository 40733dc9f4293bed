import { secondOrder } from './exact/secondOrder.ts';
import type { Density, ForwardProcess, Rng, Vector } from './types.ts';

/** A noise level that training draws. */
export interface DrawnLevel {
  readonly t: number;
  /** Of the squared error of x̂_0. */
  readonly weight: number;
  /** Share of the draws; all shares are 1 together. */
  readonly share: number;
}

/**
 * The training loss of the exact answer: E[w(t)‖x_0 − E[x_0|x_t]‖²] per coordinate, the spread of the data that x_t leaves
 * open. For L_simple, w = (α/σ)²: ε − E[ε|x_t] = −(α/σ)(x_0 − E[x_0|x_t]). Given x_t it is known exactly (the variance of
 * x_0), so that the estimate scatters by the choice of x_t alone.
 * @param points [n][2] draws of the data, in the units of the process
 * @param density theirs
 * @param perLevel draws of x_t at each level
 */
export function leastLoss(
  points: Vector,
  density: Density,
  process: ForwardProcess,
  levels: readonly DrawnLevel[],
  perLevel: number,
  rng: Rng,
): number {
  let sum = 0;
  for (const { t, weight, share } of levels) {
    const { alpha, sigma } = process.kernel(t);
    const at = secondOrder(density, { alpha, sigma });
    let spread = 0;
    for (let k = 0; k < perLevel; k++) {
      const index = 2 * rng.integer(points.length / 2);
      const noised = (value: number) => alpha * value + sigma * rng.normal();
      const { covariance } = at(noised(points[index]!), noised(points[index + 1]!));
      spread += covariance[0] + covariance[2];
    }
    sum += (share * weight * spread) / (2 * perLevel);
  }
  return sum;
}
