import { parameterValues } from '../parameters.ts';
import type { LossWeighting } from './weighting.ts';

/** L_simple (Ho et al. 2020, Eq. 14). */
export const simple: LossWeighting = {
  id: 'simple',
  label: 'L_simple',
  summary: 'Every noise level counts alike for the noise: the choice of DDPM.',
  equation: String.raw`w_\varepsilon = 1`,
  parameters: [],
  on: 'eps',
  needs: [],
  build(values = {}) {
    parameterValues([], values);
    return () => 1;
  },
};
