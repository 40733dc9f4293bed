import type { NoiseSchedule } from '../types.ts';
import { clippedBetas, ddpmRange, linspace } from './ddpmRange.ts';

const sigmoidFunction = (x: number) => 1 / (1 + Math.exp(-x));

/** 'sigmoid' of ermongroup/ddim: the curve between −6 and 6, so its ends lie 0.25 % inside the range. */
export const sigmoid: NoiseSchedule = {
  id: 'sigmoid',
  label: 'Sigmoid',
  summary: 'Gentle at both ends and steep in the middle: β follows an S-shaped curve.',
  equation: String.raw`\beta_t = \beta_1 + (\beta_T - \beta_1)\,\mathrm{sigmoid}\!\Big(12\,\tfrac{t-1}{T-1} - 6\Big)`,
  rescales: true,
  betas(nSteps, options) {
    const [first, last] = ddpmRange(nSteps, options);
    return clippedBetas(nSteps, (i) => sigmoidFunction(linspace(-6, 6, nSteps, i)) * (last - first) + first);
  },
};
