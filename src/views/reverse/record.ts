import { createRng } from '../../core/rng.ts';
import { toScaled } from '../../core/standardize.ts';
import type { Vector } from '../../core/types.ts';
import { freshData, type GaussianExperiment, targetOf } from '../../families/gaussian/experiment.ts';
import { askable } from '../../families/gaussian/guidance.ts';
import { type Frames, joined, MAX_FRAMES, newFrames } from '../../families/gaussian/recordings/frames.ts';
import { noisier } from '../../families/gaussian/recordings/noising.ts';
import { endsDenoised } from '../../families/gaussian/recordings/recorder.ts';
import { runSampler } from '../../families/gaussian/recordings/runSampler.ts';
import { prepareRun, settingsOf, timesOf } from '../../families/gaussian/recordings/samplerRun.ts';
import { MESH_SIDE, sharedStreams, startingPoints } from '../../families/gaussian/recordings/start.ts';
import type { Trajectory } from '../../protocol/protocol.ts';
import { EXACT_COST, type Recorder, type RecordingContext, type Steps } from '../recorder.ts';
import { recordingKey } from '../types.ts';
import { samplerOf, stepRule, stepsOf } from './parameters.ts';
import type { ReverseRequest } from './stage.ts';

export const recorder: Recorder<ReverseRequest> = {
  record,
  cost: (request, nChain) => evaluations(request, nChain) * (request.denoiser === 'exact' ? EXACT_COST : 1),
  dependsOnModel: ({ denoiser }) => denoiser === 'learned',
};

/** Attempts of a sampler that chooses its own steps, as its tolerances usually have it. */
const OWN_STEPS = 20;

function evaluations(request: ReverseRequest, nChain: number): number {
  const settings = settingsOf(request);
  const steps = stepRule(settings) === 'own' ? OWN_STEPS : stepsOf(settings, nChain);
  return steps * (samplerOf(settings, nChain).nfePerStep ?? 1);
}

/**
 * Records a reverse process. Yields after every step: the trajectory as far as it has come when a frame was added,
 * null otherwise, and the finished one last.
 */
async function* record(
  request: ReverseRequest,
  { model, experiment, config: { nParticles, seed } }: RecordingContext,
): Steps {
  const streams = sharedStreams(seed);
  const frames = newFrames();
  const settings = settingsOf(request);
  const encodes = settings.direction === 'encode';
  const mesh = request.mesh && !encodes;
  const times = timesOf(settings, experiment);
  const { deviceDenoiser, run: prepared } = yield* withoutNews(
    prepareRun(settings, model, experiment, streams.noise),
  );
  const run = {
    ...prepared,
    times: encodes ? times.toReversed() : times,
    start: encodes
      ? encodedPoints(experiment, nParticles, seed, askable(settings, experiment).ofClass)
      : startingPoints(nParticles, mesh, streams.start, experiment.process),
    nFrames: MAX_FRAMES,
    drawn: true,
  };
  const steps = runSampler(frames, deviceDenoiser, experiment, run);
  const source = request.denoiser === 'exact' ? 'exact' : model.source;
  const soFar = (): Trajectory => ({
    kind: 'trajectory',
    key: recordingKey(request),
    source,
    modelStep: model.step,
    nParticles,
    nMesh: mesh ? MESH_SIDE : 0,
    denoisedLast: endsDenoised(run, experiment),
    ...packed(frames),
  });
  for await (const _ of steps) yield frames.x0Hat.length > 0 ? soFar : null;
  yield soFar;
}

/** Work between whose steps there is nothing new to see. */
async function* withoutNews<T>(work: AsyncGenerator<void, T, void>): AsyncGenerator<null, T, void> {
  for (let next = await work.next(); ; next = await work.next()) {
    if (next.done) return next.value;
    yield null;
  }
}

/** Fresh data as they are at t = 0, where some processes have noise already; [n][2], scaled units. */
function encodedPoints(experiment: GaussianExperiment, n: number, seed: number, ofClass: number): Vector {
  const data = toScaled(experiment.standardization, freshData(targetOf(experiment, ofClass), n, seed));
  return noisier(experiment.process, data, null, 0, createRng(seed).fork('encoded data'));
}

/** As many frames as have both x and x̂₀. */
function packed(frames: Frames) {
  const n = frames.x0Hat.length;
  return {
    times: Float32Array.from(frames.times.slice(0, n)),
    nfe: Int32Array.from(frames.nfe.slice(0, n)),
    x: joined(frames.x.slice(0, n)),
    x0Hat: joined(frames.x0Hat),
  };
}
