import type { Model } from '../../backends/model.ts';
import { createRng } from '../../core/rng.ts';
import type { Rng, Vector } from '../../core/types.ts';
import type { SampleRequest, SamplerSettings } from '../../protocol/protocol.ts';
import type { ReverseRun, ReverseStage } from '../../views/reverse/stage.ts';
import type { GaussianExperiment } from './experiment.ts';
import { newFrames } from './recordings/frames.ts';
import { runSampler } from './recordings/runSampler.ts';
import { prepareRun, settingsOf, timesOf } from './recordings/samplerRun.ts';
import { sharedStreams, startingPoints } from './recordings/start.ts';
import { requireLearnedNoise } from './requests.ts';
import { DRAW_SIZE } from './yardstick.ts';

/** Seed of the first draw, far from those that a person picks. */
const START_SEED = 6_291_469;

/** By what samples are drawn to be measured. */
export type MeasuredSampler = Required<Pick<SampleRequest, 'sampler' | 'nSteps' | 'timeGrid'>> &
  SamplerSettings;

/**
 * A second-order solver, in steps that are small near the data by the clock of the chain or, where there is none, by the noise.
 * With the exact denoiser it leaves 0.75 to 1.1 % strays and misses at most 3.8 % on the chain of 200 steps (dino: 6 and 10 %,
 * as the chain's last step is too coarse for it, by any sampler); on EDM 1.3 % on the rings, 1.8 % on 25 Gaussians, the worst.
 */
export function measuringSampler({
  trainingLevels,
}: Pick<GaussianExperiment, 'trainingLevels'>): MeasuredSampler {
  return trainingLevels.hasChain
    ? { sampler: 'dpm-solver-pp-2m', nSteps: 30, timeGrid: 'quadratic' }
    : { sampler: 'unipc', nSteps: 40, timeGrid: 'log-snr' };
}

/**
 * Samples to be measured, [n][2], data units; pauses after every step. A class that is taught is asked for by chance.
 * @param draw 0, 1, 2, …: each has points and noise of its own. One draw for all models would be lucky or unlucky throughout,
 * by as much as 40 %; so the numbers of a perfect model scatter about those of true draws instead of being biased
 */
export async function* drawSamples(
  model: Model,
  experiment: GaussianExperiment,
  draw: number,
  n = DRAW_SIZE,
  by = measuringSampler(experiment),
): AsyncGenerator<void, Vector, void> {
  const { denoiser = 'learned', eta = 0, variance = 'beta', ...rest } = by;
  const streams = sharedStreams(START_SEED + draw);
  const start = startingPoints(n, false, streams.start, experiment.process);
  const samples = new Float64Array(2 * n);
  let at = 0;
  for (const [ofClass, count] of classCounts(experiment, n, START_SEED + draw)) {
    const asked = { ofClass, guidance: 0 };
    const settings = settingsOf({ ...rest, ...asked, kind: 'reverse', denoiser, eta, variance });
    const end = at + 2 * count;
    samples.set(yield* endsOf(settings, model, experiment, streams.noise, start.subarray(at, end)), at);
    at = end;
  }
  return samples;
}

/** Samples by a stage's own sampler and settings, [n][2], data units; as for `drawSamples`, but of the class it asks for. */
export async function* drawStageSamples(
  request: ReverseRun,
  model: Model,
  experiment: GaussianExperiment,
  draw: number,
): AsyncGenerator<void, Vector, void> {
  const streams = sharedStreams(START_SEED + draw);
  const start = startingPoints(DRAW_SIZE, false, streams.start, experiment.process);
  return yield* endsOf(settingsOf(request), model, experiment, streams.noise, start);
}

/** Where paths from `start` end. */
async function* endsOf(
  settings: ReverseStage,
  model: Model,
  experiment: GaussianExperiment,
  noise: Rng,
  start: Vector,
): AsyncGenerator<void, Vector, void> {
  const { deviceDenoiser, run } = yield* prepareRun(settings, model, experiment, noise);
  requireLearnedNoise(settings.variance, deviceDenoiser);
  const frames = newFrames();
  yield* runSampler(frames, deviceDenoiser, experiment, {
    ...run,
    times: timesOf(settings, experiment),
    start,
    nFrames: 2,
  });
  return Float64Array.from(frames.x.at(-1)!);
}

/** How many of the samples are asked for of which class: where classes are taught, as often as the data have them. */
function classCounts(
  { classes, dataset, noise }: GaussianExperiment,
  n: number,
  seed: number,
): readonly (readonly [number, number])[] {
  if (classes.length === 0) return [[0, n]];
  const { labels } = dataset.sampleLabelled(n, createRng(seed).fork('classes'), noise);
  return classes
    .map((_, y) => [y + 1, labels.filter((label) => label === y).length] as const)
    .filter(([, count]) => count > 0);
}
