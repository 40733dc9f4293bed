import { requireBetween } from '../check.ts';
import { DEFAULTS, requireSigmaRange } from './options.ts';
import type { NoiseLevels } from './types.ts';

/**
 * σ(t) = σ_min (σ_max/σ_min)^t of the variance-exploding process at t = 1 − u (Song et al. 2021, App. C), whose levels
 * NCSN anneals through (Song & Ermon 2019, §4.1).
 */
export const geometric: NoiseLevels = {
  id: 'geometric',
  label: 'Geometric (VE)',
  summary: 'Every level is the same fraction of the one before: the annealing of the first score networks.',
  equation: String.raw`\sigma(u) = \sigma_\text{max}\,\Big(\frac{\sigma_\text{min}}{\sigma_\text{max}}\Big)^{u}`,
  uses: ['sigmaMin', 'sigmaMax'],
  defaults: { ...DEFAULTS, sigmaMin: 0.02, sigmaMax: 100 },
  sigma(u, options) {
    requireBetween('The place u on the curve', u, 0, 1);
    requireSigmaRange(options);
    return Math.exp((1 - u) * Math.log(options.sigmaMax) + u * Math.log(options.sigmaMin));
  },
};
