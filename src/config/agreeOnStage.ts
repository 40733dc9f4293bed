import { samplers } from '../core/samplers/index.ts';
import { type DataConfig, taughtClasses } from './dataset.ts';
import { isChain } from './scheduled.ts';
import { MOST_STEPS, samplerOf, settledNumbers, stepRule } from './stageParameters.ts';
import type { AskedClass, ExperimentConfig, ReverseStage, StageConfig } from './types.ts';

/** What the settings of a stage must agree with. */
export type StageSurroundings = DataConfig &
  Pick<ExperimentConfig, 'nChain' | 'process' | 'learnedVariance' | 'conditional'>;

/** Whether a stage wants every step of the chain, however many there are: S is the most that any chain has. */
export const wantsWholeChain = ({ sampler, nSteps }: Pick<ReverseStage, 'sampler' | 'nSteps'>): boolean =>
  samplers.get(sampler).wholeChain === true && nSteps === MOST_STEPS;

/** Stages that took every step of the chain, on a chain of another length; the same array when there are none. */
export function followChain(
  stages: readonly StageConfig[],
  from: number,
  to: number,
): readonly StageConfig[] {
  const followed = stages.map((stage) => {
    const whole = stage.kind === 'reverse' && samplers.get(stage.sampler).wholeChain && stage.nSteps === from;
    return whole ? { ...stage, nSteps: to } : stage;
  });
  return from === to || followed.every((stage, i) => stage === stages[i]) ? stages : followed;
}

/** Whether a stage can take the variance that the network has learned: DDPM's chain has one, the exact answer none. */
export function offersLearnedVariance(
  { denoiser }: Pick<ReverseStage, 'denoiser'>,
  { learnedVariance, process }: Pick<StageSurroundings, 'learnedVariance' | 'process'>,
): boolean {
  return denoiser === 'learned' && learnedVariance && isChain(process);
}

/** Whether a stage can run from data to noise: its sampler adds none. */
export function offersEncoding(stage: ReverseStage, nChain: number): boolean {
  return !samplerOf(stage, nChain).stochastic(stage);
}

/** Whether a stage runs from data to noise. One whose sampler adds noise samples, and keeps the wish for another sampler. */
export function isEncoding(stage: ReverseStage, nChain: number): boolean {
  return stage.direction === 'encode' && offersEncoding(stage, nChain);
}

/**
 * A stage that agrees with itself and with the rest; the same object when it does already.
 * @param warn hears, in words, of what had to give way
 */
export function agreeOnStage(
  stage: StageConfig,
  around: StageSurroundings,
  warn: (message: string) => void,
): StageConfig {
  if (stage.kind === 'forward') return stage;
  const ofClass = agreedClass(stage, around, warn);
  if (stage.kind === 'score') return stage.ofClass === ofClass ? stage : { ...stage, ofClass };
  const parameters = settledNumbers(stage);
  const agreed: ReverseStage = {
    ...stage,
    parameters,
    ofClass,
    nSteps: agreedSteps(stage, around.nChain, warn),
    tau: agreedList(stage, around.nChain, warn),
    variance: agreedVariance(stage, around, warn),
  };
  return isSame(stage, agreed) ? stage : agreed;
}

function agreedSteps(stage: ReverseStage, nChain: number, warn: (message: string) => void): number {
  if (stage.nSteps > nChain && !wantsWholeChain(stage)) {
    warn(`steps S = ${stage.nSteps} is above T = ${nChain}; using ${nChain}.`);
  }
  return Math.min(stage.nSteps, nChain);
}

function agreedList(stage: ReverseStage, nChain: number, warn: (message: string) => void): readonly number[] {
  const within = stage.tau.filter((step) => step <= nChain);
  if (within.length === stage.tau.length) return stage.tau;
  if (stepRule(stage) === 'list') warn(`listed steps above T = ${nChain} were left out.`);
  return within;
}

function agreedVariance(stage: ReverseStage, around: StageSurroundings, warn: (message: string) => void) {
  if (stage.variance !== 'learned' || offersLearnedVariance(stage, around)) return stage.variance;
  warn('no variance is learned for it; using β̃.');
  return 'beta-tilde';
}

function agreedClass({ ofClass }: AskedClass, around: StageSurroundings, warn: (message: string) => void) {
  const nClasses = taughtClasses(around).length;
  if (ofClass <= nClasses) return ofClass;
  if (nClasses === 0) warn('no class is taught; using any.');
  else warn(`class ${ofClass} is above ${nClasses}; using any.`);
  return 0;
}

const isSame = (a: ReverseStage, b: ReverseStage) =>
  a.nSteps === b.nSteps &&
  a.tau === b.tau &&
  a.variance === b.variance &&
  a.ofClass === b.ofClass &&
  JSON.stringify(a.parameters) === JSON.stringify(b.parameters);
