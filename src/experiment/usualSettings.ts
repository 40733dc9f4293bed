import { processes } from '../core/processes/index.ts';
import type { UsualSettings } from '../core/processes/process.ts';
import { field } from './fields.ts';
import type { ExperimentConfig } from './types.ts';

/** What a process is taught and sampled with, where nobody has chosen otherwise. */
const usualSettingsOf = (process: string): Required<UsualSettings> => ({
  output: field('output').default,
  weighting: field('weighting').default,
  timeSampling: field('timeSampling').default,
  timeGrid: 'linear',
  ...processes.get(process).usual,
});

/**
 * The change to another process, with what usually goes with it in place of what usually went with the old one: a
 * setting that the person has chosen stays. EDM with evenly drawn σ and even steps would learn and draw next to nothing.
 */
export function changeOfProcess(config: ExperimentConfig, process: string): Partial<ExperimentConfig> {
  const [old, next] = [usualSettingsOf(config.process), usualSettingsOf(process)];
  const kept = (name: 'output' | 'weighting' | 'timeSampling') =>
    config[name] === old[name] ? next[name] : config[name];
  return {
    process,
    output: kept('output'),
    weighting: kept('weighting'),
    timeSampling: kept('timeSampling'),
    stages: config.stages.map((stage) =>
      stage.kind === 'reverse' && stage.timeGrid === old.timeGrid
        ? { ...stage, timeGrid: next.timeGrid }
        : stage,
    ),
  };
}
