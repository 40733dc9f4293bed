import { customDataset } from '../core/datasets/custom.ts';
import { datasets } from '../core/datasets/index.ts';
import type { Dataset } from '../core/types.ts';
import { CUSTOM_DATASET } from './fields.ts';
import type { ExperimentConfig } from './types.ts';

/**
 * The data set that an experiment is about: a preset, or the person's own points.
 * @throws RangeError when a custom set has no points
 */
export function datasetOf({
  dataset,
  customPoints,
}: Pick<ExperimentConfig, 'dataset' | 'customPoints'>): Dataset {
  return dataset === CUSTOM_DATASET ? customDataset(Float64Array.from(customPoints)) : datasets.get(dataset);
}

/** What the classes of an experiment's data are called, 0…K−1; empty where there are none. */
export function classNamesOf({ dataset }: Pick<ExperimentConfig, 'dataset'>): readonly string[] {
  return dataset === CUSTOM_DATASET ? [] : datasets.get(dataset).classNames;
}

/** The classes that the network is taught. */
export function taughtClasses(config: Pick<ExperimentConfig, 'dataset' | 'conditional'>): readonly string[] {
  return config.conditional ? classNamesOf(config) : [];
}
