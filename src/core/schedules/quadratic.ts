import type { NoiseSchedule } from '../types.ts';
import { type BetaRange, betaRange, betasOf, clipped, ddpmRange, linspace } from './ddpmRange.ts';

/**
 * √β_t in equal steps: 'quad' of ermongroup/ddim, 'scaled_linear' of diffusers. Latent diffusion takes the ends
 * 0.00085 and 0.012 (Rombach et al. 2022).
 * @param nSteps T, 1…100 000
 * @returns [T], not clipped
 * @throws RangeError as `betaRange`
 */
export function quadraticBetas(nSteps: number, range: BetaRange = {}): Float64Array {
  const [first, last] = betaRange(nSteps, range);
  return betasOf(nSteps, (i) => linspace(Math.sqrt(first), Math.sqrt(last), nSteps, i) ** 2);
}

/** Linear in √β: 'quad' of ermongroup/ddim, 'scaled_linear' of diffusers. */
export const quadratic: NoiseSchedule = {
  id: 'quadratic',
  label: 'Quadratic',
  summary: 'Little noise at first, then ever more: the square root of β grows in a straight line.',
  equation: String.raw`\beta_t = \Big(\sqrt{\beta_1} + \tfrac{t-1}{T-1}\big(\sqrt{\beta_T} - \sqrt{\beta_1}\big)\Big)^2`,
  rescales: true,
  betas: (nSteps, options) => clipped(quadraticBetas(nSteps, ddpmRange(nSteps, options))),
};
