import { discreteChain } from '../core/processes/discreteChain.ts';
import { processes } from '../core/processes/index.ts';
import type { Process } from '../core/processes/process.ts';
import { chainRate } from '../core/processes/rates.ts';
import { schedules } from '../core/schedules/index.ts';
import { parametersOf } from './parametersCodec.ts';
import { followsSchedule, isChain } from './scheduled.ts';
import type { ExperimentConfig } from './types.ts';

export type NoiseConfig = Pick<
  ExperimentConfig,
  'process' | 'schedule' | 'nChain' | 'rescale' | 'parameters'
>;

/** [T] the betas of the schedule in force. */
export function betasOf({ schedule, nChain, rescale }: NoiseConfig): Float64Array {
  return schedules.get(schedule).betas(nChain, { rescale });
}

/** The forward process that a config stands for. */
export function processOf(config: NoiseConfig): Process {
  const family = processes.get(config.process);
  if (isChain(family.id)) return discreteChain(betasOf(config));
  if (family.ofRate && followsSchedule(family.id)) return family.ofRate(chainRate(betasOf(config)));
  return family.build(parametersOf(`process.${family.id}`, config.parameters));
}
