import type { NoiseSchedule } from '../types.ts';
import { clippedBetas, ddpmRange, linspace } from './ddpmRange.ts';

/** Ho et al. 2020, §4; scaled by 1000/T as in improved-diffusion when `rescale`. */
export const linear: NoiseSchedule = {
  id: 'linear',
  label: 'Linear',
  summary: 'The noise added per step grows in a straight line: the choice of the DDPM paper.',
  equation: String.raw`\beta_t = \beta_1 + \frac{t-1}{T-1}\,(\beta_T - \beta_1)`,
  rescales: true,
  betas(nSteps, options) {
    const [first, last] = ddpmRange(nSteps, options);
    return clippedBetas(nSteps, (i) => linspace(first, last, nSteps, i));
  },
};
