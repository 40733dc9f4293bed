import type { Sampler } from '../types.ts';
import { noisyStep, reverseNoise, scoreTerms } from './steps.ts';

/**
 * Euler–Maruyama on the reverse SDE dx = [f x − g² ∇ln p_t] dt + g dw̄ (Song et al. 2021, Eq. 6), with f and g² at the
 * step's start. The drift is singular where α = 0, the score where σ = 0: those steps are `noisyStep`'s.
 */
export const eulerMaruyama: Sampler = {
  id: 'euler-maruyama',
  label: 'Euler–Maruyama',
  summary:
    'The plainest solver of the reverse SDE: drift times Δt plus fresh noise. It needs small steps to be stable.',
  equation: String.raw`x_{t-\Delta t} = x_t - \bigl[f(t)\,x_t - g(t)^2\,\nabla\!\ln p_t(x_t)\bigr]\Delta t + g(t)\sqrt{\Delta t}\;z`,
  uses: [],
  usual: { nSteps: 1000, timeGrid: 'linear' },
  stochastic: () => true,
  step: noisyStep('Euler–Maruyama', (leap) => {
    const { space, process, x, x0Hat, t, s, from } = leap;
    const dt = t - s;
    const g2 = process.diffusion2(t);
    return space.combine([1 - process.drift(t) * dt, x], ...scoreTerms(x, x0Hat, from, g2 * dt), [
      Math.sqrt(g2 * dt),
      reverseNoise(leap, x, t, s),
    ]);
  }),
};
