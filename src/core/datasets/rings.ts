import { circleDensity } from './circleDensity.ts';
import { defineDataset } from './defineDataset.ts';

const RADII = [3, 2.25, 1.5, 0.75];
const NOISE = 0.08;
/** Components per ring, enough for each ring's radius. */
const COMPONENTS = [128, 112, 92, 64];

/**
 * Four concentric rings of equal shares, with noise of std 0.08. Density: 396 Gaussians; relative error below 1e-3
 * within 3 std of a ring for noise ≥ 0.5, some per cent at 0.1.
 */
export const rings = defineDataset({
  id: 'rings',
  label: 'Four rings',
  summary: 'Four thin concentric rings, each with a quarter of the points.',
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
    return RADII.flatMap((radius, k) =>
      circleDensity(radius, NOISE * noise, 1 / RADII.length, COMPONENTS[k]!),
    );
  },
});
