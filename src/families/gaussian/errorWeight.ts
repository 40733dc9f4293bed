import { levelSize } from '../../backends/classes.ts';
import { LEVEL } from '../../backends/objective.ts';
import { scalingsAt } from './deviceDenoiser.ts';
import type { GaussianExperiment } from './experiment.ts';

/** What (x_0 − x̂_0)² counts in the training loss at a noise level: there F* − F = (x_0 − x̂_0)/out. */
export function errorWeight(experiment: GaussianExperiment, level: number): number {
  const { objective, times } = experiment.trainingLevels;
  const gain = objective.levels[level * levelSize(objective) + LEVEL.gain]!;
  return (gain / scalingsAt(experiment, times[level]!).out) ** 2;
}
