import type { Dataset, Density, DensityComponent, Standardization, Vector } from './types.ts';

export type { Standardization } from './types.ts';

/** The units in which a data set is trained on: its own, or those of its density's mean and variance. */
export const unitsOf = (dataset: Dataset, noise: number): Standardization =>
  dataset.units ?? standardization(dataset.density(noise));

/**
 * Centre and scale of a density, from its exact mean and variances.
 * @throws RangeError when all of it sits in one point, which cannot be scaled to unit variance
 */
export function standardization(density: Density): Standardization {
  const mean: [number, number] = [0, 0];
  for (const component of density) {
    const [x, y] = componentMean(component);
    mean[0] += component.weight * x;
    mean[1] += component.weight * y;
  }
  let variance = 0; // of both axes together
  for (const component of density) {
    const [x, y] = componentMean(component);
    const spread = (x - mean[0]) ** 2 + (y - mean[1]) ** 2 + totalVariance(component);
    variance += component.weight * spread;
  }
  if (!(variance > 0))
    throw new RangeError('The data has no spread: it needs at least two different points.');
  return { centre: mean, scale: Math.sqrt(variance / 2) };
}

function componentMean(component: DensityComponent): readonly [number, number] {
  if (component.kind === 'gaussian') return component.mean;
  const { low, high } = component;
  return [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2];
}

function totalVariance(component: DensityComponent): number {
  if (component.kind === 'gaussian') return component.covariance[0] + component.covariance[2];
  const { low, high } = component;
  return ((high[0] - low[0]) ** 2 + (high[1] - low[1]) ** 2) / 12;
}

/** @param x [n][2] data units @returns [n][2] scaled units */
export function toScaled({ centre, scale }: Standardization, x: Vector): Vector {
  return x.map((value, i) => (value - centre[i % 2 === 0 ? 0 : 1]) / scale);
}

/** @param x [n][2] scaled units @returns [n][2] data units */
export function toData({ centre, scale }: Standardization, x: Vector): Vector {
  return x.map((value, i) => centre[i % 2 === 0 ? 0 : 1] + scale * value);
}

/** The density of the scaled points. */
export function scaledDensity({ centre, scale }: Standardization, density: Density): Density {
  const point = ([x, y]: readonly [number, number]): readonly [number, number] => [
    (x - centre[0]) / scale,
    (y - centre[1]) / scale,
  ];
  return density.map((component): DensityComponent => {
    if (component.kind === 'box')
      return { ...component, low: point(component.low), high: point(component.high) };
    const [xx, xy, yy] = component.covariance;
    const area = scale ** 2;
    return { ...component, mean: point(component.mean), covariance: [xx / area, xy / area, yy / area] };
  });
}
