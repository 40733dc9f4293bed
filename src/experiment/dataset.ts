import { customDataset } from '../core/datasets/custom.ts';
import { datasets } from '../core/datasets/index.ts';
import type { Dataset } from '../core/types.ts';
import { CUSTOM_DATASET } from './fields.ts';
import { keyed, type OwnData, ownData } from './ownData.ts';
import { PLAIN_TABLE, type PointsTable } from './pointsTableCodec.ts';
import type { ExperimentConfig } from './types.ts';

/** The fields that say what the data are. */
export type DataConfig = Pick<ExperimentConfig, 'dataset' | 'customPoints' | 'customTable' | 'customData'>;

/** Equal fields make the same object, so that what was computed of it is not computed again. */
const made = new WeakMap<object, WeakMap<PointsTable, Dataset>>();

/**
 * The data set that an experiment is about: a preset, or the person's own points.
 * @throws RangeError when a custom set has no points
 */
export function datasetOf(config: DataConfig): Dataset {
  if (config.dataset !== CUSTOM_DATASET) return datasets.get(config.dataset);
  const data = ownData(config.customData);
  const points = data?.points ?? config.customPoints;
  const table = tableOf(config);
  const ofPoints = made.get(points) ?? new WeakMap<PointsTable, Dataset>();
  made.set(points, ofPoints);
  const known = ofPoints.get(table);
  if (known) return known;
  const classes = table.classes.length > 0 ? { names: table.classes, labels: table.labels } : null;
  const dataset = customDataset(Float64Array.from(points), classes);
  ofPoints.set(table, dataset);
  return dataset;
}

/** What the file of an experiment's own points says of them; that of no file for a preset. */
export function tableOf({ dataset, customTable, customData }: DataConfig): PointsTable {
  if (dataset !== CUSTOM_DATASET) return PLAIN_TABLE;
  return ownData(customData)?.table ?? customTable;
}

/**
 * The same experiment with its own points left out for their key, so that they need not travel with every change.
 * @returns `data`: what the key stands for; null for a preset
 */
export function withoutPoints(config: ExperimentConfig): {
  readonly config: ExperimentConfig;
  readonly data: OwnData | null;
} {
  if (config.dataset !== CUSTOM_DATASET) return { config, data: null };
  const data =
    ownData(config.customData) ?? keyed(Float64Array.from(config.customPoints), config.customTable);
  return {
    config: { ...config, customPoints: [], customTable: PLAIN_TABLE, customData: data.key },
    data,
  };
}

/** How many points there are to train on: the person's own, whatever their number, or as many as are asked for. */
export function trainingSize(config: DataConfig & Pick<ExperimentConfig, 'nPoints'>): number {
  if (config.dataset !== CUSTOM_DATASET) return config.nPoints;
  return (ownData(config.customData)?.points ?? config.customPoints).length / 2;
}

/** What the classes of an experiment's data are called, 0…K−1; empty where there are none. */
export function classNamesOf(config: DataConfig): readonly string[] {
  return config.dataset === CUSTOM_DATASET
    ? tableOf(config).classes
    : datasets.get(config.dataset).classNames;
}

/** The classes that the network is taught. */
export function taughtClasses(config: DataConfig & Pick<ExperimentConfig, 'conditional'>): readonly string[] {
  return config.conditional ? classNamesOf(config) : [];
}
