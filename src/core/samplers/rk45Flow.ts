import { parameterValues } from '../parameters.ts';
import type { Sampler } from '../types.ts';
import { adaptiveSteps, adaptiveStepsTo } from './adaptiveSteps.ts';
import { leaveData } from './steps.ts';

const PARAMETERS = [
  {
    name: 'digits',
    label: 'Tolerance 10⁻ⁿ, n',
    hint: 'The error allowed in a step, relative to the points: 10 to the minus n. More digits, more evaluations.',
    initial: 3,
    low: 1,
    high: 6,
  },
] as const;

/**
 * The probability-flow ODE (Song et al. 2021, Eq. 13) to a tolerance, by adaptive RK45. Steps to and from σ = 0, where
 * the ODE is singular, are a denoising, E[x₀|x_t], and `leaveData`.
 * @param digits rtol and atol are 10^−digits
 * @throws RangeError when digits is out of range
 */
export function rk45Flow({ digits = 3 }: { readonly digits?: number } = {}): Sampler {
  parameterValues(PARAMETERS, { digits });
  const tolerance = { rtol: 10 ** -digits, atol: 10 ** -digits };
  return {
    id: 'rk45',
    label: 'RK45 (PF ODE)',
    summary:
      'Follows the probability-flow ODE to a tolerance: it measures its own error and chooses its steps by it.',
    equation: String.raw`dx = \bigl[f(t)\,x - \tfrac{1}{2}g(t)^2\,\nabla\!\ln p_t(x)\bigr]\,dt`,
    uses: [],
    usual: { nSteps: 1, timeGrid: 'linear' },
    nfePerStep: 6,
    parameters: PARAMETERS,
    build: (values) => rk45Flow(parameterValues(PARAMETERS, values)),
    stochastic: () => false,
    adaptive: adaptiveSteps,
    tolerance,
    step(context, state, tNext) {
      const { process, denoise } = context;
      if (process.kernel(state.t).sigma === 0) return leaveData(context, state, tNext);
      if (process.kernel(tNext).sigma === 0) {
        const x0Hat = denoise(state.x, state.t);
        return { t: tNext, x: x0Hat, x0Hat, nfe: state.nfe + 1, history: [] };
      }
      return adaptiveStepsTo(context, state, tNext, tolerance);
    },
  };
}
