import { fittedTo } from '../core/schedules/fitted.ts';
import { scaledDensity, standardization } from '../core/standardize.ts';
import type { NoiseSchedule } from '../core/types.ts';
import { datasetOf } from './dataset.ts';
import { pointsCodec } from './pointsCodec.ts';
import type { ExperimentConfig } from './types.ts';

/** What the schedule is learned from: the density of the data. */
export type LearnedFrom = Pick<ExperimentConfig, 'dataset' | 'customPoints' | 'noise'>;

/** A fit takes longer than a frame, and the page asks for the same one many times. */
const MAX_KEPT = 8;
const kept = new Map<string, NoiseSchedule>();

/**
 * The schedule fitted to the exact density of an experiment's data; the same object for the same data.
 * @throws RangeError when a custom set has no points, or they are all the same
 */
export function learnedScheduleOf(config: LearnedFrom): NoiseSchedule {
  const key = `${config.dataset} ${config.noise} ${pointsCodec.format(config.customPoints)}`;
  const known = kept.get(key);
  if (known) return known;
  const density = datasetOf(config).density(config.noise);
  const schedule = fittedTo(scaledDensity(standardization(density), density));
  if (kept.size >= MAX_KEPT) kept.delete(kept.keys().next().value!);
  kept.set(key, schedule);
  return schedule;
}
