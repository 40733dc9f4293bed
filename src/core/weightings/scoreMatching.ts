import { parameterValues } from '../parameters.ts';
import type { LossWeighting } from './weighting.ts';

/** λ(t) ∝ 1/E‖∇ ln q(x_t|x_0)‖² = σ² (Song et al. 2021, §3.3; Song & Ermon 2019, §4.2): equal to L_simple. */
export const scoreMatching: LossWeighting = {
  id: 'score-matching',
  label: 'λ = σ²',
  summary: 'Score matching with the weight that makes every noise level count alike.',
  equation: String.raw`w_\text{score} = \lambda(t) = \sigma^2`,
  parameters: [],
  on: 'score',
  needs: [],
  build(values = {}) {
    parameterValues([], values);
    return ({ kernel }) => kernel.sigma ** 2;
  },
};
