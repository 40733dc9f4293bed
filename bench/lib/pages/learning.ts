import { defaultConfig } from '../../../src/config/fields.ts';
import type { ExperimentConfig } from '../../../src/config/types.ts';
import { createExperiment } from '../../../src/engine/experiment.ts';
import { measurePerfect } from '../../../src/engine/quality.ts';
import { checkpointsOf, lastOf } from '../checkpoints.ts';
import { contenderOf } from '../contenders.ts';

export { datasetIds } from '../checkpoints.ts';

interface Trial {
  /** What is changed of the page's own defaults. */
  readonly patch: Partial<ExperimentConfig>;
  readonly dataset: string;
  readonly seed: number;
  /** Seconds of training alone at which to measure. */
  readonly times: readonly number[];
}

/** Sliced W2 over that of true draws, at each of the times: the mean of three measurements. */
export async function learn({ patch, dataset, seed, times }: Trial): Promise<number[]> {
  const config = { ...defaultConfig, ...patch, dataset, seed };
  const experiment = createExperiment(config);
  const perfect = await lastOf(measurePerfect(experiment));
  const backend = await contenderOf('simd').open!();
  const ratios: number[] = [];
  for await (const { distance } of checkpointsOf(backend, config, experiment, times)) {
    ratios.push(distance / perfect);
  }
  backend.dispose();
  return ratios;
}
