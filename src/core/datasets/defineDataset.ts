import { requireBetween, requireInteger } from '../check.ts';
import type { Dataset, Density, Rng } from '../types.ts';

/** The range of the multiplier of a data set's own noise. */
export const NOISE_RANGE = { low: 0.1, high: 3 } as const;

/** A data set by the recipe of one point. */
export interface DatasetRecipe {
  readonly id: string;
  readonly label: string;
  readonly summary: string;
  readonly noisy: boolean;
  /** One draw, data units; `noise` multiplies the recipe's Gaussian noise. */
  point(rng: Rng, noise: number): readonly [x: number, y: number];
  density(noise: number): Density;
}

/** Makes a data set of a recipe: draws one point after another and refuses values outside the ranges. */
export function defineDataset(recipe: DatasetRecipe): Dataset {
  const { id, label, summary, noisy } = recipe;
  return {
    id,
    label,
    summary,
    noisy,
    sample(n, rng, noise) {
      requireInteger('The number of points', n, 1, 10_000_000);
      requireNoise(noise);
      const points = new Float64Array(2 * n);
      for (let i = 0; i < points.length; i += 2) points.set(recipe.point(rng, noise), i);
      return points;
    },
    density(noise) {
      requireNoise(noise);
      return recipe.density(noise);
    },
  };
}

function requireNoise(noise: number): void {
  requireBetween('The noise multiplier', noise, NOISE_RANGE.low, NOISE_RANGE.high);
}
