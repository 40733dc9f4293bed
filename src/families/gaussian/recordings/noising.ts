import type { Rng, Vector } from '../../../core/types.ts';
import type { GaussianExperiment } from '../experiment.ts';

/**
 * x_t from x_s by the exact kernel between any two times: x_t = a x_s + √(σ_t² − a²σ_s²) z with a = α_t/α_s.
 * @param x [n][2] at `from`, which is null for the data themselves: some processes have noise at t = 0
 */
export function noisier(
  process: GaussianExperiment['process'],
  x: Vector,
  from: number | null,
  to: number,
  rng: Rng,
): Vector {
  const earlier = from === null ? { alpha: 1, sigma: 0 } : process.kernel(from);
  const later = process.kernel(to);
  const ratio = later.alpha / earlier.alpha;
  const std = Math.sqrt(Math.max(0, later.sigma ** 2 - (ratio * earlier.sigma) ** 2));
  return x.map((value) => ratio * value + std * rng.normal());
}
