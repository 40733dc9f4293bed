import { parameterValues } from '../parameters.ts';
import { type LossWeighting, snr } from './weighting.ts';

const PARAMETERS = [
  {
    name: 'gamma',
    label: 'γ',
    hint: 'The ceiling on the weight of the error of x̂₀. Larger lets steps near the data count more; the paper takes 5.',
    initial: 5,
    low: 1e-3,
    high: 1e6,
  },
] as const;

/** Min-SNR-γ (Hang et al. 2023). */
export const minSnr: LossWeighting = {
  id: 'min-snr',
  label: 'min-SNR-γ',
  summary: 'SNR weighting with a ceiling γ, so that easy steps near the data do not crowd out the rest.',
  equation: String.raw`w_{x_0} = \min(\mathrm{SNR}, \gamma)`,
  parameters: PARAMETERS,
  on: 'x0',
  needs: [],
  build(values = {}) {
    const { gamma } = parameterValues(PARAMETERS, values);
    return (at) => Math.min(snr(at), gamma);
  },
};
