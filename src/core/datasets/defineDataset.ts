import { requireBetween, requireInteger } from '../check.ts';
import type { Dataset, Density, Rng } from '../types.ts';

/** The range of the multiplier of a data set's own noise. */
export const NOISE_RANGE = { low: 0.1, high: 3 } as const;

/** How a data set is made up of classes. */
export interface Classes {
  /** In words, as a part of a sentence: "upper moon". */
  readonly names: readonly string[];
  /** The part of the density that each class is; together their weights sum to 1. */
  parts(noise: number): readonly Density[];
}

/** A data set by the recipe of one point. */
export interface DatasetRecipe {
  readonly id: string;
  readonly label: string;
  readonly summary: string;
  readonly shape: string;
  readonly noisy: boolean;
  /** One draw, data units, and which of the classes it is of; `noise` multiplies the recipe's Gaussian noise. */
  point(rng: Rng, noise: number): readonly [x: number, y: number, label?: number];
  /** Left out where it is that of the classes, one after the other. */
  density?(noise: number): Density;
  readonly classes?: Classes;
}

/** Makes a data set of a recipe: draws one point after another and refuses values outside the ranges. */
export function defineDataset(recipe: DatasetRecipe): Dataset {
  const { id, label, summary, shape, noisy, classes } = recipe;
  const draw: Dataset['sampleLabelled'] = (n, rng, noise) => {
    requireInteger('The number of points', n, 1, 10_000_000);
    requireNoise(noise);
    const points = new Float64Array(2 * n);
    const labels = new Uint8Array(n);
    for (let i = 0; i < n; i++) {
      const [x, y, label = 0] = recipe.point(rng, noise);
      points[2 * i] = x;
      points[2 * i + 1] = y;
      labels[i] = label;
    }
    return { points, labels };
  };
  const parts = (noise: number): readonly Density[] => {
    requireNoise(noise);
    if (!classes) throw new RangeError(`The data set '${id}' has no classes.`);
    return classes.parts(noise);
  };
  return {
    id,
    label,
    summary,
    shape,
    noisy,
    classNames: classes?.names ?? [],
    sample: (n, rng, noise) => draw(n, rng, noise).points,
    sampleLabelled: draw,
    density(noise) {
      requireNoise(noise);
      return recipe.density?.(noise) ?? parts(noise).flat();
    },
    labelledDensity(noise) {
      const each = parts(noise);
      return { density: each.flat(), labels: each.flatMap((part, y) => part.map(() => y)) };
    },
  };
}

function requireNoise(noise: number): void {
  requireBetween('The noise multiplier', noise, NOISE_RANGE.low, NOISE_RANGE.high);
}
