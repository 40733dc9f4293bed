import type { Model } from '../../../backends/model.ts';
import { timeGrids } from '../../../core/timeGrids/index.ts';
import type { Rng, Vector } from '../../../core/types.ts';
import type { ReverseStage } from '../../../views/reverse/stage.ts';
import type { GaussianExperiment } from '../experiment.ts';
import { newFrames } from '../recordings/frames.ts';
import { runSampler } from '../recordings/runSampler.ts';
import { prepareRun, settingsOf, timesOf } from '../recordings/samplerRun.ts';
import { requireLearnedNoise } from '../requests.ts';

/** How finely a flow is solved that stands for the true one. */
export interface Fineness {
  /** Of the exact denoiser's without a condition, right digits. */
  readonly digits: number;
  /** Of a network's, whose answers are float32, and under a condition, steps of third order. */
  readonly nSteps: number;
}

/** To tell orders of convergence apart. */
const FINEST: Fineness = { digits: 6, nSteps: 400 };

/** What the runs of a study share. */
export interface Begun {
  readonly model: Model;
  readonly experiment: GaussianExperiment;
  readonly noise: Rng;
  /** [n][2] x_T, scaled units. */
  readonly start: Vector;
}

/** Where a run ends, data units, and what it took. */
export interface Ends {
  readonly points: Vector;
  /** Evaluations of the denoiser for each point. */
  readonly nfe: number;
}

/**
 * Runs a sampler from `start` to its end, pausing after every step.
 * @param start [n][2] at t = 1, scaled units
 * @param times those that the settings choose when left out
 */
export async function* endsOf(
  settings: ReverseStage,
  { model, experiment, noise, start }: Begun,
  times = timesOf(settings, experiment),
): AsyncGenerator<void, Ends, void> {
  const { deviceDenoiser, run } = yield* prepareRun(settings, model, experiment, noise, times);
  requireLearnedNoise(settings.variance, deviceDenoiser);
  const frames = newFrames();
  yield* runSampler(frames, deviceDenoiser, experiment, { ...run, times, start, nFrames: 2 });
  return { points: Float64Array.from(frames.x.at(-1)!), nfe: frames.nfe.at(-1)! };
}

/**
 * Where the probability flow of a denoiser ends, solved finely: from t = 1 to the least noise that is taught, then to
 * E[x₀|x_t], the denoising in which every sampler ends. An exact answer under a condition is solved as a network's is: where the
 * data end at a line or an edge, a step by its error would be as short as they are sharp.
 * @param asked the class, the guidance, the condition, and the clipping of the answers
 */
export function flowEnds(
  denoiser: ReverseStage['denoiser'],
  asked: Partial<ReverseStage>,
  begun: Begun,
  { digits, nSteps }: Fineness = FINEST,
): AsyncGenerator<void, Ends, void> {
  const flow = { kind: 'reverse', eta: 0, variance: 'beta-tilde', nSteps: 1, timeGrid: 'linear' } as const;
  if (denoiser === 'exact' && !asked.condition) {
    const solver = { sampler: 'rk45', parameters: { digits } };
    return endsOf(settingsOf({ ...asked, ...flow, ...solver, denoiser }), begun);
  }
  const { process, trainingLevels, nChain } = begun.experiment;
  const least = trainingLevels.times[0]!;
  const times = timeGrids
    .get('log-snr')
    .times(process, nSteps, nSteps, { tMin: least > 0 ? least : 1 / nChain });
  return endsOf(settingsOf({ ...asked, ...flow, sampler: 'unipc', denoiser }), begun, times);
}

/** Mean distance between points and as many others, pair by pair. @param a, b [n][2] */
export function meanDistance(a: Vector, b: Vector): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 2) sum += Math.hypot(a[i]! - b[i]!, a[i + 1]! - b[i + 1]!);
  return sum / (a.length / 2);
}
