import { agreeOnLoss, type LossConflict } from './agreeOnLoss.ts';
import { agreeOnStage } from './agreeOnStage.ts';
import { classNamesOf } from './dataset.ts';
import { CUSTOM_DATASET, FIELDS } from './fields.ts';
import { ownData } from './ownData.ts';
import { countDistinct, MIN_CUSTOM_POINTS } from './pointsCodec.ts';
import { PLAIN_TABLE } from './pointsTableCodec.ts';
import { withIds } from './stageIds.ts';
import type { ExperimentConfig } from './types.ts';

/** A field that had to give way to another, and what became of it. */
export interface Adjustment {
  readonly field: 'dataset' | 'conditional' | 'stages' | LossConflict['field'];
  readonly message: string;
}

/**
 * Makes fields that are valid one by one agree with each other; idempotent. A custom data set has enough points
 * and no other has any; only classes that there are can be taught; what the loss cannot do with is as usual (`agreeOnLoss`);
 * stages have an id, and agree with the chain and with what the model learns (`agreeOnStage`).
 */
export function normalizeConfig(given: ExperimentConfig): {
  readonly config: ExperimentConfig;
  readonly warnings: readonly Adjustment[];
} {
  const warnings: Adjustment[] = [];
  const config = agreeOnLoss(given, ({ field: name, problem }) => {
    warnings.push({
      field: name,
      message: `${problem}; using ${FIELDS[name].name} = ${FIELDS[name].default}.`,
    });
  });
  const data = agreeOnData(config, warnings);
  const conditional = agreeOnClasses({ ...config, ...data }, warnings);
  const agreed = { ...config, ...data, conditional };
  const stages = withIds(config.stages).map((stage, i) =>
    agreeOnStage(stage, agreed, (message) => {
      warnings.push({ field: 'stages', message: `Stage ${i + 1}, ${message}` });
    }),
  );
  // What agrees already stays the same object, so that watchers of it are not woken.
  const unchanged = stages.every((stage, i) => stage === config.stages[i]);
  return { config: { ...agreed, stages: unchanged ? config.stages : stages }, warnings };
}

function agreeOnData(config: ExperimentConfig, warnings: Adjustment[]) {
  const { dataset, customPoints, customTable, customData } = config;
  const none = { customPoints: noPoints(customPoints), customTable: PLAIN_TABLE, customData: '' };
  if (dataset !== CUSTOM_DATASET) {
    return { ...none, dataset };
  }
  if (ownData(customData)) return { ...none, dataset, customData };
  if (hasEnoughPoints(customPoints)) {
    const { labels } = customTable;
    const fits = labels.length === 0 || labels.length === customPoints.length / 2;
    return {
      dataset,
      customPoints,
      customTable: fits ? customTable : { ...customTable, classes: [], labels: [] },
      customData: '',
    };
  }
  const message =
    customData !== ''
      ? ELSEWHERE
      : `${FIELDS.dataset.name} = ${CUSTOM_DATASET} needs ${MIN_CUSTOM_POINTS} different points or more; ` +
        `using ${FIELDS.dataset.default}.`;
  warnings.push({ field: 'dataset', message });
  return { ...none, dataset: FIELDS.dataset.default };
}

function agreeOnClasses(config: ExperimentConfig, warnings: Adjustment[]): boolean {
  if (!config.conditional || classNamesOf(config).length > 0) return config.conditional;
  const message = `${FIELDS.conditional.name}: ${config.dataset} has no classes; using off (0).`;
  warnings.push({ field: 'conditional', message });
  return false;
}

/** What is empty already stays the same object. */
const noPoints = (points: readonly number[]) => (points.length === 0 ? points : []);

const ELSEWHERE =
  'The data of this link are kept on the device where they were opened, and are not on this one; ' +
  `using ${FIELDS.dataset.default}. Ask for the experiment as a file.`;

/** Whether interleaved points can be a data set. */
export function hasEnoughPoints(points: readonly number[]): boolean {
  return countDistinct(points, MIN_CUSTOM_POINTS) >= MIN_CUSTOM_POINTS;
}
