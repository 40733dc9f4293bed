import type { DensityComponent } from '../types.ts';
import { defineDataset } from './defineDataset.ts';

/** Low corners of the squares of side 2, two in each column: where column and row number are both even or both odd. */
const columns = [-4, -2, 0, 2].map((x) =>
  [-4, -2, 0, 2].filter((y) => (x + y) % 4 === 0).map((y): readonly [number, number] => [x, y]),
);

/**
 * Checkerboard on [−4,4]² (FFJORD): x₁ = 4u − 2, x₂ = u′ − 2·Bernoulli(½) + (⌊x₁⌋ mod 2), both times 2. There is no
 * Gaussian noise to multiply. A class is a column of two squares. The density is exact: eight uniform boxes.
 */
export const checkerboard = defineDataset({
  id: 'checkerboard',
  label: 'Checkerboard',
  summary: 'Eight filled squares with sharp edges, which a smooth model can only approach.',
  shape: 'the checkerboard',
  noisy: false,
  point(rng) {
    const x = 4 * rng.uniform() - 2;
    const row = rng.uniform() < 0.5 ? -2 : 0;
    const odd = Math.abs(Math.floor(x) % 2);
    return [2 * x, 2 * (rng.uniform() + row + odd), Math.floor(x) + 2];
  },
  classes: {
    names: ['leftmost column', 'second column', 'third column', 'rightmost column'],
    parts: () =>
      columns.map((corners) =>
        corners.map(
          ([x, y]): DensityComponent => ({ kind: 'box', weight: 1 / 8, low: [x, y], high: [x + 2, y + 2] }),
        ),
      ),
  },
});
