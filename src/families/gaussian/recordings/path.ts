import type { Model } from '../../../backends/model.ts';
import { createRng } from '../../../core/rng.ts';
import { samplers } from '../../../core/samplers/index.ts';
import type { Rng, Vector } from '../../../core/types.ts';
import type { ParticlePath, PathRequest } from '../../../protocol/protocol.ts';
import type { GaussianExperiment } from '../experiment.ts';
import { dataUnits, type Frames, joined, newFrames } from './frames.ts';
import { noisier } from './noising.ts';
import { runSampler } from './runSampler.ts';
import { prepareRun, settingsOf, timesOf } from './samplerRun.ts';
import { sharedStreams } from './start.ts';
import { fromDrawn, shrinkAt } from './view.ts';

/**
 * The whole path of a dropped particle under a stage's sampler. Its future is sampled, with the stage's noise. Its
 * past is what leads there: for a deterministic sampler the same ODE run towards noise (DDIM's encoding, η = 0); for a
 * stochastic one, which has no single past, one draw of the forward chain from the point on.
 */
export async function* tracePath(
  { stage, t, point }: PathRequest,
  model: Model,
  experiment: GaussianExperiment,
  seed: number,
  report: (path: ParticlePath) => void,
): AsyncGenerator<void, void, void> {
  const streams = sharedStreams(seed);
  const settings = settingsOf(stage);
  const times = timesOf(settings, experiment);
  const prepared = yield* prepareRun(settings, model, experiment, streams.noise, [t, ...times]);
  const { deviceDenoiser } = prepared;
  const run = { ...prepared.run, drawn: true, nFrames: Number.POSITIVE_INFINITY };
  const { sampler, options } = run;
  const shrink = shrinkAt(experiment.process, sampler.fixedTime ?? t);
  const start = fromDrawn(experiment.standardization, point, shrink);

  const future = newFrames();
  const earlier = times.filter((time) => time < t);
  if (earlier.length > 0)
    yield* runSampler(future, deviceDenoiser, experiment, { ...run, times: [t, ...earlier], start });
  else addFrame(future, t, start, shrink, experiment);

  const past = newFrames();
  const later = times.filter((time) => time > t).reverse();
  if (sampler.fixedTime !== undefined) addFrame(past, t, start, shrink, experiment);
  else if (!sampler.stochastic(options) && later.length > 0) {
    yield* runSampler(past, deviceDenoiser, experiment, {
      ...run,
      sampler: sampler.adaptive ? sampler : samplers.get('ddim'),
      options: { eta: 0, variance: 'beta' },
      times: [t, ...later],
      start,
    });
  } else noiseOn(past, start, [t, ...later], experiment, createRng(seed).fork('dropped particle'));
  report(whole(past, future));
}

/** The forward chain from a point on, through all times. */
function noiseOn(
  path: Frames,
  start: Vector,
  times: readonly number[],
  experiment: GaussianExperiment,
  rng: Rng,
) {
  const { process } = experiment;
  let x = start;
  for (const [i, time] of times.entries()) {
    if (i > 0) x = noisier(process, x, times[i - 1]!, time, rng);
    addFrame(path, time, x, shrinkAt(process, time), experiment);
  }
}

function addFrame(
  path: Frames,
  t: number,
  x: Vector,
  shrink: number,
  { standardization }: GaussianExperiment,
): void {
  path.times.push(t);
  path.x.push(dataUnits(standardization, x, shrink));
}

/** From noise to data through the dropped point, which both halves begin with. */
function whole(past: Frames, future: Frames): ParticlePath {
  const times = [...past.times.slice(1).reverse(), ...future.times];
  const points = [...past.x.slice(1).reverse(), ...future.x];
  return { times: Float32Array.from(times), points: joined(points), droppedAt: past.times.length - 1 };
}
