import { AGREEMENTS, hasEnoughPoints } from './agreements.ts';
import type { FieldName } from './field.ts';
import { CUSTOM_DATASET } from './fields.ts';
import { ownData } from './ownData.ts';
import { PLAIN_TABLE } from './pointsTableCodec.ts';
import { withIds } from './stageIds.ts';
import type { ExperimentConfig } from './types.ts';

/** A field that had to give way to another, and what became of it. */
export interface Adjustment {
  readonly field: FieldName;
  readonly message: string;
}

/** Makes fields that are valid one by one agree with each other (`agreements.ts`); idempotent. Stages have an id. */
export function normalizeConfig(given: ExperimentConfig): {
  readonly config: ExperimentConfig;
  readonly warnings: readonly Adjustment[];
} {
  const warnings: Adjustment[] = [];
  // What agrees already stays the same object, so that watchers of it are not woken.
  let config = inOrder({ ...given, stages: withIds(given.stages) });
  for (const { field, broken } of AGREEMENTS) {
    const found = broken(config);
    if (found === null) continue;
    config = inOrder({ ...config, ...found.repaired });
    warnings.push(...found.warnings.map((message) => ({ field, message })));
  }
  return { config, warnings };
}

/** Of a preset, of data in the link and of data on the device, what does not count is empty. */
function inOrder(config: ExperimentConfig): ExperimentConfig {
  const { dataset, customPoints, customTable, customData } = config;
  const noPoints = customPoints.length === 0 ? customPoints : [];
  if (dataset !== CUSTOM_DATASET) {
    return { ...config, customPoints: noPoints, customTable: PLAIN_TABLE, customData: '' };
  }
  if (ownData(customData)) return { ...config, customPoints: noPoints, customTable: PLAIN_TABLE };
  if (!hasEnoughPoints(customPoints)) return config;
  const { labels } = customTable;
  const fits = labels.length === 0 || labels.length === customPoints.length / 2;
  return {
    ...config,
    customTable: fits ? customTable : { ...customTable, classes: [], labels: [] },
    customData: '',
  };
}
