import { samplers } from '../core/samplers/index.ts';
import { CUSTOM_DATASET, FIELDS } from './fields.ts';
import { countDistinct, MIN_CUSTOM_POINTS } from './pointsCodec.ts';
import type { ExperimentConfig, ReverseStage, StageConfig } from './types.ts';

/**
 * Makes fields that are valid one by one agree with each other; idempotent. A custom data set has enough points
 * and no other has any; a stage has no more steps than the chain, and just as many where its sampler walks them all.
 */
export function normalizeConfig(config: ExperimentConfig): {
  readonly config: ExperimentConfig;
  readonly warnings: readonly string[];
} {
  const warnings: string[] = [];
  const data = agreeOnData(config, warnings);
  const stages = config.stages.map((stage, i) => agreeOnSteps(stage, i, config.nChain, warnings));
  // What agrees already stays the same object, so that watchers of it are not woken.
  const unchanged = stages.every((stage, i) => stage === config.stages[i]);
  return { config: { ...config, ...data, stages: unchanged ? config.stages : stages }, warnings };
}

function agreeOnData(config: ExperimentConfig, warnings: string[]) {
  const { dataset, customPoints } = config;
  if (dataset !== CUSTOM_DATASET) {
    return { dataset, customPoints: customPoints.length === 0 ? customPoints : [] };
  }
  if (hasEnoughPoints(customPoints)) return { dataset, customPoints };
  warnings.push(
    `${FIELDS.dataset.name} = ${CUSTOM_DATASET} needs ${MIN_CUSTOM_POINTS} different points or more; ` +
      `using ${FIELDS.dataset.default}.`,
  );
  return { dataset: FIELDS.dataset.default, customPoints: [] };
}

/** Whether interleaved points can be a data set. */
export function hasEnoughPoints(points: readonly number[]): boolean {
  return countDistinct(points, MIN_CUSTOM_POINTS) >= MIN_CUSTOM_POINTS;
}

/** Whether the stage's sampler takes all T steps of the chain, whatever its own S says. */
export const walksChain = (stage: ReverseStage): boolean => samplers.get(stage.sampler).everyStep;

function agreeOnSteps(stage: StageConfig, index: number, nChain: number, warnings: string[]): StageConfig {
  if (stage.kind !== 'reverse') return stage;
  if (stage.nSteps === nChain || (stage.nSteps < nChain && !walksChain(stage))) return stage;
  if (walksChain(stage)) return { ...stage, nSteps: nChain };
  warnings.push(`Stage ${index + 1}, steps S = ${stage.nSteps} is above T = ${nChain}; using ${nChain}.`);
  return { ...stage, nSteps: nChain };
}
