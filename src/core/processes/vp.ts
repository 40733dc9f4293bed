import { requireBetween } from '../check.ts';
import { parameterValues } from '../parameters.ts';
import { gridIndex, type Process, type ProcessFamily } from './process.ts';
import { linearRate, type NoiseRate } from './rates.ts';

/**
 * Variance preserving: dx = −½β(t)x dt + √β(t) dw (Song et al. 2021, Eq. 11), so that α = √ᾱ and σ = √(1 − ᾱ).
 * One discrete step is DDPM's: x_{i+1} = √(1 − β_i) x_i + √β_i z.
 */
export function variancePreserving(rate: NoiseRate): Process {
  let chain = new Float64Array();
  return {
    priorStd: 1,
    kernel(t) {
      const integral = rate.integral(t);
      return { alpha: Math.exp(-integral / 2), sigma: Math.sqrt(-Math.expm1(-integral)) };
    },
    drift: (t) => -rate.beta(t) / 2,
    diffusion2: (t) => rate.beta(t),
    timeOf(noiseToSignal) {
      requireBetween('The ratio σ/α', noiseToSignal, 0, Infinity);
      return rate.timeOf(Math.log1p(noiseToSignal ** 2)); // σ²/α² = e^B − 1
    },
    discretize(t, nSteps) {
      const index = gridIndex(t, nSteps);
      if (chain.length !== nSteps) chain = Float64Array.from(rate.betas(nSteps));
      const beta = chain[index]!;
      return { f: Math.sqrt(1 - beta) - 1, G: Math.sqrt(beta) };
    },
  };
}

/** The bounds of β(t) that VP and sub-VP share; the initial ones are score_sde's. */
export const BETA_PARAMETERS = [
  {
    name: 'betaMin',
    label: 'β_min',
    hint: 'How fast noise is added at the start, next to the data; larger blurs fine detail sooner.',
    initial: 0.1,
    low: 0,
    high: 1000,
  },
  {
    name: 'betaMax',
    label: 'β_max',
    hint: 'How fast noise is added at the end; larger leaves less of the data in the last noise.',
    initial: 20,
    low: 1e-6,
    high: 1000,
  },
] as const;

export const vp: ProcessFamily = {
  id: 'vp',
  label: 'VP',
  summary:
    'Variance preserving: the signal shrinks as noise is added, so the whole keeps its size. DDPM in continuous time.',
  equation: String.raw`dx = -\tfrac12\beta(t)\,x\,dt + \sqrt{\beta(t)}\,dw`,
  marginal: String.raw`\alpha = \sqrt{\bar\alpha(t)},\quad \sigma = \sqrt{1-\bar\alpha(t)}`,
  parameters: BETA_PARAMETERS,
  noise: 'chain',
  build(values = {}) {
    const { betaMin, betaMax } = parameterValues(BETA_PARAMETERS, values);
    return variancePreserving(linearRate(betaMin, betaMax));
  },
  ofRate: variancePreserving,
};
