import type { Rng } from '../core/types.ts';
import { levelFeatures } from './network.ts';
import { LEVEL, LEVEL_SIZE, type Objective } from './objective.ts';
import type { Task } from './task.ts';

/**
 * Classes for classifier-free guidance (Ho & Salimans 2022): one network is the conditional model and the unconditional
 * one, for which the class is ∅. A class is a part of the noise level: row = level + nLevels·class, where class 0 is ∅.
 */

/** p_uncond: the share of the examples whose class is dropped (Algorithm 1, line 2). */
export const DROPPED = 0.1;

/** Numbers of a row of `Objective.levels`. */
export const levelSize = (objective: Pick<Objective, 'classes'>): number =>
  LEVEL.features + levelFeatures(objective);

/** Every level for no class and for each of K: all the same but for the one-hot that the features end in. */
export function withClasses(objective: Objective, classes: number): Objective {
  if (classes === 0) return objective;
  const { levels, nLevels } = objective;
  const size = levelSize({ classes });
  const rows = new Float32Array((classes + 1) * nLevels * size);
  for (let row = 0; row < (classes + 1) * nLevels; row++) {
    const level = row % nLevels;
    rows.set(levels.subarray(level * LEVEL_SIZE, (level + 1) * LEVEL_SIZE), row * size);
    if (row >= nLevels) rows[row * size + LEVEL_SIZE + Math.floor(row / nLevels) - 1] = 1;
  }
  return { ...objective, levels: rows, classes };
}

/**
 * The class that an example is shown, as what to add to its level's index.
 * @param rng used where classes are taught
 * @returns a function of the training point's index
 */
export function classDraws({ labels, objective }: Task, rng: Rng): (index: number) => number {
  const { classes = 0, nLevels } = objective;
  if (classes === 0 || !labels) return () => 0;
  return (index) => (rng.uniform() < DROPPED ? 0 : nLevels * labels[index]!);
}
