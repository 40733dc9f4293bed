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
] as const;

/**
 * EDM's choice σ(t) = t, s(t) = 1 (Karras et al. 2022, Table 1 and Eq. 4), with its time in units of σ_max so that it
 * runs over [0,1]: σ = σ_max t, g² = 2σ_max² t. The paper's steps are the Karras grid of σ on this process.
 */
export const edm: ProcessFamily = {
  id: 'edm',
  label: 'EDM',
  summary:
    'The noise itself is the clock: σ grows evenly, and paths of the probability-flow ODE are nearly straight.',
  equation: String.raw`x = x_0 + \sigma\,\varepsilon,\quad \sigma = \sigma_{\max}\,t`,
  marginal: String.raw`\alpha = 1,\quad \sigma = \sigma_{\max}\,t`,
  parameters: PARAMETERS,
  build(values = {}) {
    const { sigmaMax } = parameterValues(PARAMETERS, values);
    return varianceExploding({
      sigma: (t) => sigmaMax * t,
      diffusion2: (t) => 2 * sigmaMax ** 2 * t,
      timeOf: (sigma) => sigma / sigmaMax,
    });
  },
  ofRate: null,
};
