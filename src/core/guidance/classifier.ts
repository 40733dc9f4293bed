import { requireBetween } from '../check.ts';
import type { Denoiser, ForwardProcess, Kernel } from '../types.ts';
import { type Combining, requireFinite } from './classifierFree.ts';

/**
 * Classifier guidance of an ancestral step: μ + s·Σ·∇ln p(y|x_t) (Dhariwal & Nichol 2021, Algorithm 1).
 * @param mean and gradient of one shape; the gradient is taken at x_t, 1/unit
 * @param variance of the step, at least 0; where it is 0 (β̃_1) nothing shifts
 */
export function guidedMean<X>(space: Combining<X>, mean: X, variance: number, gradient: X, scale: number): X {
  requireBetween('The variance', variance, 0, Number.MAX_VALUE);
  requireFinite('The guidance scale', scale);
  return space.combine([1, mean], [variance * scale, gradient]);
}

/** The same on ε: ε̂ − s·σ·∇ln p(y|x_t) (Dhariwal & Nichol 2021, Eq. 14, with σ = √(1−ᾱ_t)). */
export function guidedEps<X>(
  space: Combining<X>,
  eps: X,
  { sigma }: Pick<Kernel, 'sigma'>,
  gradient: X,
  scale: number,
): X {
  requireFinite('The guidance scale', scale);
  return space.combine([1, eps], [-scale * sigma, gradient]);
}

/** The same on the score, where it is Bayes' rule for s = 1: ∇ln p(x_t|y) = ∇ln p(x_t) + ∇ln p(y|x_t). */
export function guidedScore<X>(space: Combining<X>, score: X, gradient: X, scale: number): X {
  requireFinite('The guidance scale', scale);
  return space.combine([1, score], [scale, gradient]);
}

/**
 * The same on x̂₀ = (x_t − σε̂)/α: x̂₀ + s·(σ²/α)·∇ln p(y|x_t), as a denoiser for every sampler.
 * @param gradient ∇ln p(y|x_t) at (x, t), of the shape of x
 * @returns a denoiser that throws a RangeError where alpha is 0, as x_t then says nothing of x_0
 */
export function classifierGuidedDenoiser<X>(
  space: Combining<X>,
  process: ForwardProcess,
  denoise: Denoiser<X>,
  gradient: (x: X, t: number) => X,
  scale: number,
): Denoiser<X> {
  requireFinite('The guidance scale', scale);
  return (x, t) => {
    const { alpha, sigma } = process.kernel(t);
    if (!(alpha > 0)) throw new RangeError(`Guidance of x̂₀ needs alpha above 0; at t = ${t} it is ${alpha}.`);
    return space.combine([1, denoise(x, t)], [(scale * sigma ** 2) / alpha, gradient(x, t)]);
  };
}
