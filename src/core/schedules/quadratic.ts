import type { NoiseSchedule } from '../types.ts';
import { clippedBetas, ddpmRange, linspace } from './ddpmRange.ts';

/** Linear in √β: 'quad' of ermongroup/ddim, 'scaled_linear' of diffusers. */
export const quadratic: NoiseSchedule = {
  id: 'quadratic',
  label: 'Quadratic',
  summary: 'Little noise at first, then ever more: the square root of β grows in a straight line.',
  equation: String.raw`\beta_t = \Big(\sqrt{\beta_1} + \tfrac{t-1}{T-1}\big(\sqrt{\beta_T} - \sqrt{\beta_1}\big)\Big)^2`,
  rescales: true,
  betas(nSteps, options) {
    const [first, last] = ddpmRange(nSteps, options);
    return clippedBetas(nSteps, (i) => linspace(Math.sqrt(first), Math.sqrt(last), nSteps, i) ** 2);
  },
};
