import { geometric } from './geometric.ts';
import { DEFAULTS } from './options.ts';
import type { NoiseLevels } from './types.ts';

/** k-diffusion's `get_sigmas_exponential`: the geometric curve over EDM's range. */
export const exponential: NoiseLevels = {
  ...geometric,
  id: 'exponential',
  label: 'Exponential',
  summary: 'Equal steps in the logarithm of the noise, over the range of EDM.',
  equation: String.raw`\ln\sigma(u) = (1-u)\ln\sigma_\text{max} + u\ln\sigma_\text{min}`,
  defaults: DEFAULTS,
};
