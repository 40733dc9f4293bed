import { defineDataset } from './defineDataset.ts';
import { roundGaussian } from './gaussian.ts';

/** FFJORD's divisor, near but not equal to √2. */
const DIVISOR = 1414 / 1000;
const STD = 0.5 / DIVISOR;

const centres = Array.from({ length: 8 }, (_, k): readonly [number, number] => [
  (4 * Math.cos((k * Math.PI) / 4)) / DIVISOR,
  (4 * Math.sin((k * Math.PI) / 4)) / DIVISOR,
]);

/** Eight equal Gaussians of std 0.354 on a circle of radius 2.83. The density is exact. */
export const eightGaussians = defineDataset({
  id: 'eight-gaussians',
  label: '8 Gaussians',
  summary: 'Eight round clouds on a circle: will every one be found?',
  shape: 'the eight clusters',
  noisy: true,
  point(rng, noise) {
    const label = rng.integer(centres.length);
    const [x, y] = centres[label]!;
    return [x + STD * noise * rng.normal(), y + STD * noise * rng.normal(), label];
  },
  classes: {
    names: ['east', 'north-east', 'north', 'north-west', 'west', 'south-west', 'south', 'south-east'].map(
      (place) => `${place} cloud`,
    ),
    parts: (noise) => centres.map((centre) => [roundGaussian(1 / centres.length, centre, STD * noise)]),
  },
});
