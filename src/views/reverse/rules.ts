import { samplers } from '../../core/samplers/index.ts';
import type { ConditionProblem } from '../../experiment/conditions/problem.ts';
import { taughtProblem, wayProblem } from '../../experiment/conditions/ways.ts';
import { isChain } from '../../experiment/scheduled.ts';
import { agreedClass, classConflict } from '../classes.ts';
import type { Conflict, Surroundings } from '../types.ts';
import { mostSteps, stepsProblem, WHOLE_CHAIN } from './mostSteps.ts';
import { samplerOf, settledNumbers, stepRule } from './parameters.ts';
import type { ReverseStage } from './stage.ts';

/** Whether a stage wants every step of the chain, however many there are: S is the most that any chain has. */
const wantsWholeChain = ({ sampler, nSteps }: Pick<ReverseStage, 'sampler' | 'nSteps'>): boolean =>
  samplers.get(sampler).wholeChain === true && nSteps === WHOLE_CHAIN;

/** A stage on a chain of another length: one that took every step still does, and none goes beyond all of them by that alone. */
export function followChain(stage: ReverseStage, from: number, to: number): ReverseStage {
  const { nSteps } = stage;
  const whole = samplers.get(stage.sampler).wholeChain && nSteps === from;
  const overtaken = nSteps <= from && nSteps > to;
  return (whole || overtaken) && from !== to ? { ...stage, nSteps: to } : stage;
}

/** Whether a stage can take the variance that the network has learned: DDPM's chain has one, the exact answer none. */
export function offersLearnedVariance(
  { denoiser }: Pick<ReverseStage, 'denoiser'>,
  { learnedVariance, process }: Pick<Surroundings, 'learnedVariance' | 'process'>,
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

/** A stage that agrees with itself and with the rest; the same object when it does already. */
export function agree(
  stage: ReverseStage,
  around: Surroundings,
  warn: (message: string) => void,
): ReverseStage {
  const ofClass = agreedClass(stage, around, warn);
  const agreed: ReverseStage = {
    ...stage,
    parameters: settledNumbers(stage),
    ofClass,
    nSteps: agreedSteps(stage, around.nChain, warn),
    tau: agreedList(stage, around.nChain, warn),
    variance: agreedVariance(stage, around, warn),
    condition: agreedCondition(stage, around, warn),
  };
  return isSame(stage, agreed) ? stage : agreed;
}

function agreedSteps(stage: ReverseStage, nChain: number, warn: (message: string) => void): number {
  const found = stepsProblem(stage.sampler, stage.nSteps, nChain);
  if (found === null) return stage.nSteps;
  const most = mostSteps(stage.sampler, nChain);
  const levels = most === nChain ? 'T' : '2T';
  if (!wantsWholeChain(stage)) warn(`steps S = ${stage.nSteps} is above ${levels} = ${most}; using ${most}.`);
  return most;
}

function agreedList(stage: ReverseStage, nChain: number, warn: (message: string) => void): readonly number[] {
  const within = stage.tau.filter((step) => step <= nChain);
  if (within.length === stage.tau.length) return stage.tau;
  if (stepRule(stage) === 'list') warn(`listed steps above T = ${nChain} were left out.`);
  return within;
}

function agreedVariance(stage: ReverseStage, around: Surroundings, warn: (message: string) => void) {
  if (stage.variance !== 'learned' || offersLearnedVariance(stage, around)) return stage.variance;
  warn('no variance is learned for it; using β̃.');
  return 'beta-tilde';
}

/** A condition that the data cannot meet is dropped; a class that the network is not taught is asked for by the exact classifier. */
function agreedCondition(
  { condition }: ReverseStage,
  around: Surroundings,
  warn: (message: string) => void,
): ReverseStage['condition'] {
  if (condition === null) return null;
  const found = around.conditionProblem(condition);
  if (found) {
    warn(`its condition was left out: ${found.problem}`);
    return null;
  }
  if (
    condition.kind !== 'class' ||
    condition.way !== 'classifier-free' ||
    condition.index <= around.nClasses
  ) {
    return condition;
  }
  warn(`class ${condition.index} is not taught; guiding by the exact classifier.`);
  return { ...condition, way: 'exact' };
}

/** Why a stage cannot keep its condition, which it then does without; null where it can, or has none. */
export function conditionConflict(stage: ReverseStage, nChain: number): ConditionProblem | null {
  const { condition } = stage;
  if (condition === null) return null;
  return wayProblem(condition, stage, samplerOf(stage, nChain));
}

const isSame = (a: ReverseStage, b: ReverseStage) =>
  a.nSteps === b.nSteps &&
  a.tau === b.tau &&
  a.variance === b.variance &&
  a.ofClass === b.ofClass &&
  a.condition === b.condition &&
  JSON.stringify(a.parameters) === JSON.stringify(b.parameters);

/** The first setting that the rest of the experiment does not allow. */
export function conflict(stage: ReverseStage, around: Surroundings): Conflict | null {
  const { nChain } = around;
  const ofClass = classConflict(stage, around);
  if (ofClass !== null) return ofClass;
  const tooMany = wantsWholeChain(stage) ? null : stepsProblem(stage.sampler, stage.nSteps, nChain);
  if (tooMany) return { setting: 'nSteps', ...tooMany };
  const { condition } = stage;
  const found =
    condition &&
    (around.conditionProblem(condition) ??
      taughtProblem(condition, around.nClasses) ??
      conditionConflict(stage, nChain));
  if (found) {
    const problem = `cannot be kept: ${withoutStop(found.problem)}`;
    return { setting: 'condition', problem, allowed: withoutStop(found.advice) };
  }
  const beyond = stage.timeGrid === 'list' && stage.tau.find((step) => step > nChain);
  if (!beyond) return null;
  const allowed = `increasing whole numbers from 1 to nChain (${nChain})`;
  return { setting: 'tau', problem: `has ${beyond}, above T = ${nChain}`, allowed };
}

const withoutStop = (sentence: string): string => sentence.replace(/\.$/, '');
