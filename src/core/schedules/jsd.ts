import type { NoiseSchedule } from '../types.ts';
import { betasOf, clipped, requireChainLength } from './ddpmRange.ts';

/**
 * β_t = 1/(T − t + 1), so that ᾱ_t = 1 − t/T (Sohl-Dickstein et al. 2015, §2.4.1; 'jsd' of ermongroup/ddim). The last
 * β is 1 and ᾱ_T = 0: make tables of it with `zeroTerminalSnr`.
 * @param nSteps T, 1…100 000
 * @returns [T]
 */
export function jsdBetas(nSteps: number): Float64Array {
  requireChainLength(nSteps);
  return betasOf(nSteps, (i) => 1 / (nSteps - i));
}

/** With its last β clipped to 0.999, as the cosine schedule's is, so that ᾱ_T > 0. It fits every T. */
export const jsd: NoiseSchedule = {
  id: 'jsd',
  label: '1/T',
  summary: 'Each step wipes out an equal share of the first signal: the 2015 paper’s choice for bits.',
  equation: String.raw`\beta_t = \frac{1}{T-t+1},\quad \bar\alpha_t = 1 - \frac{t}{T}`,
  rescales: false,
  betas: (nSteps) => clipped(jsdBetas(nSteps)),
};
