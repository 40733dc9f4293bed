import { defaultConfig } from '../../../src/experiment/fields.ts';
import type { ExperimentConfig } from '../../../src/experiment/types.ts';
import { createExperiment } from '../../../src/families/gaussian/experiment.ts';
import type { MeasuredSampler } from '../../../src/families/gaussian/quality.ts';
import { checkpointsOf, type LookTimes } from '../checkpoints.ts';
import { contenderOf } from '../contenders.ts';

export { datasetIds } from '../checkpoints.ts';

interface Trial {
  /** What is changed of the page's own defaults. */
  readonly patch: Partial<ExperimentConfig>;
  /** Batches of other sizes in equal parts of the budget, instead of one size. */
  readonly batchSizes?: readonly number[];
  readonly dataset: string;
  readonly seed: number;
  /** At which to measure. */
  readonly times: LookTimes;
}

/** What a model was like at one of the times. */
export interface Looked {
  readonly step: number;
  /** Sliced W2 over that of true draws, by the sampler that measures on the page. */
  readonly ratio: number;
  /** Of samples by DDPM with all steps, with β̃ as a new stage has it and with β, and of DDIM with 50 steps, quadratic times; shares. */
  readonly ddpm: number;
  readonly ddpmBeta: number;
  readonly ddim: number;
  /** Share, with DDPM and β̃, over that of true draws. */
  readonly missed: number;
}

const DDIM: MeasuredSampler = { sampler: 'ddim', nSteps: 50, timeGrid: 'quadratic' };

/** What a model is like at each of the times, by three draws of 2 000 samples. */
export async function learn({ patch, batchSizes, dataset, seed, times }: Trial): Promise<Looked[]> {
  const config = { ...defaultConfig, ...patch, dataset, seed };
  const experiment = createExperiment(config);
  const backend = await contenderOf('simd').open!();
  const looks: Looked[] = [];
  const configAt = (step: number) => {
    const sizes = batchSizes ?? [config.batchSize];
    const part = Math.floor((step / config.budgetSteps) * sizes.length);
    return { ...config, batchSize: sizes[Math.min(part, sizes.length - 1)]! };
  };
  const ddpmWith = (variance: 'beta' | 'beta-tilde') =>
    ({ sampler: 'ddpm', nSteps: config.nChain, timeGrid: 'linear', variance }) as const;
  const samplers = [ddpmWith('beta-tilde'), ddpmWith('beta'), DDIM];
  for await (const found of checkpointsOf(backend, config, experiment, { times, configAt, samplers })) {
    const { slicedW2 } = found.quality;
    const [ddpm, ddpmBeta, ddim] = found.by;
    looks.push({
      step: found.step,
      ratio: slicedW2.value / slicedW2.perfect,
      ddpm: ddpm!.strays.value,
      ddpmBeta: ddpmBeta!.strays.value,
      ddim: ddim!.strays.value,
      missed: ddpm!.missed.value / ddpm!.missed.perfect,
    });
  }
  backend.dispose();
  return looks;
}
