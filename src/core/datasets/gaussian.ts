import type { DensityComponent } from '../types.ts';

/** A round Gaussian of one standard deviation. */
export function roundGaussian(
  weight: number,
  mean: readonly [number, number],
  std: number,
): DensityComponent {
  return { kind: 'gaussian', weight, mean, covariance: [std ** 2, 0, std ** 2] };
}
