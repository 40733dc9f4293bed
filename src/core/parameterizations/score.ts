import { networkOutput } from './output.ts';

/** ∇ ln q(x_t|x_0) = −ε/σ, whose mean given x_t is the score (Vincent 2011; Song et al. 2021, Eq. 7). */
export const score = networkOutput({
  id: 'score',
  label: 'score (way uphill)',
  summary: 'The network points uphill, to where the noised data are denser.',
  equation: String.raw`F = \nabla_{x_t} \ln q(x_t \mid x_0) = -\frac{\varepsilon}{\sigma}`,
  needsPrevious: false,
  dividesByAlpha: true,
  mix: ({ sigma }) => ({ x0: 0, eps: -1 / sigma }),
});
