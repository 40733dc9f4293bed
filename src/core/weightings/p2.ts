import { parameterValues } from '../parameters.ts';
import { type LossWeighting, snr } from './weighting.ts';

const PARAMETERS = [
  {
    name: 'k',
    label: 'k',
    hint: 'The signal-to-noise ratio beyond which steps begin to count less; the larger, the nearer to the data that is.',
    initial: 1,
    low: 1e-6,
    high: 1e6,
  },
  {
    name: 'gamma',
    label: 'γ',
    hint: 'How steeply steps with little noise are turned down: at 0 all count as in L_simple, larger leaves them less.',
    initial: 1,
    low: 0,
    high: 10,
  },
] as const;

/** Perception-prioritised weighting (Choi et al. 2022), as a factor on L_simple. */
export const p2: LossWeighting = {
  id: 'p2',
  label: 'P2',
  summary: 'Turns down the steps with little noise, where only imperceptible detail is left to learn.',
  equation: String.raw`w_\varepsilon = (k + \mathrm{SNR})^{-\gamma}`,
  parameters: PARAMETERS,
  on: 'eps',
  needs: [],
  build(values = {}) {
    const { k, gamma } = parameterValues(PARAMETERS, values);
    return (at) => (k + snr(at)) ** -gamma;
  },
};
