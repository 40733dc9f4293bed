import { parameterValues } from '../parameters.ts';
import type { LossWeighting } from './weighting.ts';

/** The constant weight on x_0: the loss of a plain denoiser. */
export const uniformX0: LossWeighting = {
  id: 'uniform-x0',
  label: 'uniform on x₀',
  summary: 'Every noise level counts alike for the clean point, so the noisy end counts most.',
  equation: 'w_{x_0} = 1',
  parameters: [],
  on: 'x0',
  needs: [],
  build(values = {}) {
    parameterValues([], values);
    return () => 1;
  },
};
