import { gaussianPosterior, type Posterior } from '../posterior.ts';
import type { Kernel } from '../types.ts';
import { type NetworkOutput, networkOutput } from './output.ts';

/** μ̃_t(x_t, x_0), the mean of q(x_{t−1}|x_t, x_0) (Ho et al. 2020, Eq. 7; their ablation in Table 2). */
export const mu: NetworkOutput = {
  ...networkOutput({
    id: 'mu',
    label: 'μ̃ (step’s mean)',
    summary: 'The network names the mean of the next reverse step: DDPM’s own ablation.',
    equation: String.raw`F = \tilde\mu_t(x_t, x_0)`,
    needsPrevious: true,
    dividesByAlpha: true,
    mix(kernel, previous) {
      const { coefX0, coefX } = posterior(kernel, previous);
      return { x0: coefX0 + coefX * kernel.alpha, eps: coefX * kernel.sigma };
    },
  }),
  /** x̂₀ = (F − coefX·x_t)/coefX0, said without the mix, in which a short step cancels. */
  scalings(kernel, previous) {
    const { coefX0, coefX } = posterior(kernel, previous);
    return { skip: coefX === 0 ? 0 : -coefX / coefX0, out: 1 / coefX0 };
  },
};

function posterior(kernel: Kernel, previous: Kernel | undefined): Posterior {
  if (!previous) throw new RangeError('The output mu needs the kernel one step earlier as well.');
  return gaussianPosterior(kernel, previous);
}
