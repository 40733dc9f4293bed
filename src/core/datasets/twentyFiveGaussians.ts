import { defineDataset } from './defineDataset.ts';
import { roundGaussian } from './gaussian.ts';

const STD = 0.1;
const SPACING = 1.5;

const centres = Array.from({ length: 25 }, (_, k): readonly [number, number] => [
  SPACING * ((k % 5) - 2),
  SPACING * (Math.floor(k / 5) - 2),
]);

/** A 5×5 grid of equal Gaussians of std 0.1, spaced 1.5. The density is exact. */
export const twentyFiveGaussians = defineDataset({
  id: 'twenty-five-gaussians',
  label: '25 Gaussians',
  summary: 'A 5×5 grid of small clouds with empty space between them.',
  noisy: true,
  point(rng, noise) {
    const [x, y] = centres[rng.integer(centres.length)]!;
    return [x + STD * noise * rng.normal(), y + STD * noise * rng.normal()];
  },
  density: (noise) => centres.map((centre) => roundGaussian(1 / centres.length, centre, STD * noise)),
});
