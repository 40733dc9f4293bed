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
  /** Batches of other sizes in equal parts of the budget, instead of one size. */
  readonly batchSizes?: readonly number[];
  readonly dataset: string;
  readonly seed: number;
  /** Seconds of training alone at which to measure. */
  readonly times: readonly number[];
}

/** Sliced W2 over that of true draws, at each of the times: the mean of three measurements. */
export async function learn({ patch, batchSizes, dataset, seed, times }: Trial): Promise<number[]> {
  const config = { ...defaultConfig, ...patch, dataset, seed };
  const experiment = createExperiment(config);
  const perfect = await lastOf(measurePerfect(experiment));
  const backend = await contenderOf('simd').open!();
  const ratios: number[] = [];
  const configAt = (step: number) => {
    const sizes = batchSizes ?? [config.batchSize];
    const part = Math.floor((step / config.budgetSteps) * sizes.length);
    return { ...config, batchSize: sizes[Math.min(part, sizes.length - 1)]! };
  };
  for await (const { distance } of checkpointsOf(backend, config, experiment, times, configAt)) {
    ratios.push(distance / perfect);
  }
  backend.dispose();
  return ratios;
}
