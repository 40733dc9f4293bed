import type { Density } from '../types.ts';
import { curveDensity } from './curveDensity.ts';
import { defineDataset } from './defineDataset.ts';

const NOISE = 0.2;
const TURN = 1.5 * Math.PI;

/** t = 1.5π(1+2u): the roll of scikit-learn's make_swiss_roll seen along its axis, divided by 5. */
const roll = (t: number): readonly [number, number] => [(t * Math.cos(t)) / 5, (t * Math.sin(t)) / 5];

function rollDensity(from: number, to: number, noise: number, weight: number): Density {
  return curveDensity({ from, to, point: roll, density: () => 1 }, NOISE * noise, weight, 400 * weight);
}

/**
 * Swiss roll, with noise of std 0.2; its classes are the halves of t. Density: at most 400 Gaussians along the roll, 72 at noise 1. Median (95 %)
 * relative error over the draws: 5e-5 (4e-4) at noise 1, 2e-6 at 0.2, 5e-3 (8e-3) at 0.1.
 */
export const swissRoll = defineDataset({
  id: 'swiss-roll',
  label: 'Swiss roll',
  summary: 'One ribbon rolled up: neighbours in the plane can be far apart along it.',
  shape: 'the spiral',
  noisy: true,
  point(rng, noise) {
    const u = rng.uniform();
    const [x, y] = roll(TURN * (1 + 2 * u));
    return [x + NOISE * noise * rng.normal(), y + NOISE * noise * rng.normal(), u < 0.5 ? 0 : 1];
  },
  density: (noise) => rollDensity(TURN, 3 * TURN, noise, 1),
  classes: {
    names: ['inner half', 'outer half'],
    parts: (noise) => [rollDensity(TURN, 2 * TURN, noise, 0.5), rollDensity(2 * TURN, 3 * TURN, noise, 0.5)],
  },
});
