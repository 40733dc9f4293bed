import { parameterValues } from '../parameters.ts';
import { type LossWeighting, needed } from './weighting.ts';

/**
 * λ(t) = g²(t), with which half the score-matching loss bounds the negative log-likelihood (Song, Durkan et al. 2021,
 * Theorem 1). Half of it is also the variational weight of continuous time, −½ SNR'(t) on x_0 (Kingma et al. 2021, §4).
 */
export const likelihood: LossWeighting = {
  id: 'likelihood',
  label: 'λ = g²',
  summary: 'Score matching weighted so that its loss bounds the likelihood of the data.',
  equation: String.raw`w_\text{score} = \lambda(t) = g^2(t)`,
  parameters: [],
  on: 'score',
  needs: ['diffusion2'],
  build(values = {}) {
    parameterValues([], values);
    return (at) => needed(at, 'diffusion2', 'likelihood');
  },
};
