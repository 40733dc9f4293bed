import { parameterValues } from '../parameters.ts';
import { type LossWeighting, snr } from './weighting.ts';

/** Truncated SNR (Salimans & Ho 2022, §4). */
export const truncatedSnr: LossWeighting = {
  id: 'truncated-snr',
  label: 'truncated SNR',
  summary: 'SNR weighting that does not fall below 1, so that the noisy end keeps its say.',
  equation: String.raw`w_{x_0} = \max(\mathrm{SNR}, 1)`,
  parameters: [],
  on: 'x0',
  needs: [],
  build(values = {}) {
    parameterValues([], values);
    return (at) => Math.max(snr(at), 1);
  },
};
