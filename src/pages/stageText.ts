import { isEncoding } from '../config/agreeOnStage.ts';
import { type NoiseConfig, processOf } from '../config/noise.ts';
import { followsSchedule } from '../config/scheduled.ts';
import {
  fixedTimeOf,
  parametersOfStage,
  shapingNumbers,
  stepRule,
  stepsOf,
  usesTimeGrid,
} from '../config/stageParameters.ts';
import type { AskedClass, ReverseStage, ScoreStage, StageConfig } from '../config/types.ts';
import { samplers } from '../core/samplers/index.ts';
import { timeGrids } from '../core/timeGrids/index.ts';
import type { ModelSource, Trajectory } from '../engine/protocol.ts';

/** How much nearer to the centre points are drawn than they are; null where they are where they are drawn. */
export function shrinkText(config: NoiseConfig): string | null {
  if (followsSchedule(config.process)) return null;
  const { alpha, sigma } = processOf(config).kernel(1);
  return Math.hypot(alpha, sigma) > 1.001 ? '÷ √(1+σ²)' : null;
}

const VARIANCES: Readonly<Record<ReverseStage['variance'], string>> = {
  beta: 'β',
  'beta-tilde': 'β̃',
  learned: 'learned',
};

const CLIPS: Readonly<Record<string, string>> = { limit: 'clipped', dynamic: 'dynamic thresholding' };

/** What a stage is called, and a line for a newcomer: its phrases, most telling first. */
export interface StageText {
  readonly title: string;
  readonly subtitle: readonly string[];
}

export function stageText(stage: StageConfig, nChain: number): StageText {
  switch (stage.kind) {
    case 'forward':
      return stage.mode === 'chain'
        ? { title: 'Forward chain', subtitle: [`${nChain} steps to noise`] }
        : { title: 'Forward', subtitle: ['one jump to noise'] };
    case 'reverse': {
      const { label } = samplers.get(stage.sampler);
      const title = isEncoding(stage, nChain) ? `Encode: ${label}` : `Reverse: ${label}`;
      return { title, subtitle: reverseSubtitle(stage, nChain) };
    }
    case 'score':
      return scoreText(stage);
  }
}

function scoreText(stage: ScoreStage): StageText {
  const { title, subtitle } = {
    learned: { title: 'Score, learned', subtitle: 'points to the data' },
    exact: { title: 'Score, exact', subtitle: 'the network’s goal' },
    error: { title: 'Score error', subtitle: 'learned − exact' },
  }[stage.source];
  return { title, subtitle: [...classTexts(stage), subtitle] };
}

/** "class 2", "w = 1.5" */
function classTexts({ ofClass, guidance }: AskedClass): readonly string[] {
  if (ofClass === 0) return [];
  return guidance === 0 ? [`class ${ofClass}`] : [`class ${ofClass}`, `w = ${guidance}`];
}

/** The settings that matter, most telling first: "20 steps", "Karras", "S churn = 20", "ρ = 3". */
function reverseSubtitle(stage: ReverseStage, nChain: number): readonly string[] {
  const { uses } = samplers.get(stage.sampler);
  const fixedTime = fixedTimeOf(stage);
  const numbers = shapingNumbers(stage);
  const labels = Object.values(parametersOfStage(stage)).flat();
  const grid = usesTimeGrid(stage.sampler) && stage.timeGrid !== 'linear' ? stage.timeGrid : null;
  return [
    ...classTexts(stage),
    isEncoding(stage, nChain) && 'data to noise',
    stepsText(stage, nChain),
    fixedTime !== null && `all at t = ${fixedTime}`,
    grid !== null && timeGrids.get(grid).label.replace(/ \(.*\)$/, ''),
    uses.includes('eta') && `η = ${stage.eta}`,
    uses.includes('variance') && `σ² = ${VARIANCES[stage.variance]}`,
    ...labels
      .filter(({ name }) => numbers[name] !== undefined && name !== 'fixedTime')
      .map(({ name, label }) => `${label.replace('_', ' ')} = ${numbers[name]}`),
    CLIPS[stage.clip] ?? false,
    stage.denoiser === 'exact' && 'exact denoiser',
  ].filter((part) => typeof part === 'string');
}

function stepsText(stage: ReverseStage, nChain: number): string {
  if (stepRule(stage) === 'own') return 'steps by its own error';
  const steps = stepsOf(stage, nChain);
  return `${steps} ${steps === 1 ? 'step' : 'steps'}`;
}

/** Where a stage's picture came from, and the same for a narrow card. */
export function sourceText(
  source: Trajectory['source'] | ModelSource,
  modelStep: number,
): { readonly full: string; readonly short: string } {
  const alike = (words: string) => ({ full: words, short: words });
  switch (source) {
    case 'data':
      return alike('true data');
    case 'exact':
      return alike('exact answer');
    case 'pretrained':
      return { full: 'ready-made model', short: 'ready-made' };
    case 'own': {
      const step = `step ${formatCount(modelStep)}`;
      return { full: `your model, ${step}`, short: `yours, ${step}` };
    }
  }
}

/** 12 340 with a thin space, as the page writes counts. */
export function formatCount(count: number): string {
  return Math.round(count)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, '\u202f');
}
