import type { DensityComponent } from '../types.ts';
import { defineDataset } from './defineDataset.ts';
import { dinoPoints } from './dinoPoints.ts';

const N_POINTS = dinoPoints.length / 2;
const NOISE = 0.15;

/** From the drawing's units (0…100) to about ±4, as in tiny-diffusion. */
const toX = (x: number) => (x / 54 - 1) * 4;
const toY = (y: number) => (y / 48 - 1) * 4;
const STD_X = (NOISE * 4) / 54;
const STD_Y = (NOISE * 4) / 48;

/** The Datasaurus: one of 142 points, with noise of std 0.15 in the drawing's units. The density is exact. */
export const dino = defineDataset({
  id: 'dino',
  label: 'Dino',
  summary: 'The Datasaurus: 142 points, finer than dots are drawn, with quite ordinary statistics.',
  shape: 'the dinosaur',
  noisy: true,
  point(rng, noise) {
    const i = 2 * rng.integer(N_POINTS);
    return [
      toX(dinoPoints[i]! + NOISE * noise * rng.normal()),
      toY(dinoPoints[i + 1]! + NOISE * noise * rng.normal()),
    ];
  },
  density: (noise) =>
    Array.from({ length: N_POINTS }, (_, i): DensityComponent => {
      return {
        kind: 'gaussian',
        weight: 1 / N_POINTS,
        mean: [toX(dinoPoints[2 * i]!), toY(dinoPoints[2 * i + 1]!)],
        covariance: [(STD_X * noise) ** 2, 0, (STD_Y * noise) ** 2],
      };
    }),
});
