import { samplingTimes } from '../../core/sample.ts';
import { samplers } from '../../core/samplers/index.ts';
import { timeGrids } from '../../core/timeGrids/index.ts';
import type { Rng } from '../../core/types.ts';
import { type Arena, exactArena, learnedArena } from '../arena.ts';
import type { Experiment } from '../experiment.ts';
import type { Model } from '../model.ts';
import { type RecordingRequest, recordingKey, type Trajectory } from '../protocol.ts';
import { type Frames, joined, MAX_FRAMES, newFrames } from './frames.ts';
import { MESH_SIDE, sharedStreams, startingPoints } from './start.ts';
import { walk } from './walk.ts';

export type ReverseRequest = Extract<RecordingRequest, { kind: 'reverse' }>;

/** What decides which steps a sampler takes. */
export type SamplerChoice = Pick<ReverseRequest, 'sampler' | 'nSteps' | 'timeGrid'>;

/** The times that a choice of sampler visits in this experiment; more steps than the chain has become all of them. */
export function timesOf(
  { sampler, nSteps, timeGrid }: SamplerChoice,
  { nChain, process }: Experiment,
): number[] {
  return samplingTimes({
    sampler: samplers.get(sampler),
    timeGrid: timeGrids.get(timeGrid),
    process,
    nSteps: Math.min(nSteps, nChain),
    nChain,
  });
}

/** The network's arena, or the exact one. */
export function arenaOf(
  denoiser: 'learned' | 'exact',
  model: Model,
  experiment: Experiment,
  noise: Rng,
): Arena<unknown> {
  if (denoiser === 'exact') return exactArena(experiment, noise);
  return learnedArena(model.backend, model.network, experiment, noise);
}

/**
 * Records a reverse process. Yields after every step: the trajectory as far as it has come when a frame was added,
 * null otherwise, and the finished one last.
 */
export async function* recordReverse(
  request: ReverseRequest,
  model: Model,
  experiment: Experiment,
  { nParticles, seed }: { nParticles: number; seed: number },
): AsyncGenerator<(() => Trajectory) | null, void, void> {
  const streams = sharedStreams(seed);
  const frames = newFrames();
  const arena = arenaOf(request.denoiser, model, experiment, streams.noise);
  const steps = walk(frames, arena, experiment, {
    sampler: samplers.get(request.sampler),
    options: { eta: request.eta, variance: request.variance },
    times: timesOf(request, experiment),
    start: startingPoints(nParticles, request.mesh, streams.start),
    nFrames: MAX_FRAMES,
  });
  const source = request.denoiser === 'exact' ? 'exact' : model.source;
  const soFar = (): Trajectory => ({
    kind: 'trajectory',
    key: recordingKey(request),
    source,
    modelStep: model.step,
    nParticles,
    nMesh: request.mesh ? MESH_SIDE : 0,
    ...packed(frames),
  });
  for await (const _ of steps) yield frames.x0Hat.length > 0 ? soFar : null;
  yield soFar;
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
