import { requireBetween, requirePositive } from '../check.ts';
import { DEFAULTS, requireSigmaRange } from './options.ts';
import type { NoiseLevels } from './types.ts';

/** k-diffusion's `get_sigmas_polyexponential`: ln σ falls like a power ρ of what is left; ρ = 1 is exponential. */
export const polyexponential: NoiseLevels = {
  id: 'polyexponential',
  label: 'Polyexponential',
  summary: 'Like the exponential curve, bent by a power ρ: above 1 it hurries through the strong noise.',
  equation: String.raw`\ln\sigma(u) = \ln\sigma_\text{min} + (1-u)^{\rho}\,\ln\frac{\sigma_\text{max}}{\sigma_\text{min}}`,
  uses: ['sigmaMin', 'sigmaMax', 'rho'],
  defaults: { ...DEFAULTS, rho: 1 },
  sigma(u, options) {
    requireBetween('The place u on the curve', u, 0, 1);
    requireSigmaRange(options);
    requirePositive('rho', options.rho);
    const least = Math.log(options.sigmaMin);
    return Math.exp((1 - u) ** options.rho * (Math.log(options.sigmaMax) - least) + least);
  },
};
