import { parameterValues } from '../parameters.ts';
import { eulerMaruyama, type Process, type ProcessFamily } from './process.ts';
import { linearRate, type NoiseRate } from './rates.ts';
import { BETA_PARAMETERS } from './vp.ts';

/**
 * sub-VP: dx = −½β x dt + √(β(1 − ᾱ²)) dw (Song et al. 2021, Eq. 12 and 29), so that α = √ᾱ and σ = 1 − ᾱ,
 * a standard deviation, not a variance. Discretised by Euler–Maruyama.
 */
export function subVariancePreserving(rate: NoiseRate): Process {
  const process: Process = {
    priorStd: 1,
    kernel(t) {
      const integral = rate.integral(t);
      return { alpha: Math.exp(-integral / 2), sigma: -Math.expm1(-integral) };
    },
    drift: (t) => -rate.beta(t) / 2,
    diffusion2: (t) => -rate.beta(t) * Math.expm1(-2 * rate.integral(t)),
    timeOf: (noiseToSignal) => rate.timeOf(2 * Math.asinh(noiseToSignal / 2)), // σ/α = 2 sinh(B/2)
    discretize: (t, nSteps) => eulerMaruyama(process, t, nSteps),
  };
  return process;
}

export const subVp: ProcessFamily = {
  id: 'sub-vp',
  label: 'sub-VP',
  summary:
    'Like VP with less noise at every time: the process with the best likelihoods in the score-SDE paper.',
  equation: String.raw`dx = -\tfrac12\beta(t)\,x\,dt + \sqrt{\beta(t)\,(1-\bar\alpha(t)^2)}\,dw`,
  marginal: String.raw`\alpha = \sqrt{\bar\alpha(t)},\quad \sigma = 1-\bar\alpha(t)`,
  parameters: BETA_PARAMETERS,
  noise: 'schedule',
  build(values = {}) {
    const { betaMin, betaMax } = parameterValues(BETA_PARAMETERS, values);
    return subVariancePreserving(linearRate(betaMin, betaMax));
  },
  ofRate: subVariancePreserving,
};
