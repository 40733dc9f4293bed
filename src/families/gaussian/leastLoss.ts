import { DROPPED } from '../../backends/classes.ts';
import { exactDenoiser } from '../../core/exact.ts';
import { leastLoss } from '../../core/leastLoss.ts';
import { createRng } from '../../core/rng.ts';
import type { Density, Rng, Vector } from '../../core/types.ts';
import { errorWeight } from './errorWeight.ts';
import type { GaussianExperiment } from './experiment.ts';

const SEED = 7_340_033;
/** Noise levels over which the least loss is averaged. */
const MIN_LEVELS = 200;
/** Levels that are not of a chain are drawn as unevenly as their losses are; so many that rare ones count. */
const UNEVEN_LEVELS = 2000;

/** The training loss that no network can beat. */
export function leastLossOf(experiment: GaussianExperiment): number {
  const { points, density, classes, labels, process, trainingLevels, nChain } = experiment;
  const rng = createRng(SEED);
  const count = trainingLevels.hasChain ? Math.max(MIN_LEVELS, nChain) : UNEVEN_LEVELS;
  const levels = trainingLevels.drawLevels(count, rng.fork('levels'));
  const times = Float64Array.from(levels, (level) => trainingLevels.times[level]!);
  const weight = (k: number) => errorWeight(experiment, levels[k]!);
  const leastOf = (some: Vector, p: Density, own: Rng) =>
    leastLoss(some, exactDenoiser(p, process), process, times, weight, own);
  if (classes.length === 0) return leastOf(points, density, rng);
  // What is learned is the class's answer, but for the share of examples whose class is dropped.
  const ofClasses = classes.map((p, y) => {
    const own = points.filter((_, i) => labels[i >> 1] === y + 1);
    return own.length === 0 ? 0 : (own.length / points.length) * leastOf(own, p, rng.fork(y));
  });
  const taught = ofClasses.reduce((sum, part) => sum + part, 0);
  return DROPPED * leastOf(points, density, rng) + (1 - DROPPED) * taught;
}
