import { clips } from '../../core/samplers/clips.ts';
import { samplers } from '../../core/samplers/index.ts';
import { varianceOf } from '../../core/samplers/variances.ts';
import { timeGrids } from '../../core/timeGrids/index.ts';
import { classTexts } from '../classes.ts';
import { runTexts } from '../shownRun.ts';
import type { StageText } from '../types.ts';
import { conditionPhrase } from './condition/words.ts';
import {
  fixedTimeOf,
  parametersOfStage,
  samplerOf,
  shapingNumbers,
  stepRule,
  stepsOf,
  usesTimeGrid,
} from './parameters.ts';
import { conditionConflict, isEncoding } from './rules.ts';
import type { ReverseStage } from './stage.ts';

const VARIANCES: Readonly<Record<ReverseStage['variance'], string>> = {
  beta: 'β',
  'beta-tilde': 'β̃',
  learned: 'learned',
  optimal: 'optimal',
};

export function reverseText(stage: ReverseStage, nChain: number): StageText {
  const { label } = samplers.get(stage.sampler);
  const title = isEncoding(stage, nChain) ? `${label}, data → noise` : label;
  return { title, subtitle: subtitleOf(stage, nChain) };
}

/** What it does, in words, and the settings that matter: "20 steps", "fresh noise in each", "Karras", "S churn = 20", "ρ = 3". */
function subtitleOf(stage: ReverseStage, nChain: number): readonly string[] {
  const sampler = samplers.get(stage.sampler);
  const { uses } = sampler;
  const variance = varianceOf(sampler, stage.variance);
  // η says how much of β̃ is added.
  const saysVariance = uses.includes('variance') && !(uses.includes('eta') && variance === 'beta-tilde');
  const condition = conditionConflict(stage, nChain) ? null : stage.condition;
  const fixedTime = fixedTimeOf(stage);
  const numbers = shapingNumbers(stage);
  const labels = Object.values(parametersOfStage(stage)).flat();
  const grid = usesTimeGrid(stage.sampler) && stage.timeGrid !== 'linear' ? stage.timeGrid : null;
  return [
    ...runTexts(stage),
    ...(condition === null ? classTexts(stage) : [conditionPhrase(condition)]),
    stepsText(stage, nChain),
    noiseText(stage, nChain),
    fixedTime !== null && `all at t = ${fixedTime}`,
    grid !== null && timeGrids.get(grid).label.replace(/ \(.*\)$/, ''),
    uses.includes('eta') && `η = ${stage.eta}`,
    saysVariance && `σ² = ${VARIANCES[variance]}`,
    ...labels
      .filter(({ name }) => numbers[name] !== undefined && name !== 'fixedTime')
      .map(({ name, label }) => `${label.replace('_', ' ')} = ${numbers[name]}`),
    clips.get(stage.clip).phrase ?? false,
    stage.denoiser === 'exact' && 'exact denoiser',
  ].filter((part) => typeof part === 'string');
}

function stepsText(stage: ReverseStage, nChain: number): string {
  if (stepRule(stage) === 'own') return 'steps by its own error';
  const steps = stepsOf(stage, nChain);
  const small = steps >= nChain && steps > 1 ? 'small ' : '';
  return `${steps} ${small}${steps === 1 ? 'step' : 'steps'}`;
}

/** Whether the way is a matter of chance, which is what tells most samplers apart. */
function noiseText(stage: ReverseStage, nChain: number): string {
  const sampler = samplerOf(stage, nChain);
  if (!sampler.stochastic(stage)) return 'no fresh noise';
  return sampler.uses.includes('eta') && stage.eta < 1 ? 'some fresh noise in each' : 'fresh noise in each';
}

/** "reverse DDIM of class 2 with the exact denoiser" */
export function reverseName({ sampler, ofClass, denoiser }: ReverseStage): string {
  const label = samplers.has(sampler) ? samplers.get(sampler).label : sampler;
  const asked = ofClass === 0 ? '' : ` of class ${ofClass}`;
  return `reverse ${label}${asked}${denoiser === 'exact' ? ' with the exact denoiser' : ''}`;
}
