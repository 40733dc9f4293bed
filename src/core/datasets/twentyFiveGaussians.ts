import { defineDataset } from './defineDataset.ts';
import { roundGaussian } from './gaussian.ts';

const STD = 0.1;
const SPACING = 1.5;

/** Row by row from the lowest. */
const centres = Array.from({ length: 25 }, (_, k): readonly [number, number] => [
  SPACING * ((k % 5) - 2),
  SPACING * (Math.floor(k / 5) - 2),
]);
const rowOf = (k: number) => Math.floor(k / 5);
const ROWS = ['lowest row', 'second row', 'middle row', 'fourth row', 'highest row'];

/** A 5×5 grid of equal Gaussians of std 0.1, spaced 1.5; a class is a row of five. The density is exact. */
export const twentyFiveGaussians = defineDataset({
  id: 'twenty-five-gaussians',
  label: '25 Gaussians',
  summary: 'A 5×5 grid of small clouds with empty space between them.',
  shape: 'the grid of clusters',
  noisy: true,
  point(rng, noise) {
    const k = rng.integer(centres.length);
    const [x, y] = centres[k]!;
    return [x + STD * noise * rng.normal(), y + STD * noise * rng.normal(), rowOf(k)];
  },
  classes: {
    names: ROWS,
    parts: (noise) =>
      ROWS.map((_, row) =>
        centres
          .filter((_centre, k) => rowOf(k) === row)
          .map((centre) => roundGaussian(1 / centres.length, centre, STD * noise)),
      ),
  },
});
