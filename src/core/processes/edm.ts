import { parameterValues } from '../parameters.ts';
import { varianceExploding } from './exploding.ts';
import type { ProcessFamily } from './process.ts';

const PARAMETERS = [
  {
    name: 'sigmaMax',
    label: 'σ_max',
    hint: 'The noise at the end, in units of the data’s own spread; the data must drown in it.',
    initial: 80,
    low: 1e-3,
    high: 100_000,
  },
  {
    name: 'rho',
    label: 'clock ρ',
    hint: 'At 1 the time is the noise itself, as in the paper, and the last, decisive bit of it is over in a blink; larger gives that bit more time.',
    initial: 7,
    low: 1,
    high: 20,
  },
] as const;

/**
 * EDM's choice σ(t) = t, s(t) = 1 (Karras et al. 2022, Table 1 and Eq. 4), on a clock that runs over [0,1] and is bent by
 * ρ: σ = σ_max t^ρ, g² = 2ρσ_max² t^{2ρ−1}. ρ = 1 is the paper's clock, in units of σ_max. At ρ = 7 equal steps of t are
 * the paper's steps (Eq. 5, with σ_min = 0), and what happens near the data takes its share of the time.
 */
export const edm: ProcessFamily = {
  id: 'edm',
  label: 'EDM',
  summary:
    'Noise is piled on without shrinking the signal; seen in σ, paths of the probability-flow ODE are nearly straight.',
  equation: String.raw`x = x_0 + \sigma\,\varepsilon,\quad \sigma = \sigma_\text{max}\,t^{\rho}`,
  marginal: String.raw`\alpha = 1,\quad \sigma = \sigma_\text{max}\,t^{\rho}`,
  parameters: PARAMETERS,
  noise: 'own',
  usual: { output: 'edm', weighting: 'edm', timeSampling: 'log-normal', timeGrid: 'karras' },
  build(values = {}) {
    const { sigmaMax, rho } = parameterValues(PARAMETERS, values);
    return varianceExploding({
      sigma: (t) => sigmaMax * t ** rho,
      diffusion2: (t) => 2 * rho * sigmaMax ** 2 * t ** (2 * rho - 1),
      timeOf: (sigma) => (sigma / sigmaMax) ** (1 / rho),
    });
  },
  ofRate: null,
};
