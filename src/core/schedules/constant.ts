import type { NoiseSchedule } from '../types.ts';
import { betaRange, betasOf, clipped, LAST_BETA } from './ddpmRange.ts';

/**
 * The same β at every step: 'const' of ermongroup/ddim.
 * @param nSteps T, 1…100 000
 * @param beta positive; 0.02 when left out
 * @returns [T]
 */
export function constantBetas(nSteps: number, beta: number = LAST_BETA): Float64Array {
  betaRange(nSteps, { last: beta });
  return betasOf(nSteps, () => beta);
}

/**
 * β = 0.02; when rescaled 1 − 0.98^(1000/T), which is 0.02·1000/T for large T and leaves the ᾱ_T of T = 1000 as it is
 * for every T: 20/T itself would pass 1 in short chains, and so end in an ᾱ_T that no float32 network can work with.
 */
export const constant: NoiseSchedule = {
  id: 'constant',
  label: 'Constant',
  summary: 'Every step adds the same share of noise, so the signal fades exponentially.',
  equation: String.raw`\beta_t = \beta,\quad \bar\alpha_t = (1-\beta)^t`,
  rescales: true,
  betas(nSteps, { rescale }) {
    const beta = rescale ? -Math.expm1((1000 / nSteps) * Math.log1p(-LAST_BETA)) : LAST_BETA;
    return clipped(constantBetas(nSteps, beta));
  },
};
