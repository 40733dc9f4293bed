import { curveDensity } from './curveDensity.ts';
import { defineDataset } from './defineDataset.ts';

/** scikit-learn's make_moons(noise = 0.1), times 2 and moved by (−1, −0.2). */
const SCALE = 2;
const NOISE = SCALE * 0.1;

const upper = (a: number): readonly [number, number] => [SCALE * Math.cos(a) - 1, SCALE * Math.sin(a) - 0.2];
const lower = (a: number): readonly [number, number] => [
  SCALE * (1 - Math.cos(a)) - 1,
  SCALE * (0.5 - Math.sin(a)) - 0.2,
];
const MOONS = [upper, lower] as const;

/**
 * Two moons, half of the points on each, with noise of std 0.2. Density: at most 200 Gaussians along each, 26 at
 * noise 1. Median (95 %) relative error over the draws: 5e-5 (5e-4) at noise 1, 9e-5 (1e-4) at 0.1.
 */
export const moons = defineDataset({
  id: 'moons',
  label: 'Two moons',
  summary: 'Two half circles that hook into each other.',
  shape: 'the two moons',
  noisy: true,
  point(rng, noise) {
    const label = rng.uniform() < 0.5 ? 0 : 1;
    const [x, y] = MOONS[label](Math.PI * rng.uniform());
    return [x + NOISE * noise * rng.normal(), y + NOISE * noise * rng.normal(), label];
  },
  classes: {
    names: ['upper moon', 'lower moon'],
    parts: (noise) =>
      MOONS.map((point) =>
        curveDensity({ from: 0, to: Math.PI, point, density: () => 1 }, NOISE * noise, 0.5, 200),
      ),
  },
});
