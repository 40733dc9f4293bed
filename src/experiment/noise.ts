import { discreteChain } from '../core/processes/discreteChain.ts';
import { processes } from '../core/processes/index.ts';
import type { Process } from '../core/processes/process.ts';
import { chainRate } from '../core/processes/rates.ts';
import { LEARNED } from '../core/schedules/fitted.ts';
import { DRAWN, handDrawn } from '../core/schedules/handDrawn.ts';
import { schedules } from '../core/schedules/index.ts';
import { nearZeroTerminalSnr } from '../core/schedules/zeroTerminalSnr.ts';
import type { NoiseSchedule } from '../core/types.ts';
import { controlPoints } from './curveCodec.ts';
import { type LearnedFrom, learnedScheduleOf } from './learnedSchedule.ts';
import { parametersOf } from './parametersCodec.ts';
import { followsSchedule, isChain } from './scheduled.ts';
import type { ExperimentConfig } from './types.ts';

/** What decides the betas: a learned schedule depends on the data. */
export type ScheduleConfig = LearnedFrom &
  Pick<
    ExperimentConfig,
    'schedule' | 'nChain' | 'rescale' | 'parameters' | 'drawnSchedule' | 'zeroTerminalSnr'
  >;

export type NoiseConfig = ScheduleConfig & Pick<ExperimentConfig, 'process'>;

/** What can be said of each schedule without making it, in the order in which they are offered. */
export const scheduleChoices: readonly Omit<NoiseSchedule, 'betas'>[] = [
  ...schedules.entries,
  DRAWN,
  LEARNED,
];

/** The label, summary and equation of a schedule. @throws an Error when there is none of this id */
export const aboutSchedule = (id: string): Omit<NoiseSchedule, 'betas'> =>
  scheduleChoices.find((choice) => choice.id === id) ?? schedules.get(id);

/** [T] the betas of the schedule in force, each in (0,1). */
export function betasOf(config: ScheduleConfig): Float64Array {
  const betas = scheduleOf(config).betas(config.nChain, {
    rescale: config.rescale,
    parameters: parametersOf(`schedule.${config.schedule}`, config.parameters),
  });
  return config.zeroTerminalSnr ? nearZeroTerminalSnr(betas) : betas;
}

function scheduleOf(config: ScheduleConfig): NoiseSchedule {
  if (config.schedule === DRAWN.id) return handDrawn(controlPoints(config.drawnSchedule));
  if (config.schedule === LEARNED.id) return learnedScheduleOf(config);
  return schedules.get(config.schedule);
}

/** The forward process that a config stands for. */
export function processOf(config: NoiseConfig): Process {
  const family = processes.get(config.process);
  if (isChain(family.id)) return discreteChain(betasOf(config));
  if (family.ofRate && followsSchedule(family.id)) return family.ofRate(chainRate(betasOf(config)));
  return family.build(parametersOf(`process.${family.id}`, config.parameters));
}
