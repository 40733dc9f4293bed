import type { Parameterization } from '../types.ts';

/** The network predicts the noise: x̂₀ = (x_t − σ ε̂)/α (Ho et al. 2020, Eq. 9 and 15). */
export const eps: Parameterization = {
  id: 'eps',
  label: 'ε (noise)',
  scalings: ({ alpha, sigma }) => ({ skip: 1 / alpha, out: -sigma / alpha }),
};
