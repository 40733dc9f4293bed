import { expect, it } from 'vitest';
import { customDataset } from '../../src/core/datasets/custom.ts';
import { datasets } from '../../src/core/datasets/index.ts';
import { createRng } from '../../src/core/rng.ts';
import { unitsOf } from '../../src/core/standardize.ts';
import { stageView } from '../../src/experiment/stageView.ts';

const rng = createRng(5);
const normals = (n: number) => Float64Array.from({ length: 2 * n }, () => rng.normal());

it('is three standard deviations of a data set wide to each side', () => {
  for (const dataset of datasets.entries) {
    const { centre, scale } = unitsOf(dataset, 1);
    expect(stageView(dataset, 1)).toEqual({ centre, halfWidth: 3.1 * scale });
  }
});

it('shows most of own data as they are, whatever a few of them are', () => {
  const points = normals(60);
  for (const row of [7, 20, 41]) points[2 * row] = -9999;
  const { centre, halfWidth } = stageView(customDataset(points), 1);
  expect(halfWidth).toBeLessThan(6);
  expect(Math.hypot(...centre)).toBeLessThan(1);

  const cauchy = Float64Array.from({ length: 2000 }, () => rng.normal() / rng.normal());
  expect(stageView(customDataset(cauchy), 1).halfWidth).toBeLessThan(500);
});
