import { allAtOnce, type InPieces } from '../core/inPieces.ts';
import { fittedInPieces } from '../core/schedules/fitted.ts';
import { scaledDensity, unitsOf } from '../core/standardize.ts';
import type { NoiseSchedule } from '../core/types.ts';
import { type DataConfig, datasetOf } from './dataset.ts';
import { pointsCodec } from './pointsCodec.ts';
import type { ExperimentConfig } from './types.ts';

/** What the schedule is learned from: the density of the data. */
export type LearnedFrom = DataConfig & Pick<ExperimentConfig, 'noise'>;

/** A fit takes longer than a frame, and the page asks for the same one many times. */
const MAX_KEPT = 8;
const kept = new Map<string, NoiseSchedule>();

/** What tells data apart. */
export const keyOf = ({ dataset, noise, customPoints, customTable, customData }: LearnedFrom): string =>
  `${dataset} ${noise} ${customData} ${pointsCodec.format(customPoints)} ${customTable.labels.join('')}`;

/** Whether the schedule of these data is at hand. */
export const isLearned = (config: LearnedFrom): boolean => kept.has(keyOf(config));

/**
 * The schedule fitted to the exact density of an experiment's data; the same object for the same data.
 * @throws RangeError when a custom set has no points, or they are all the same
 */
export const learnedScheduleOf = (config: LearnedFrom): NoiseSchedule => allAtOnce(learnInPieces(config));

/** The same in pieces of some milliseconds, for the page, which must not stop. */
export function* learnInPieces(config: LearnedFrom): InPieces<NoiseSchedule> {
  const key = keyOf(config);
  const known = kept.get(key);
  if (known) return known;
  const dataset = datasetOf(config);
  const units = unitsOf(dataset, config.noise);
  const schedule = yield* fittedInPieces(scaledDensity(units, dataset.density(config.noise)));
  if (kept.size >= MAX_KEPT) kept.delete(kept.keys().next().value!);
  kept.set(key, schedule);
  return schedule;
}
