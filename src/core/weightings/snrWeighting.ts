import { parameterValues } from '../parameters.ts';
import { type LossWeighting, snr } from './weighting.ts';

/** SNR weighting of x_0 (Salimans & Ho 2022, §4): equal to L_simple. */
export const snrWeighting: LossWeighting = {
  id: 'snr',
  label: 'SNR',
  summary: 'The clean point counts by its signal-to-noise ratio, which is L_simple said for x₀.',
  equation: String.raw`w_{x_0} = \mathrm{SNR} = \alpha^2/\sigma^2`,
  parameters: [],
  on: 'x0',
  needs: [],
  build(values = {}) {
    parameterValues([], values);
    return (at) => snr(at);
  },
};
