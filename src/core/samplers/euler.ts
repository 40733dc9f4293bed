import type { Sampler } from '../types.ts';
import { noiselessStep } from './steps.ts';

/**
 * Euler's method on the probability-flow ODE dx = x̂₀ dα + ε̂ dσ. On straight paths (α = 1 − t, σ = t) it is rectified
 * flow's x ← x + (s − t)·v̂ with v̂ = ε̂ − x̂₀ (Liu et al. 2023, Alg. 1); where α = 1, sample_euler of Karras et al. 2022;
 * on every process it lands where DDIM does without noise.
 */
export const euler: Sampler = {
  id: 'euler',
  label: 'Euler (velocity)',
  summary:
    'Walks along the predicted velocity, as rectified flow does on straight paths; here it lands where DDIM does.',
  equation: String.raw`x_s = x_t + (\alpha_s-\alpha_t)\,\hat x_0 + (\sigma_s-\sigma_t)\,\hat\varepsilon`,
  uses: [],
  usual: { nSteps: 100, timeGrid: 'quadratic' },
  order: 1,
  stochastic: () => false,
  step: noiselessStep(({ space, x, x0Hat, from, to }) => {
    const epsHat = space.combine([1 / from.sigma, x], [-from.alpha / from.sigma, x0Hat]);
    return space.combine([1, x], [to.alpha - from.alpha, x0Hat], [to.sigma - from.sigma, epsHat]);
  }),
};
