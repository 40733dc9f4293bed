import { parameterValues } from '../parameters.ts';
import { varianceExploding } from './exploding.ts';
import type { Process, ProcessFamily } from './process.ts';
import { chainRate, type NoiseRate } from './rates.ts';

/**
 * The geometric noise of NCSN and score_sde: σ(t) = σ_min (σ_max/σ_min)^t, g² = 2σ² ln(σ_max/σ_min) (Song et al. 2021,
 * Eq. 30 and 31). At t = 0 the noise σ_min is left.
 * @param sigmaMin > 0; sigmaMax > sigmaMin, scaled units
 */
export function geometricVe(sigmaMin: number, sigmaMax: number): Process {
  if (!(sigmaMin > 0 && sigmaMax > sigmaMin && sigmaMax < Infinity)) {
    throw new RangeError(
      `σ must rise from sigmaMin > 0 to a finite sigmaMax, not ${sigmaMin} to ${sigmaMax}.`,
    );
  }
  const logRatio = Math.log(sigmaMax / sigmaMin);
  const sigma = (t: number) => sigmaMin * (sigmaMax / sigmaMin) ** t;
  return varianceExploding({
    sigma,
    diffusion2: (t) => 2 * sigma(t) ** 2 * logRatio,
    timeOf: (value) => Math.log(value / sigmaMin) / logRatio,
  });
}

/** The VP process without its shrinking, x_t/√ᾱ: σ² = 1/ᾱ − 1, g² = β/ᾱ. It starts without noise. */
export function veOfRate(rate: NoiseRate): Process {
  return varianceExploding({
    sigma: (t) => Math.sqrt(Math.expm1(rate.integral(t))),
    diffusion2: (t) => rate.beta(t) * Math.exp(rate.integral(t)),
    timeOf: (value) => rate.timeOf(Math.log1p(value ** 2)),
  });
}

/** VE from a table of betas, [T]: the same signal-to-noise ratio at every step as the chain's. */
export const veOfChain = (betas: Float64Array): Process => veOfRate(chainRate(betas));

const PARAMETERS = [
  {
    name: 'sigmaMin',
    label: 'σ_min',
    hint: 'The noise at the start, in units of the data’s own spread; the larger, the more fine detail is lost.',
    initial: 0.01,
    low: 1e-6,
    high: 1,
  },
  {
    name: 'sigmaMax',
    label: 'σ_max',
    hint: 'The noise at the end, in units of the data’s own spread; the data must drown in it.',
    initial: 50,
    low: 1.1,
    high: 100_000,
  },
] as const;

export const ve: ProcessFamily = {
  id: 've',
  label: 'VE',
  summary:
    'Variance exploding: noise is piled on without shrinking the signal, by equal factors in equal times.',
  equation: String.raw`dx = \sqrt{\tfrac{d\sigma^2(t)}{dt}}\,dw,\quad \sigma(t) = \sigma_\text{min}\Big(\frac{\sigma_\text{max}}{\sigma_\text{min}}\Big)^{t}`,
  marginal: String.raw`\alpha = 1,\quad \sigma = \sigma_\text{min}(\sigma_\text{max}/\sigma_\text{min})^t`,
  parameters: PARAMETERS,
  noise: 'own',
  build(values = {}) {
    const { sigmaMin, sigmaMax } = parameterValues(PARAMETERS, values);
    return geometricVe(sigmaMin, sigmaMax);
  },
  ofRate: veOfRate,
};
