import { circleDensity } from './circleDensity.ts';
import { defineDataset } from './defineDataset.ts';

/** scikit-learn's make_circles(factor = 0.5, noise = 0.08), times 3. */
const RADII = [3, 1.5];
const NOISE = 3 * 0.08;
/** Most components per circle. */
const COMPONENTS = [240, 160];

/**
 * Two concentric circles, half of the points on each, with noise of std 0.24. Density: at most 240 and 160
 * Gaussians. Median (95 %) relative error over the draws: 5e-6 (4e-5) at noise 1, 6e-4 (1e-3) at 0.1.
 */
export const circles = defineDataset({
  id: 'circles',
  label: 'Two circles',
  summary: 'A circle within a circle.',
  shape: 'the two circles',
  noisy: true,
  point(rng, noise) {
    const label = rng.integer(RADII.length);
    const radius = RADII[label]!;
    const angle = 2 * Math.PI * rng.uniform();
    return [
      radius * Math.cos(angle) + NOISE * noise * rng.normal(),
      radius * Math.sin(angle) + NOISE * noise * rng.normal(),
      label,
    ];
  },
  classes: {
    names: ['outer circle', 'inner circle'],
    parts: (noise) => RADII.map((radius, y) => circleDensity(radius, NOISE * noise, 0.5, COMPONENTS[y]!)),
  },
});
