import { DROPPED } from '../../backends/classes.ts';
import { type DrawnLevel, leastLoss } from '../../core/leastLoss.ts';
import { createRng } from '../../core/rng.ts';
import type { Density, Rng, Vector } from '../../core/types.ts';
import { errorWeight } from './errorWeight.ts';
import type { GaussianExperiment } from './experiment.ts';

const SEED = 7_340_033;
/** Draws that say how often training is at which level. */
const DRAWS = 20_000;
/** Points at all levels together, at the least. */
const POINTS = 5000;

/**
 * The training loss of the exact answer, which is told the class as often as the network is. For data of which there are
 * ever more, no network has less; one that learns few training points by heart can.
 */
export function leastLossOf(experiment: GaussianExperiment): number {
  const { points, density, classes, labels, process } = experiment;
  const rng = createRng(SEED);
  const levels = drawnLevels(experiment, rng.fork('levels'));
  const perLevel = Math.ceil(POINTS / levels.length);
  const leastOf = (some: Vector, p: Density, own: Rng) => leastLoss(some, p, process, levels, perLevel, own);
  if (classes.length === 0) return leastOf(points, density, rng);
  // What is learned is the class's answer, but for the share of examples whose class is dropped.
  const ofClasses = classes.map((p, y) => {
    const own = points.filter((_, i) => labels[i >> 1] === y + 1);
    return own.length === 0 ? 0 : (own.length / points.length) * leastOf(own, p, rng.fork(y));
  });
  const taught = ofClasses.reduce((sum, part) => sum + part, 0);
  return DROPPED * leastOf(points, density, rng) + (1 - DROPPED) * taught;
}

function drawnLevels(experiment: GaussianExperiment, rng: Rng): readonly DrawnLevel[] {
  const { trainingLevels } = experiment;
  const counts = new Map<number, number>();
  for (const level of trainingLevels.drawLevels(DRAWS, rng)) counts.set(level, (counts.get(level) ?? 0) + 1);
  return [...counts].map(([level, count]) => ({
    t: trainingLevels.times[level]!,
    weight: errorWeight(experiment, level),
    share: count / DRAWS,
  }));
}
