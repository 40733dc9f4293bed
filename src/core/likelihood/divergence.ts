import { requireInteger } from '../check.ts';
import type { Rng, Vector } from '../types.ts';

/** How ∇·score is found: from two directions exactly, or as Hutchinson's mean of vᵀ(∂score/∂x)v over random v. */
export interface DivergenceEstimate {
  /** Directions for n points, each [n][2]. */
  probes(n: number): readonly Vector[];
  /** What the sum over the directions is multiplied by. */
  readonly factor: number;
}

const axis = (n: number, at: 0 | 1): Vector =>
  Float64Array.from({ length: 2 * n }, (_, i) => +(i % 2 === at));

/** The trace over the two axes. */
export const exactDivergence: DivergenceEstimate = {
  probes: (n) => [axis(n, 0), axis(n, 1)],
  factor: 1,
};

/**
 * Hutchinson's estimate with probes of mean 0 and covariance I (Grathwohl et al. 2019; Song et al. 2021, Eq. 40), the same
 * along the whole path, so that the ODE stays smooth: unbiased for ∫∇·, hence for ln p.
 * @param nProbes whole number, 1…1000
 */
export function hutchinson(nProbes: number, kind: 'rademacher' | 'gaussian', rng: Rng): DivergenceEstimate {
  requireInteger('The number of probes', nProbes, 1, 1000);
  const draw = kind === 'gaussian' ? (r: Rng) => r.normal() : (r: Rng) => (r.uniform() < 0.5 ? -1 : 1);
  return {
    probes: (n) =>
      Array.from({ length: nProbes }, (_, k) => {
        const stream = rng.fork(k);
        return Float64Array.from({ length: 2 * n }, () => draw(stream));
      }),
    factor: 1 / nProbes,
  };
}

/** Hutchinson's estimate with given directions, the same for every point. */
export function fixedProbes(directions: readonly (readonly [number, number])[]): DivergenceEstimate {
  requireInteger('The number of probes', directions.length, 1, 1000);
  return {
    probes: (n) => directions.map((v) => Float64Array.from({ length: 2 * n }, (_, i) => v[i % 2]!)),
    factor: 1 / directions.length,
  };
}
