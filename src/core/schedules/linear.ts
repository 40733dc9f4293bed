import type { NoiseSchedule } from '../types.ts';
import { type BetaRange, betaRange, betasOf, clipped, ddpmRange, linspace } from './ddpmRange.ts';

/**
 * β_t in equal steps from the first to the last (Ho et al. 2020, §4; improved-diffusion multiplies both by 1000/T).
 * @param nSteps T, 1…100 000
 * @returns [T], not clipped
 * @throws RangeError as `betaRange`
 */
export function linearBetas(nSteps: number, range: BetaRange = {}): Float64Array {
  const [first, last] = betaRange(nSteps, range);
  return betasOf(nSteps, (i) => linspace(first, last, nSteps, i));
}

/** Ho et al. 2020, §4; scaled by 1000/T as in improved-diffusion when `rescale`. */
export const linear: NoiseSchedule = {
  id: 'linear',
  label: 'Linear',
  summary: 'The noise added per step grows in a straight line: the choice of the DDPM paper.',
  equation: String.raw`\beta_t = \beta_1 + \frac{t-1}{T-1}\,(\beta_T - \beta_1)`,
  rescales: true,
  betas: (nSteps, options) => clipped(linearBetas(nSteps, ddpmRange(nSteps, options))),
};
