import { type StageConfig, viewOf } from '../views/index.ts';
import type { Surroundings } from '../views/types.ts';
import { conditionProblem } from './conditions/problem.ts';
import { type DataConfig, datasetOf, taughtClasses } from './dataset.ts';
import type { ExperimentConfig } from './types.ts';

/** What the settings of a stage must agree with, of an experiment. */
export type StageSurroundings = DataConfig &
  Pick<ExperimentConfig, 'nChain' | 'process' | 'learnedVariance' | 'conditional' | 'noise'>;

export const surroundingsOf = (config: StageSurroundings): Surroundings => ({
  nChain: config.nChain,
  process: config.process,
  learnedVariance: config.learnedVariance,
  nClasses: taughtClasses(config).length,
  conditionProblem: (condition) => conditionProblem(condition, datasetOf(config), config.noise),
});

/** The stages after the chain went from one length to another; the same array when none of them follows it. */
export function followChain(
  stages: readonly StageConfig[],
  from: number,
  to: number,
): readonly StageConfig[] {
  const followed = stages.map((stage) => viewOf(stage).followChain?.(stage, from, to) ?? stage);
  return followed.every((stage, i) => stage === stages[i]) ? stages : followed;
}

/**
 * A stage that agrees with itself and with the rest; the same object when it does already.
 * @param warn hears, in words, of what had to give way
 */
export function agreeOnStage(
  stage: StageConfig,
  around: Surroundings,
  warn: (message: string) => void,
): StageConfig {
  return viewOf(stage).agree?.(stage, around, warn) ?? stage;
}
