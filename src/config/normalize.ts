import { samplers } from '../core/samplers/index.ts';
import { CUSTOM_DATASET, FIELDS } from './fields.ts';
import { countDistinct, MIN_CUSTOM_POINTS } from './pointsCodec.ts';
import type { ExperimentConfig, ReverseStage, StageConfig } from './types.ts';

/** A field that had to give way to another, and what became of it. */
export interface Adjustment {
  readonly field: 'dataset' | 'stages';
  readonly message: string;
}

/**
 * Makes fields that are valid one by one agree with each other; idempotent. A custom data set has enough points
 * and no other has any; a stage has no more steps than the chain, and just as many where its sampler walks them all.
 */
export function normalizeConfig(config: ExperimentConfig): {
  readonly config: ExperimentConfig;
  readonly warnings: readonly Adjustment[];
} {
  const warnings: Adjustment[] = [];
  const data = agreeOnData(config, warnings);
  const stages = config.stages.map((stage, i) => agreeOnSteps(stage, i, config.nChain, warnings));
  // What agrees already stays the same object, so that watchers of it are not woken.
  const unchanged = stages.every((stage, i) => stage === config.stages[i]);
  return { config: { ...config, ...data, stages: unchanged ? config.stages : stages }, warnings };
}

function agreeOnData(config: ExperimentConfig, warnings: Adjustment[]) {
  const { dataset, customPoints } = config;
  if (dataset !== CUSTOM_DATASET) {
    return { dataset, customPoints: customPoints.length === 0 ? customPoints : [] };
  }
  if (hasEnoughPoints(customPoints)) return { dataset, customPoints };
  const message =
    `${FIELDS.dataset.name} = ${CUSTOM_DATASET} needs ${MIN_CUSTOM_POINTS} different points or more; ` +
    `using ${FIELDS.dataset.default}.`;
  warnings.push({ field: 'dataset', message });
  return { dataset: FIELDS.dataset.default, customPoints: [] };
}

/** Whether interleaved points can be a data set. */
export function hasEnoughPoints(points: readonly number[]): boolean {
  return countDistinct(points, MIN_CUSTOM_POINTS) >= MIN_CUSTOM_POINTS;
}

/** Whether the stage's sampler takes all T steps of the chain, whatever its own S says. */
export const walksChain = (stage: ReverseStage): boolean => samplers.get(stage.sampler).everyStep;

function agreeOnSteps(
  stage: StageConfig,
  index: number,
  nChain: number,
  warnings: Adjustment[],
): StageConfig {
  if (stage.kind !== 'reverse') return stage;
  if (stage.nSteps === nChain || (stage.nSteps < nChain && !walksChain(stage))) return stage;
  if (walksChain(stage)) return { ...stage, nSteps: nChain };
  const message = `Stage ${index + 1}, steps S = ${stage.nSteps} is above T = ${nChain}; using ${nChain}.`;
  warnings.push({ field: 'stages', message });
  return { ...stage, nSteps: nChain };
}
