import type { Density, DensityComponent } from '../types.ts';

/** Components are at most this many noise widths apart, where their largest number allows it (ripple 7e-6). */
const PIECE_LENGTH = 1.25;
/** Fewer than that are widened until their spacing is this many widths: the ripple 2·exp(−2π²/1.6²) is 9e-4. */
const WIDEST_SPACING = 1.6;
const MIN_COMPONENTS = 24;

/**
 * The density of a circle about the origin blurred by a round Gaussian: components spread evenly over the angle, each
 * the exact mean and covariance of an arc weighted by a Gaussian in the angle, plus the noise. A closed curve has no
 * ends to blur, so arcs may overlap as much as they need to: the ripple along the circle
 * stays below 1e-3 for every noise.
 * @param std noise's standard deviation, units of the radius
 * @param weight of all components together
 * @param maxComponents bounds their number; the wider arcs that a small noise then needs bend, which thickens the circle
 */
export function circleDensity(radius: number, std: number, weight: number, maxComponents: number): Density {
  const wanted = Math.ceil((2 * Math.PI * radius) / (PIECE_LENGTH * std));
  const nComponents = Math.min(maxComponents, Math.max(MIN_COMPONENTS, wanted));
  const spacing = (2 * Math.PI) / nComponents;
  const width = Math.max(0, (spacing / WIDEST_SPACING) ** 2 - (std / radius) ** 2); // variance of the angle within an arc
  // The moments of (cos φ, sin φ) for φ ~ N(0, width).
  const meanCos = Math.exp(-width / 2);
  const varianceCos = Math.expm1(-width) ** 2 / 2;
  const varianceSin = -Math.expm1(-2 * width) / 2;
  const radial = radius ** 2 * varianceCos + std ** 2;
  const tangential = radius ** 2 * varianceSin + std ** 2;
  return Array.from({ length: nComponents }, (_, k): DensityComponent => {
    const cos = Math.cos(k * spacing);
    const sin = Math.sin(k * spacing);
    return {
      kind: 'gaussian',
      weight: weight / nComponents,
      mean: [radius * meanCos * cos, radius * meanCos * sin],
      covariance: [
        radial * cos ** 2 + tangential * sin ** 2,
        (radial - tangential) * cos * sin,
        radial * sin ** 2 + tangential * cos ** 2,
      ],
    };
  });
}
