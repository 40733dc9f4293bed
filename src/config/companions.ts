import { field } from './fields.ts';
import type { ExperimentConfig } from './types.ts';

/** What a process is taught and sampled with in the paper it comes from. */
type Companions = Pick<ExperimentConfig, 'output' | 'weighting' | 'timeSampling'> & {
  /** τ of samplers that take one. */
  readonly timeGrid: string;
};

const USUAL: Companions = {
  output: field('output').default,
  weighting: field('weighting').default,
  timeSampling: field('timeSampling').default,
  timeGrid: 'linear',
};

const OF: Readonly<Record<string, Companions>> = {
  edm: { output: 'edm', weighting: 'edm', timeSampling: 'log-normal', timeGrid: 'karras' },
  'rectified-flow': { ...USUAL, output: 'flow' },
};

const companionsOf = (process: string): Companions => OF[process] ?? USUAL;

/**
 * The change to another process, with what usually goes with it in place of what usually went with the old one: a
 * setting that the person has chosen stays. EDM with evenly drawn σ and even steps would learn and draw next to nothing.
 */
export function changeOfProcess(config: ExperimentConfig, process: string): Partial<ExperimentConfig> {
  const [old, next] = [companionsOf(config.process), companionsOf(process)];
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
