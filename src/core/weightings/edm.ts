import { parameterValues } from '../parameters.ts';
import { type LossWeighting, snr } from './weighting.ts';

const PARAMETERS = [
  {
    name: 'sigmaData',
    label: 'σ_data',
    hint: 'How spread out the data are taken to be; 1 is what they are here. Larger leaves steps with much noise less weight.',
    initial: 1,
    low: 1e-3,
    high: 1000,
  },
] as const;

/** λ(σ) = 1/c_out² (Karras et al. 2022, Table 1) = SNR + 1/σ_data². */
export const edm: LossWeighting = {
  id: 'edm',
  label: 'EDM',
  summary: 'Makes the first error of an EDM-preconditioned network equal at every noise level.',
  equation: String.raw`w_{x_0} = \frac{s^2 + \sigma_\text{data}^2}{(s\,\sigma_\text{data})^2},\quad s = \sigma/\alpha`,
  parameters: PARAMETERS,
  on: 'x0',
  needs: [],
  build(values = {}) {
    const { sigmaData } = parameterValues(PARAMETERS, values);
    return (at) => snr(at) + sigmaData ** -2;
  },
};
