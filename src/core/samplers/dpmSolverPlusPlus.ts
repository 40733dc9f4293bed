import { parameterValues } from '../parameters.ts';
import type { Sampler } from '../types.ts';
import { halfLogSnr, leaveData, noiseless } from './steps.ts';

export interface MultistepOptions {
  /**
   * Steps that arrive at this time or earlier are of first order: the reference's lower_order_final, which steadies
   * paths of few steps (below 15 in the paper, below 10 in its code) when given the time at which the path ends.
   */
  readonly firstOrderFrom: number;
}

const PARAMETERS = [
  {
    name: 'firstOrderFrom',
    label: 'First order below t',
    hint: 'Steps that arrive here or later take the last prediction alone: calmer with few steps. At 1 it is DDIM.',
    initial: 0,
    low: 0,
    high: 1,
  },
] as const;

/**
 * DPM-Solver++(2M), the second-order multistep solver of the probability-flow ODE in terms of x̂₀
 * (Lu et al. 2022b, Algorithm 2). Its first step, and those to σ = 0 and α = 0, are of first order, hence DDIM's.
 * Where α = 1 this is k-diffusion's sample_dpmpp_2m.
 */
export function dpmSolverPlusPlus2M({ firstOrderFrom = 0 }: Partial<MultistepOptions> = {}): Sampler {
  return {
    id: 'dpm-solver-pp-2m',
    label: 'DPM++ 2M',
    summary:
      'DPM-Solver++, second order: follows DDIM’s smooth path but bends with it, so ten to twenty steps do.',
    equation: String.raw`x_{s} = \frac{\sigma_{s}}{\sigma_{t}}\,x_{t} - \alpha_{s}\,(e^{-h}-1)\Bigl[\bigl(1+\tfrac{1}{2r}\bigr)\hat x_0^{(t)} - \tfrac{1}{2r}\,\hat x_0^{(t')}\Bigr]`,
    uses: [],
    usual: { nSteps: 25, timeGrid: 'quadratic' },
    order: 2,
    parameters: PARAMETERS,
    build: (values) => dpmSolverPlusPlus2M(parameterValues(PARAMETERS, values)),
    stochastic: () => false,
    step(context, state, tNext) {
      const { space, process, denoise } = context;
      const { t, x, nfe, history } = state;
      const from = process.kernel(t);
      const to = process.kernel(tNext);
      if (from.sigma === 0) return leaveData(context, state, tNext);
      const x0Hat = denoise(x, t);
      const next = { t: tNext, x0Hat, nfe: nfe + 1, history: [{ t, x0Hat }] };
      if (to.sigma === 0) return { ...next, x: x0Hat };
      if (to.alpha === 0) return { ...next, x: space.combine(...noiseless(x, x0Hat, from, to)) };

      const h = halfLogSnr(to) - halfLogSnr(from);
      const coefX = to.sigma / from.sigma;
      const coefX0 = -to.alpha * Math.expm1(-h);
      const previous = tNext <= firstOrderFrom ? undefined : history[0];
      if (previous === undefined) return { ...next, x: space.combine([coefX, x], [coefX0, x0Hat]) };
      const r = (halfLogSnr(from) - halfLogSnr(process.kernel(previous.t))) / h;
      const w = 1 / (2 * r);
      return {
        ...next,
        x: space.combine([coefX, x], [coefX0 * (1 + w), x0Hat], [-coefX0 * w, previous.x0Hat]),
      };
    },
  };
}
