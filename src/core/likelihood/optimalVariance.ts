import { chainTables } from '../chain.ts';
import { requirePositive } from '../check.ts';
import { exactCovariance } from '../exact/fields.ts';
import type { Posterior } from '../posterior.ts';
import type { Density, ForwardProcess, Kernel, Vector } from '../types.ts';
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

/**
 * The one variance of all points and axes that is the reverse step's best, λ² + (√(β̄_n/α_n) − √(β̄_{n−1} − λ²))²·(1 − β̄_nΓ_n)
 * (Bao et al. 2022, Theorem 1): what the step itself has, and what x_t leaves open of x_0.
 * @param step its variance λ² for a known x_0, β̃ of DDPM and η²β̃ of DDIM, and the coefficient of x̂_0 in its mean
 * @param leftOpen E[Var[x_0|x_t]] per coordinate, ≥ 0
 */
export function optimalVariance(
  { variance, coefX0 }: Pick<Posterior, 'variance' | 'coefX0'>,
  leftOpen: number,
): number {
  return variance + coefX0 ** 2 * leftOpen;
}

/**
 * E[Var[x_0|x_t]] per coordinate, (σ²/α²)(1 − σ²Γ) with Γ = E‖score‖²/d as a denoiser has it (Bao et al. 2022, Eq. 8).
 * @param x [n][2] points x_t of the data, and the denoiser's answers at them
 * @param most the data's own variance, which what is left open cannot exceed: what few points tell badly where there is hardly a signal
 * @returns 0…most
 * @throws RangeError where there is no noise
 */
export function leftOpenByScore({ alpha, sigma }: Kernel, x: Vector, x0Hat: Vector, most: number): number {
  requirePositive('The noise σ', sigma);
  if (alpha === 0) return most;
  // σ²Γ = E‖ε̂‖²/d, ε̂ = (x_t − αx̂_0)/σ.
  const square = x.reduce((sum, value, i) => sum + ((value - alpha * x0Hat[i]!) / sigma) ** 2, 0) / x.length;
  return Math.min(most, (sigma / alpha) ** 2 * Math.max(0, 1 - square));
}

/**
 * E[Var[x_0|x_t]] per coordinate of a density, in the mean over points x_t of it: [n][2].
 * @throws RangeError as `exactCovariance`
 */
export function leftOpenExactly(density: Density, kernel: Kernel, x: Vector): number {
  const covariance = exactCovariance(density, kernel, x);
  const trace = (i: number) => covariance[3 * i]! + covariance[3 * i + 2]!;
  let sum = 0;
  for (let i = 0; i < covariance.length / 3; i++) sum += trace(i);
  return sum / x.length;
}
