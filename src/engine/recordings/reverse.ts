import { numbersOf, samplerOf } from '../../config/stageParameters.ts';
import { newStage } from '../../config/stagesCodec.ts';
import type { AskedClass } from '../../config/types.ts';
import { createRng } from '../../core/rng.ts';
import { samplingTimes } from '../../core/sample.ts';
import { clips } from '../../core/samplers/clips.ts';
import { samplers } from '../../core/samplers/index.ts';
import { toScaled } from '../../core/standardize.ts';
import { timeGrids } from '../../core/timeGrids/index.ts';
import type { Rng, Vector } from '../../core/types.ts';
import { type Arena, exactArena, learnedArena } from '../arena.ts';
import { askable } from '../condition.ts';
import { type Experiment, freshOfClass } from '../experiment.ts';
import type { Model } from '../model.ts';
import { type RecordingRequest, type ReverseRun, recordingKey, type Trajectory } from '../protocol.ts';
import { noisier } from './forward.ts';
import { type Frames, joined, MAX_FRAMES, newFrames } from './frames.ts';
import { MESH_SIDE, sharedStreams, startingPoints } from './start.ts';
import { walk } from './walk.ts';

export type ReverseRequest = Extract<RecordingRequest, { kind: 'reverse' }>;

/** How a reverse process is run, with nothing left out. */
export type ReverseSettings = Required<Omit<ReverseRun, 'kind'>>;

/** What decides which steps a sampler takes. */
export type SamplerChoice = Pick<ReverseRun, 'sampler' | 'nSteps' | 'timeGrid' | 'tau' | 'parameters'>;

/** The settings of a run, those left out as in a new stage. */
export function settingsOf(run: ReverseRun): ReverseSettings {
  const given = Object.entries(run).filter(([, value]) => value !== undefined);
  return { ...newStage.reverse, ...Object.fromEntries(given) };
}

/** The times that a choice of sampler visits in this experiment; more steps than the chain has become all of them. */
export function timesOf(choice: SamplerChoice, experiment: Experiment): number[] {
  const { nChain, process, lesson } = experiment;
  const { sampler, nSteps, timeGrid, tau = [], parameters = {} } = choice;
  const grid = timeGrids.get(timeGrid);
  const least = lesson.times[0]!;
  const options = {
    parameters: numbersOf(grid.parameters, parameters),
    tau: tau.filter((step) => step <= nChain),
    // No level below the least that the network was taught.
    tMin: least > 0 ? least : 1 / nChain,
  };
  return samplingTimes(
    {
      sampler: samplers.get(sampler),
      timeGrid: grid,
      process,
      nSteps: Math.min(nSteps, nChain),
      nChain,
    },
    options,
  );
}

/** The parts of a walk that the settings decide, but for where and when it starts. */
export function walkSettings(settings: ReverseSettings, { nChain }: Experiment) {
  const clip = clips.get(settings.clip);
  return {
    sampler: samplerOf(settings, nChain),
    options: { eta: settings.eta, variance: settings.variance },
    threshold: clip.build(numbersOf(clip.parameters, settings.parameters)),
    tweedie: settings.tweedie,
  };
}

/** The network's arena, or the exact one. */
export function arenaOf(
  settings: AskedClass & Pick<ReverseRun, 'denoiser'>,
  model: Model,
  experiment: Experiment,
  noise: Rng,
): Arena<unknown> {
  if (settings.denoiser === 'exact') return exactArena(experiment, noise, settings);
  return learnedArena(model.backend, model.network, experiment, noise, settings);
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
  const settings = settingsOf(request);
  const encodes = settings.direction === 'encode';
  const mesh = request.mesh && !encodes;
  const times = timesOf(settings, experiment);
  const steps = walk(frames, arenaOf(settings, model, experiment, streams.noise), experiment, {
    ...walkSettings(settings, experiment),
    times: encodes ? times.toReversed() : times,
    start: encodes
      ? encodedPoints(experiment, nParticles, seed, askable(settings, experiment).ofClass)
      : startingPoints(nParticles, mesh, streams.start, experiment.process),
    nFrames: MAX_FRAMES,
    drawn: true,
  });
  const source = request.denoiser === 'exact' ? 'exact' : model.source;
  const soFar = (): Trajectory => ({
    kind: 'trajectory',
    key: recordingKey(request),
    source,
    modelStep: model.step,
    nParticles,
    nMesh: mesh ? MESH_SIDE : 0,
    ...packed(frames),
  });
  for await (const _ of steps) yield frames.x0Hat.length > 0 ? soFar : null;
  yield soFar;
}

/** Fresh data as they are at t = 0, where some processes have noise already; [n][2], scaled units. */
function encodedPoints(experiment: Experiment, n: number, seed: number, ofClass: number): Vector {
  const data = toScaled(experiment.standardization, freshOfClass(experiment, n, seed, ofClass));
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
