import { chainTables } from '../chain.ts';
import { exactCovariance } from '../exact/fields.ts';
import type { Density, ForwardProcess } from '../types.ts';
import type { LogVariance } from './variationalBound.ts';

/**
 * The diagonal variance of the reverse step that gives the least bound beside the exact mean: that of
 * q(x_{t−1}|x_t) itself, β̃_t + (√ᾱ_{t−1}β_t/(1−ᾱ_t))²·Cov[x_0|x_t] (Bao et al. 2022, Theorem 1, here for each x_t and axis).
 * @param betas [T], and the same chain as a process on [0,1]
 */
export function optimalLogVariance(
  density: Density,
  betas: Float64Array,
  process: ForwardProcess,
): LogVariance {
  const { posteriorVariance, alphasCumprod } = chainTables(betas);
  return (t, x) => {
    const before = t === 1 ? 1 : alphasCumprod[t - 2]!;
    const coefficient = (Math.sqrt(before) * betas[t - 1]!) / (1 - alphasCumprod[t - 1]!);
    const covariance = exactCovariance(density, process.kernel(t / betas.length), x);
    return Float64Array.from({ length: x.length }, (_, i) => {
      const spread = covariance[3 * (i >> 1) + 2 * (i % 2)]!;
      return Math.log(posteriorVariance[t - 1]! + coefficient ** 2 * spread);
    });
  };
}
