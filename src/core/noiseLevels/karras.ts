import { requireBetween, requirePositive } from '../check.ts';
import { DEFAULTS, requireSigmaRange } from './options.ts';
import type { NoiseLevels } from './types.ts';

/** Karras et al. 2022, Eq. 5: equal steps in σ^(1/ρ). EDM's own, and k-diffusion's `get_sigmas_karras`. */
export const karras: NoiseLevels = {
  id: 'karras',
  label: 'Karras (EDM)',
  summary: 'Equal steps in a root of the noise, so that most steps are spent where there is little of it.',
  equation: String.raw`\sigma(u) = \Big(\sigma_\text{max}^{1/\rho} + u\,\big(\sigma_\text{min}^{1/\rho} - \sigma_\text{max}^{1/\rho}\big)\Big)^{\rho}`,
  uses: ['sigmaMin', 'sigmaMax', 'rho'],
  defaults: DEFAULTS,
  sigma(u, options) {
    requireBetween('The place u on the curve', u, 0, 1);
    requireSigmaRange(options);
    requirePositive('rho', options.rho);
    const most = options.sigmaMax ** (1 / options.rho);
    const least = options.sigmaMin ** (1 / options.rho);
    return (most + u * (least - most)) ** options.rho;
  },
};
