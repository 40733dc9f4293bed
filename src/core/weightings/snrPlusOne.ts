import { parameterValues } from '../parameters.ts';
import { type LossWeighting, snr } from './weighting.ts';

/** SNR + 1 (Salimans & Ho 2022, §4): the constant weight on v. */
export const snrPlusOne: LossWeighting = {
  id: 'snr-plus-one',
  label: 'SNR + 1',
  summary: 'What a plain squared error of v amounts to: SNR near the data, 1 in the noise.',
  equation: String.raw`w_{x_0} = \mathrm{SNR} + 1`,
  parameters: [],
  on: 'x0',
  needs: [],
  build(values = {}) {
    parameterValues([], values);
    return (at) => snr(at) + 1;
  },
};
