import { classDensity } from '../exact/labelled.ts';
import type { Dataset, LabelledPoints, Rng } from '../types.ts';

/**
 * One class of a data set as a data set of its own: p(x | y). Its points are those of the whole set that are of the class.
 * @param y the class, 0…C−1
 * @throws RangeError where the data set has no such class
 */
export function datasetOfClass(dataset: Dataset, y: number): Dataset {
  if (!(y in dataset.classNames)) throw new RangeError(`The data set '${dataset.id}' has no class ${y}.`);
  const sampleLabelled = (n: number, rng: Rng, noise: number): LabelledPoints => {
    const found: number[] = [];
    for (let draw = 0; found.length < 2 * n; draw++) {
      found.push(...pointsOf(dataset.sampleLabelled(n, rng.fork(draw), noise), y));
    }
    return labelled(found.slice(0, 2 * n));
  };
  return {
    ...dataset,
    classNames: [],
    sampleLabelled,
    sample: (n, rng, noise) => sampleLabelled(n, rng, noise).points,
    density: (noise) => classDensity(dataset.labelledDensity(noise), y),
    labelledDensity: () => {
      throw new RangeError('One class has no classes.');
    },
    ...(dataset.rows && { rows: labelled(pointsOf(dataset.rows, y)) }),
  };
}

function pointsOf({ points, labels }: LabelledPoints, y: number): number[] {
  const found: number[] = [];
  for (const [i, label] of labels.entries()) {
    if (label === y) found.push(points[2 * i]!, points[2 * i + 1]!);
  }
  return found;
}

const labelled = (points: readonly number[]): LabelledPoints => ({
  points: Float64Array.from(points),
  labels: new Uint8Array(points.length / 2),
});
