import type { ReverseStage } from '../../config/types.ts';
import { createRng } from '../../core/rng.ts';
import { samplers } from '../../core/samplers/index.ts';
import { toScaled } from '../../core/standardize.ts';
import type { Rng, Vector } from '../../core/types.ts';
import type { Experiment } from '../experiment.ts';
import type { Model } from '../model.ts';
import type { ParticlePath } from '../protocol.ts';
import { dataUnits, type Frames, joined, newFrames } from './frames.ts';
import { arenaOf, timesOf } from './reverse.ts';
import { sharedStreams } from './start.ts';
import { walk } from './walk.ts';

export interface PathRequest {
  readonly stage: ReverseStage;
  /** Where the particle is dropped: time 0…1 and place, data units. */
  readonly t: number;
  readonly point: readonly [number, number];
}

/**
 * The whole path of a dropped particle under a stage's sampler. Its future is sampled, with the stage's noise. Its
 * past is what leads there: for a deterministic sampler the same ODE run towards noise (DDIM's encoding, η = 0); for a
 * stochastic one, which has no single past, one draw of the forward chain from the point on.
 */
export async function* tracePath(
  { stage, t, point }: PathRequest,
  model: Model,
  experiment: Experiment,
  seed: number,
  report: (path: ParticlePath) => void,
): AsyncGenerator<void, void, void> {
  const streams = sharedStreams(seed);
  const arena = arenaOf(stage.denoiser, model, experiment, streams.noise);
  const start = toScaled(experiment.standardization, Float64Array.from(point));
  const times = timesOf(stage, experiment);
  const sampler = samplers.get(stage.sampler);
  const options = { eta: stage.eta, variance: stage.variance };

  const future = newFrames();
  if (t > 0) {
    yield* walk(future, arena, experiment, {
      sampler,
      options,
      times: [t, ...times.filter((time) => time < t)],
      start,
      nFrames: Number.POSITIVE_INFINITY,
    });
  } else addFrame(future, 0, start, experiment);

  const past = newFrames();
  const later = times.filter((time) => time > t).reverse();
  if (!sampler.stochastic(options) && later.length > 0) {
    yield* walk(past, arena, experiment, {
      sampler: samplers.get('ddim'),
      options: { eta: 0, variance: 'beta' },
      times: [t, ...later],
      start,
      nFrames: Number.POSITIVE_INFINITY,
    });
  } else noisier(past, start, [t, ...later], experiment, createRng(seed).fork('dropped particle'));
  report(whole(past, future));
}

/** x_s = (α_s/α_t) x_t + √(σ_s² − (α_s/α_t)² σ_t²) z: the forward chain between any two times. */
function noisier(path: Frames, start: Vector, times: readonly number[], experiment: Experiment, rng: Rng) {
  let x = start;
  let from = experiment.process.kernel(times[0]!);
  addFrame(path, times[0]!, x, experiment);
  for (const time of times.slice(1)) {
    const to = experiment.process.kernel(time);
    const ratio = to.alpha / from.alpha;
    const std = Math.sqrt(Math.max(0, to.sigma ** 2 - (ratio * from.sigma) ** 2));
    x = x.map((value) => ratio * value + std * rng.normal());
    from = to;
    addFrame(path, time, x, experiment);
  }
}

function addFrame(path: Frames, t: number, x: Vector, { standardization }: Experiment): void {
  path.times.push(t);
  path.x.push(dataUnits(standardization, x));
}

/** From noise to data through the dropped point, which both halves begin with. */
function whole(past: Frames, future: Frames): ParticlePath {
  const times = [...past.times.slice(1).reverse(), ...future.times];
  const points = [...past.x.slice(1).reverse(), ...future.x];
  return { times: Float32Array.from(times), points: joined(points), droppedAt: past.times.length - 1 };
}
