import { isChain } from '../experiment/scheduled.ts';
import type { StageConfig } from '../views/index.ts';
import { fixedTimeOf, stepsOf } from '../views/reverse/parameters.ts';

/** What the time axis says of the stages that share it. */
export interface TimeText {
  /** What lies at t = 0 and at t = 1. */
  readonly ends: readonly [left: string, right: string];
  /** Where a time on the axis is, in words. */
  words(time: number): string;
}

/**
 * t, and the step where the process is a chain of steps; for samplers that stay at one t the axis only counts their steps.
 * Where several of them count differently, the first speaks for all.
 */
export function timeText(stages: readonly StageConfig[], nChain: number, process: string): TimeText {
  const staying = stages.flatMap((stage) => {
    const t = stage.kind === 'reverse' ? fixedTimeOf(stage) : null;
    return stage.kind === 'reverse' && t !== null ? [{ t, nSteps: stepsOf(stage, nChain) }] : [];
  });
  const [first] = staying;
  const ofChain = (time: number) => {
    const t = `t = ${time.toFixed(2)}`;
    return isChain(process) ? `${t} (step ${Math.round(time * nChain)} of ${nChain})` : t;
  };
  if (first === undefined) return { ends: ['data', 'noise'], words: ofChain };

  const counted = (time: number) => `step ${Math.floor((1 - time) * first.nSteps + 1e-6)} of ${first.nSteps}`;
  if (staying.length === stages.length) {
    return { ends: ['last step', 'start'], words: (time) => `${counted(time)} at t = ${first.t}` };
  }
  return {
    ends: ['data', 'noise'],
    words: (time) => `t = ${time.toFixed(2)}; Langevin ${counted(time)}`,
  };
}
