import type { NoiseSchedule } from '../types.ts';
import { type BetaRange, betaRange, betasOf, clipped, ddpmRange, linspace } from './ddpmRange.ts';

const sigmoidFunction = (x: number) => 1 / (1 + Math.exp(-x));

/**
 * 'sigmoid' of ermongroup/ddim and diffusers: the curve between −6 and 6, so its ends lie 0.25 % inside the range.
 * @param nSteps T, 1…100 000
 * @returns [T], not clipped
 * @throws RangeError as `betaRange`
 */
export function sigmoidBetas(nSteps: number, range: BetaRange = {}): Float64Array {
  const [first, last] = betaRange(nSteps, range);
  return betasOf(nSteps, (i) => sigmoidFunction(linspace(-6, 6, nSteps, i)) * (last - first) + first);
}

export const sigmoid: NoiseSchedule = {
  id: 'sigmoid',
  label: 'Sigmoid',
  summary: 'Gentle at both ends and steep in the middle: β follows an S-shaped curve.',
  equation: String.raw`\beta_t = \beta_1 + (\beta_T - \beta_1)\,\mathrm{sigmoid}\!\Big(12\,\tfrac{t-1}{T-1} - 6\Big)`,
  rescales: true,
  betas: (nSteps, options) => clipped(sigmoidBetas(nSteps, ddpmRange(nSteps, options))),
};
