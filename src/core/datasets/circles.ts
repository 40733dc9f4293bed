import { circleDensity } from './circleDensity.ts';
import { defineDataset } from './defineDataset.ts';

/** scikit-learn's make_circles(factor = 0.5, noise = 0.08), times 3. */
const RADII = [3, 1.5];
const NOISE = 3 * 0.08;

/**
 * Two concentric circles, half of the points on each, with noise of std 0.24. Density: 96 and 64 Gaussians; relative
 * error below 1e-4 within 3 std of a circle for noise ≥ 0.3, 1 % at 0.1.
 */
export const circles = defineDataset({
  id: 'circles',
  label: 'Two circles',
  summary: 'A circle within a circle.',
  noisy: true,
  point(rng, noise) {
    const radius = RADII[rng.integer(RADII.length)]!;
    const angle = 2 * Math.PI * rng.uniform();
    return [
      radius * Math.cos(angle) + NOISE * noise * rng.normal(),
      radius * Math.sin(angle) + NOISE * noise * rng.normal(),
    ];
  },
  density(noise) {
    return [
      ...circleDensity(RADII[0]!, NOISE * noise, 0.5, 96),
      ...circleDensity(RADII[1]!, NOISE * noise, 0.5, 64),
    ];
  },
});
