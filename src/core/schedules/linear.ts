import { parameterValues } from '../parameters.ts';
import type { NoiseSchedule } from '../types.ts';
import {
  type BetaRange,
  betaRange,
  betasOf,
  clipped,
  ddpmRange,
  FIRST_BETA,
  LAST_BETA,
  linspace,
} from './ddpmRange.ts';

const PARAMETERS = [
  {
    name: 'first',
    label: 'β from',
    hint: 'β_1, the noise that the first step adds, for T = 1000; larger blurs fine detail sooner.',
    initial: FIRST_BETA,
    low: 1e-5,
    high: 0.1,
  },
  {
    name: 'last',
    label: 'β to',
    hint: 'β_T, the noise that the last step adds, for T = 1000; larger leaves less of the data in x_T.',
    initial: LAST_BETA,
    low: 1e-4,
    high: 0.2,
  },
] as const;

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
  parameters: PARAMETERS,
  betas: (nSteps, options) =>
    clipped(
      linearBetas(nSteps, ddpmRange(nSteps, options, parameterValues(PARAMETERS, options.parameters ?? {}))),
    ),
};
