import type { Model } from '../../src/backends/model.ts';
import { initialState } from '../../src/backends/state.ts';
import type { TrainerBackend } from '../../src/backends/types.ts';
import { datasets } from '../../src/core/datasets/index.ts';
import type { Vector } from '../../src/core/types.ts';
import type { ExperimentConfig } from '../../src/experiment/types.ts';
import type { GaussianExperiment } from '../../src/families/gaussian/experiment.ts';
import { drawSamples, type MeasuredSampler } from '../../src/families/gaussian/quality.ts';
import { DRAW_SIZE, type Quality, qualityOf, truePoints } from '../../src/families/gaussian/yardstick.ts';
import { startTraining } from '../../src/runtime/training.ts';

/** Samples of a model and as many true points, [2000][2] each, data units. */
export interface Draw {
  readonly samples: Vector;
  readonly truth: Vector;
}

/** How far a model has come. */
export interface Checkpoint {
  /** Of training alone. */
  readonly seconds: number;
  /** Since the start, with all looks at the model. */
  readonly wall: number;
  readonly step: number;
  /** By the sampler that measures on the page. */
  readonly quality: Quality;
  readonly draws: readonly Draw[];
  /** By each of the samplers asked for. */
  readonly by: readonly Quality[];
}

/** Of a look. */
export const DRAWS = 3;

export const datasetIds = (): string[] => datasets.entries.map(({ id }) => id);

/** When a model is looked at: after so many seconds of training alone, or after so many steps, whatever else the machine does. */
export type LookTimes = { readonly seconds: readonly number[] } | { readonly steps: readonly number[] };

export interface Looks {
  readonly times: LookTimes;
  /** The rates and the batch size from a step on; those of the experiment when left out. */
  readonly configAt?: (step: number) => ExperimentConfig;
  /** Samplers by which the model is looked at too. */
  readonly samplers?: readonly MeasuredSampler[];
}

/** Trains a model from scratch, and looks at it at the given times; the looks do not count. */
export async function* checkpointsOf(
  backend: TrainerBackend<unknown>,
  config: ExperimentConfig,
  experiment: GaussianExperiment,
  { times, configAt = () => config, samplers = [] }: Looks,
): AsyncGenerator<Checkpoint, void, void> {
  const begun = performance.now();
  const training = startTraining(backend, experiment, initialState(experiment));
  const bySteps = 'steps' in times;
  const untils = bySteps ? times.steps : times.seconds;
  let seconds = 0;
  try {
    for (const [look, until] of untils.entries()) {
      while ((bySteps ? training.step : seconds) < until) {
        const most = bySteps ? until - training.step : Number.POSITIVE_INFINITY;
        const sliced = performance.now();
        await training.slice(configAt(training.step), most);
        seconds += (performance.now() - sliced) / 1000;
      }
      const network = training.freeze();
      const model = { backend, network, source: 'own', step: training.step } as const;
      // New noise and new true points for every look and seed, so that no model is lucky throughout.
      const first = DRAWS * (untils.length * config.seed + look);
      const draws = await drawsOf(model, experiment, first);
      const by: Quality[] = [];
      for (const sampler of samplers) {
        by.push(qualityOf(joined(await drawsOf(model, experiment, first, sampler)), experiment, first));
      }
      network.dispose();
      const wall = (performance.now() - begun) / 1000;
      const quality = qualityOf(joined(draws), experiment, first);
      yield { seconds, wall, step: training.step, quality, draws, by };
    }
  } finally {
    training.dispose();
  }
}

async function drawsOf(
  model: Model,
  experiment: GaussianExperiment,
  first: number,
  sampler?: MeasuredSampler,
): Promise<Draw[]> {
  const draws: Draw[] = [];
  for (let draw = first; draw < first + DRAWS; draw++) {
    const samples = await lastOf(drawSamples(model, experiment, draw, DRAW_SIZE, sampler));
    draws.push({ samples, truth: truePoints(experiment, draw) });
  }
  return draws;
}

const joined = (draws: readonly Draw[]) => draws.flatMap(({ samples }) => [...samples]);

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** What a generator returns in the end. */
export async function lastOf<T>(steps: AsyncGenerator<unknown, T, void>): Promise<T> {
  for (;;) {
    const { done, value } = await steps.next();
    if (done) return value;
  }
}
