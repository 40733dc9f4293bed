import { networkOutput } from './output.ts';

/** The noise: x̂₀ = (x_t − σε̂)/α (Ho et al. 2020, Eq. 9 and 15). */
export const eps = networkOutput({
  id: 'eps',
  label: 'ε (noise)',
  summary: 'The network names the noise in the point: the choice of DDPM.',
  equation: String.raw`F = \varepsilon,\quad \hat x_0 = \frac{x_t - \sigma F}{\alpha}`,
  needsPrevious: false,
  dividesByAlpha: true,
  mix: () => ({ x0: 0, eps: 1 }),
});
