import { requireBetween, requireInteger } from '../check.ts';
import type { Density, Kernel, Rng } from '../types.ts';
import { drawComponent } from './drawDensity.ts';
import { requireField } from './requireField.ts';
import { secondOrder } from './secondOrder.ts';

export interface BayesFloor {
  /** The least mean squared error per coordinate that any prediction from x_t can have. */
  readonly value: number;
  /** Of the Monte-Carlo mean over x_t, from the draws themselves (an upper estimate: they are stratified). */
  readonly standardError: number;
}

/**
 * The irreducible loss at one noise level: E tr Cov[target|x_t]/2. A network that predicts target = c·x_0 + known(x_t)
 * cannot do better than c² times that of x_0. The covariance is exact; only x_t is drawn, evenly over the components.
 * c = 1 for x_0, α/σ for ε, (α² + σ²)/σ for v, α/σ² for the score, and 1/out for F in x̂₀ = skip·x_t + out·F.
 * @param gain c, finite
 * @param nDraws number of x_t, 2…10⁷
 * @throws RangeError on an empty density, a negative kernel, or arguments out of range
 */
export function bayesFloor(
  density: Density,
  kernel: Kernel,
  gain: number,
  nDraws: number,
  rng: Rng,
): BayesFloor {
  requireField(density, kernel, new Float64Array(0));
  requireBetween('The gain', gain, -Number.MAX_VALUE, Number.MAX_VALUE);
  requireInteger('The number of draws', nDraws, 2, 1e7);
  const at = secondOrder(density, kernel);
  let sum = 0;
  let squares = 0;
  for (const [x, y] of noisedDraws(density, kernel, nDraws, rng)) {
    const { covariance } = at(x, y);
    const value = (gain ** 2 * (covariance[0] + covariance[2])) / 2;
    sum += value;
    squares += value ** 2;
  }
  const mean = sum / nDraws;
  const variance = Math.max(0, squares / nDraws - mean ** 2);
  return { value: mean, standardError: Math.sqrt(variance / (nDraws - 1)) };
}

/** x_t ~ p_t, the components in proportion to their weights (systematic sampling). */
function* noisedDraws(
  density: Density,
  { alpha, sigma }: Kernel,
  nDraws: number,
  rng: Rng,
): Generator<readonly [number, number], void, void> {
  const start = rng.uniform();
  let k = 0;
  let reached = density[0]!.weight;
  for (let i = 0; i < nDraws; i++) {
    const position = (i + start) / nDraws;
    while (position >= reached && k < density.length - 1) reached += density[++k]!.weight;
    const [x, y] = drawComponent(density[k]!, rng);
    yield [alpha * x + sigma * rng.normal(), alpha * y + sigma * rng.normal()];
  }
}
