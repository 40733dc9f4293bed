import type { ExperimentConfig } from '../../src/config/types.ts';
import { datasets } from '../../src/core/datasets/index.ts';
import { slicedWasserstein2 } from '../../src/core/metrics/index.ts';
import type { Vector } from '../../src/core/types.ts';
import type { Experiment } from '../../src/engine/experiment.ts';
import { drawSamples, truePoints } from '../../src/engine/quality.ts';
import type { TrainerBackend } from '../../src/engine/trainers/types.ts';
import { initialState, startTraining, type Training } from '../../src/engine/training.ts';

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
  /** Sliced W2 of the samples to the truth, the mean over the draws; infinite when a sample is not finite. */
  readonly distance: number;
  readonly draws: readonly Draw[];
}

/** Of a look. */
export const DRAWS = 3;

export const datasetIds = (): string[] => datasets.entries.map(({ id }) => id);

/**
 * Trains a model from scratch, and looks at it at the given seconds of training; the looks do not count.
 * @param configAt the rates and the batch size from a step on
 */
export async function* checkpointsOf(
  backend: TrainerBackend<unknown>,
  config: ExperimentConfig,
  experiment: Experiment,
  times: readonly number[],
  configAt: (step: number) => ExperimentConfig = () => config,
): AsyncGenerator<Checkpoint, void, void> {
  const begun = performance.now();
  const training = startTraining(backend, experiment, initialState(experiment));
  let seconds = 0;
  try {
    for (const [look, until] of times.entries()) {
      while (seconds < until) {
        const sliced = performance.now();
        await training.slice(configAt(training.step), Number.POSITIVE_INFINITY);
        seconds += (performance.now() - sliced) / 1000;
      }
      // New noise and new true points for every look and seed, so that no model is lucky throughout.
      const first = DRAWS * (times.length * config.seed + look);
      const draws = await drawsOf(backend, training, experiment, first);
      const wall = (performance.now() - begun) / 1000;
      yield { seconds, wall, step: training.step, distance: distanceOf(draws), draws };
    }
  } finally {
    training.dispose();
  }
}

async function drawsOf(
  backend: TrainerBackend<unknown>,
  training: Training,
  experiment: Experiment,
  first: number,
): Promise<Draw[]> {
  const network = training.freeze();
  const model = { backend, network, source: 'own', step: training.step } as const;
  const draws: Draw[] = [];
  for (let draw = first; draw < first + DRAWS; draw++) {
    const samples = await lastOf(drawSamples(model, experiment, draw));
    draws.push({ samples, truth: truePoints(experiment, draw) });
  }
  network.dispose();
  return draws;
}

function distanceOf(draws: readonly Draw[]): number {
  if (!draws.every(({ samples }) => samples.every(Number.isFinite))) return Number.POSITIVE_INFINITY;
  return mean(draws.map(({ samples, truth }) => slicedWasserstein2(samples, truth)));
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** What a generator returns in the end. */
export async function lastOf<T>(steps: AsyncGenerator<unknown, T, void>): Promise<T> {
  for (;;) {
    const { done, value } = await steps.next();
    if (done) return value;
  }
}
