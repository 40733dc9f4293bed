import { requireBetween } from '../check.ts';
import type { Denoiser, Space } from '../types.ts';

/** All that guidance needs of a space. */
export type Combining<X> = Pick<Space<X>, 'combine'>;

/**
 * Classifier-free guidance by its authors' weight: (1 + w)·conditional − w·unconditional (Ho & Salimans 2022, Eq. 6).
 * w = 0 is the plain conditional model, w = −1 the unconditional one.
 * @param conditional and unconditional: predictions of ε, x̂₀, v or the score at one x_t, both of one kind
 */
export function guideByWeight<X>(space: Combining<X>, conditional: X, unconditional: X, w: number): X {
  requireFinite('The guidance weight w', w);
  return space.combine([1 + w, conditional], [-w, unconditional]);
}

/**
 * The same by the scale that diffusers and DPM-Solver use: unconditional + s·(conditional − unconditional).
 * s = 1 + w: s = 1 is the plain conditional model, s = 0 the unconditional one.
 */
export function guideByScale<X>(space: Combining<X>, conditional: X, unconditional: X, s: number): X {
  requireFinite('The guidance scale s', s);
  return space.combine([s, conditional], [1 - s, unconditional]);
}

/**
 * Guidance inside a denoiser, so that every sampler can use it: x̂₀ and ε are affine in one another with coefficients of
 * x_t alone, and (1 + w) − w = 1, so the same combination of the x̂₀ is the guided x̂₀.
 */
export function classifierFreeDenoiser<X>(
  space: Combining<X>,
  conditional: Denoiser<X>,
  unconditional: Denoiser<X>,
  w: number,
): Denoiser<X> {
  requireFinite('The guidance weight w', w);
  return (x, t) => guideByWeight(space, conditional(x, t), unconditional(x, t), w);
}

/** @throws RangeError on NaN and infinities */
export function requireFinite(name: string, value: number): void {
  requireBetween(name, value, -Number.MAX_VALUE, Number.MAX_VALUE);
}
