import { classPosterior } from '../../../core/exact/labelled.ts';
import type { Vector } from '../../../core/types.ts';
import type { GaussianExperiment } from '../experiment.ts';

/** How surely points are of a class: the exact p(y|x_0) of each. @param ofClass 1…K @param points [n][2] data units @returns [n] */
export function classAccuracy(
  { dataset, noise }: GaussianExperiment,
  ofClass: number,
  points: Vector,
): Float64Array {
  const posterior = classPosterior(dataset.labelledDensity(noise), { alpha: 1, sigma: 0 }, points);
  const nClasses = dataset.classNames.length;
  return Float64Array.from({ length: points.length / 2 }, (_, i) => posterior[i * nClasses + ofClass - 1]!);
}
