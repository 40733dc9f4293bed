import type { Sampler } from '../types.ts';
import { leaveNoise, requireTowardsData, scoreTerms } from './kernelAlgebra.ts';

/**
 * Euler–Maruyama on the reverse SDE dx = [f x − g² ∇ln p_t] dt + g dw̄ (Song et al. 2021, Eq. 6), with f and g² at the
 * step's start. The score is singular at σ = 0, so the step to there is Tweedie's E[x₀|x_t];
 * the drift is where α = 0, and the step from there is `leaveNoise`.
 */
export const eulerMaruyama: Sampler = {
  id: 'euler-maruyama',
  label: 'Euler–Maruyama',
  summary:
    'The plainest solver of the reverse SDE: drift times Δt plus fresh noise. It needs small steps to be stable.',
  equation: String.raw`x_{t-\Delta t} = x_t - \bigl[f(t)\,x_t - g(t)^2\,\nabla\!\ln p_t(x_t)\bigr]\Delta t + g(t)\sqrt{\Delta t}\;z`,
  uses: [],
  everyStep: false,
  usual: { nSteps: 1000, timeGrid: 'linear' },
  stochastic: () => true,
  step(context, state, tNext) {
    const { space, process, denoise, noiseKey } = context;
    const { t, x, nfe } = state;
    requireTowardsData('Euler–Maruyama', t, tNext);
    if (process.kernel(t).alpha === 0) return leaveNoise(context, state, tNext);
    const x0Hat = denoise(x, t);
    const next = { t: tNext, x0Hat, nfe: nfe + 1, history: [] };
    if (process.kernel(tNext).sigma === 0) return { ...next, x: x0Hat };

    const dt = t - tNext;
    const g2 = process.diffusion2(t);
    const there = space.combine(
      [1 - process.drift(t) * dt, x],
      ...scoreTerms(x, x0Hat, process.kernel(t), g2 * dt),
      [Math.sqrt(g2 * dt), space.gaussian(x, noiseKey(tNext))],
    );
    return { ...next, x: there };
  },
};
