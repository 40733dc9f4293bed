import { polyexponential as polyexponentialLevels } from '../noiseLevels/polyexponential.ts';
import { parameterValues } from '../parameters.ts';
import type { TimeGrid } from '../types.ts';
import { karrasTimes, logSnrTimes, noiseLevelTimes } from './noiseLevelTimes.ts';
import { requireGridSteps } from './requireSteps.ts';

/** Equal steps in the log-SNR, as DPM-Solver takes them (Lu et al. 2022); tMin is the last time before 0. */
export const logSnr: TimeGrid = {
  id: 'log-snr',
  label: 'Log-SNR',
  summary: 'Equal steps of the log signal-to-noise ratio, whatever the process.',
  parameters: [],
  times(process, nSteps, nChain, { parameters = {}, tMin = 1 / nChain } = {}) {
    requireGridSteps(nSteps, nChain);
    parameterValues([], parameters);
    return nSteps === 1 ? [1, 0] : logSnrTimes(process, nSteps, tMin);
  },
};

const POWER = [
  {
    name: 'polyRho',
    label: 'power ρ',
    hint: 'The power that bends equal steps of the log-SNR: 1 leaves them equal, larger crowds them towards little noise.',
    initial: 1,
    low: 0.5,
    high: 3,
  },
] as const;

/** k-diffusion's `get_sigmas_polyexponential` in the times of any process; tMin is the last time before 0. */
export const polyexponential: TimeGrid = {
  id: 'polyexponential',
  label: 'Polyexponential (ρ)',
  summary:
    'The log-SNR falls like a power ρ of the steps that are left; ρ = 1 is the grid Log-SNR, k-diffusion’s “exponential”.',
  parameters: POWER,
  times(process, nSteps, nChain, { parameters = {}, tMin = 1 / nChain } = {}) {
    requireGridSteps(nSteps, nChain);
    const { polyRho: rho } = parameterValues(POWER, parameters);
    return nSteps === 1 ? [1, 0] : noiseLevelTimes(polyexponentialLevels, process, nSteps, { tMin, rho });
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
    requireGridSteps(nSteps, nChain);
    const { rho } = parameterValues(RHO, parameters);
    return nSteps === 1 ? [1, 0] : karrasTimes(process, nSteps, tMin, rho);
  },
};
