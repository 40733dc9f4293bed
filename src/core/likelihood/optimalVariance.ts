import { chainTables } from '../chain.ts';
import { exactCovariance } from '../exact/fields.ts';
import type { Density, ForwardProcess } from '../types.ts';
import { optimalLogVarianceOf } from './expectedBound.ts';
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
  const tables = chainTables(betas);
  return (t, x) => {
    const covariance = exactCovariance(density, process.kernel(t / betas.length), x);
    const variance = x.map((_, i) => covariance[3 * (i >> 1) + 2 * (i % 2)]!);
    return optimalLogVarianceOf(tables, t, variance);
  };
}
