import { parameterValues } from '../parameters.ts';
import type { TimeGrid } from '../types.ts';
import { karrasTimes, logSnrTimes } from './noiseLevelTimes.ts';
import { requireSteps } from './requireSteps.ts';

/** Equal steps in the log-SNR, as DPM-Solver takes them (Lu et al. 2022); tMin is the last time before 0. */
export const logSnr: TimeGrid = {
  id: 'log-snr',
  label: 'Log-SNR',
  summary: 'Equal steps of the log signal-to-noise ratio, whatever the process.',
  parameters: [],
  times(process, nSteps, nChain, { parameters = {}, tMin = 1 / nChain } = {}) {
    requireSteps(nSteps, nChain);
    parameterValues([], parameters);
    return nSteps === 1 ? [1, 0] : logSnrTimes(process, nSteps, tMin);
  },
};

const RHO = [
  {
    name: 'rho',
    label: 'ρ',
    hint: 'How much the steps crowd towards little noise: 1 is equal steps of σ, 7 is EDM’s choice.',
    initial: 7,
    low: 1,
    high: 20,
  },
] as const;

/** EDM's grid of noise levels (Karras et al. 2022, Eq. 5); tMin is the last time before 0. */
export const karras: TimeGrid = {
  id: 'karras',
  label: 'Karras (ρ)',
  summary: 'Equal steps of σ^(1/ρ): EDM’s noise levels, whatever the process.',
  parameters: RHO,
  times(process, nSteps, nChain, { parameters = {}, tMin = 1 / nChain } = {}) {
    requireSteps(nSteps, nChain);
    const { rho } = parameterValues(RHO, parameters);
    return nSteps === 1 ? [1, 0] : karrasTimes(process, nSteps, tMin, rho);
  },
};
