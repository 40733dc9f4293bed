import { optimalVariance } from '../likelihood/optimalVariance.ts';
import type { Posterior } from '../posterior.ts';
import type { Sampler, SamplerOptions, StepContext } from '../types.ts';

/** The variance that a sampler takes where one is wished for: β̃, its own, where it does not have that. */
export function varianceOf(
  { variances }: Pick<Sampler, 'variances'>,
  wish: SamplerOptions['variance'],
): SamplerOptions['variance'] {
  return variances?.includes(wish) ? wish : 'beta-tilde';
}

/** The variance where the exact answer stands in place of the network: nobody has learned one, so β̃ does for it. */
export const unlearned = (variance: SamplerOptions['variance']): SamplerOptions['variance'] =>
  variance === 'learned' ? 'beta-tilde' : variance;

/**
 * The optimal variance of a step that leaves t.
 * @param step the variance that it has for a known x_0, and the coefficient of x̂_0 in its mean
 * @throws RangeError where nobody has measured what x_t leaves open
 */
export function optimalVarianceAt<X>(
  { meanPosteriorVariance }: Pick<StepContext<X>, 'meanPosteriorVariance'>,
  t: number,
  step: Pick<Posterior, 'variance' | 'coefX0'>,
): number {
  if (!meanPosteriorVariance)
    throw new RangeError(
      'The optimal variance needs E[Var[x_0|x_t]], which nobody has measured for this denoiser.',
    );
  return optimalVariance(step, meanPosteriorVariance(t));
}
