import { parameterValues } from '../parameters.ts';
import { gaussianPosterior } from '../posterior.ts';
import { type LossWeighting, needed, type WeightAt } from './weighting.ts';

/**
 * L_{t−1} of the variational bound with the reverse variance σ_t² = β_t (Ho et al. 2020, Eq. 12), in nats:
 * β_t²/(2σ_t²α_t(1 − ᾱ_t)) on ε, which is coefX0²/(2σ_t²) on x_0. At t = 1 it is the weight of a Gaussian decoder of
 * variance β_1.
 */
export const variational: LossWeighting = {
  id: 'variational',
  label: 'variational, σ² = β',
  summary: 'The bound on the likelihood itself: steps near the data count most.',
  equation: String.raw`w_\varepsilon = \frac{\beta_t^2}{2\sigma_t^2\,\alpha_t\,(1-\bar\alpha_t)},\quad \sigma_t^2 = \beta_t`,
  parameters: [],
  on: 'x0',
  needs: ['previous'],
  build(values = {}) {
    parameterValues([], values);
    return (at) => {
      const { coefX0, beta } = stepOf(at, 'variational');
      return coefX0 ** 2 / (2 * beta);
    };
  },
};

/** The same with σ_t² = β̃_t: ½(SNR(t − 1) − SNR(t)) on x_0 (Kingma et al. 2021, Eq. 13). Infinite for the last step, where β̃_1 = 0. */
export const variationalTilde: LossWeighting = {
  id: 'variational-tilde',
  label: 'variational, σ² = β̃',
  summary:
    'The bound on the likelihood with the posterior’s own variance: what a step loses in signal-to-noise ratio.',
  equation: String.raw`w_{x_0} = \tfrac12\big(\mathrm{SNR}(t-1) - \mathrm{SNR}(t)\big)`,
  parameters: [],
  on: 'x0',
  needs: ['previous'],
  build(values = {}) {
    parameterValues([], values);
    return (at) => {
      const { coefX0, variance } = stepOf(at, 'variational-tilde');
      return coefX0 ** 2 / (2 * variance);
    };
  },
};

const stepOf = (at: WeightAt, id: string) => gaussianPosterior(at.kernel, needed(at, 'previous', id));
