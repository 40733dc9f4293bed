import { parametersOfStage } from '../config/stageParameters.ts';
import { clips } from '../core/samplers/clips.ts';
import { samplers } from '../core/samplers/index.ts';
import { timeGrids } from '../core/timeGrids/index.ts';
import { badRequest } from './errors.ts';
import type { Experiment } from './experiment.ts';
import type { Model } from './model.ts';
import type { SampleRequest, SampleResult } from './protocol.ts';
import { joined, newFrames } from './recordings/frames.ts';
import { arenaOf, settingsOf, timesOf, walkSettings } from './recordings/reverse.ts';
import { sharedStreams, startingPoints } from './recordings/start.ts';
import { walk } from './recordings/walk.ts';

const MOST_POINTS = 100_000;

/**
 * Draws samples on request, pausing after every step; `report` gets the result.
 * @throws EngineError 'bad-request' for what cannot be drawn, and where the samples are not finite
 */
export async function* drawSamples(
  request: SampleRequest,
  model: Model,
  experiment: Experiment,
  report: (result: SampleResult) => void,
): AsyncGenerator<void, void, void> {
  requireSamples(request, experiment);
  const { n, seed, frames: nFrames, timeGrid = 'linear', eta = 0, variance = 'beta', ...rest } = request;
  const { denoiser = 'learned' } = request;
  const settings = settingsOf({ ...rest, kind: 'reverse', timeGrid, eta, variance, denoiser });
  const streams = sharedStreams(seed);
  const frames = newFrames();
  const arena = arenaOf(settings, model, experiment, streams.noise);
  if (variance === 'learned' && !arena.learnedNoise) {
    throw badRequest('This denoiser has learned no variance.', 'Choose beta or beta-tilde.');
  }
  yield* walk(frames, arena, experiment, {
    ...walkSettings(settings, experiment),
    times: timesOf(settings, experiment),
    start: startingPoints(n, false, streams.start, experiment.process),
    nFrames: nFrames ?? 2,
  });
  const points = frames.x.at(-1)!.slice();
  if (!points.every(Number.isFinite)) {
    throw badRequest(
      'The samples are not finite numbers: the network’s answers have blown up on the way.',
      "Train it again with a lower learning rate or another output, or choose clip: 'limit'.",
    );
  }
  const path =
    nFrames === undefined ? {} : { frames: joined(frames.x), times: Float32Array.from(frames.times) };
  report({ points, nfe: frames.nfe.at(-1)!, ...path });
}

function requireSamples(request: SampleRequest, { nChain, classes }: Experiment) {
  const { sampler, nSteps, n, seed, eta = 0, timeGrid = 'linear', clip = 'none', frames = 2 } = request;
  const { ofClass = 0, guidance = 0 } = request;
  requireSampler({ sampler, nSteps, timeGrid });
  requireChoice('clip', clip, clips);
  requireNumbers(request);
  requireInteger('ofClass', ofClass, 0, classes.length);
  if (!(guidance >= -1 && guidance <= 5)) {
    throw badRequest(`guidance is ${guidance}.`, 'Give a number from -1 to 5.');
  }
  requireInteger('n', n, 1, MOST_POINTS);
  requireInteger('seed', seed, 0, 2 ** 32 - 1);
  requireInteger('frames', frames, 2, 1001);
  if (!(eta >= 0 && eta <= 1)) throw badRequest(`eta is ${eta}.`, 'Give a number from 0 to 1.');
  for (const step of request.tau ?? []) requireInteger('tau', step, 1, nChain);
}

/** @throws EngineError 'bad-request' */
export function requireSampler({
  sampler,
  nSteps,
  timeGrid,
}: Required<Pick<SampleRequest, 'sampler' | 'nSteps' | 'timeGrid'>>) {
  requireChoice('sampler', sampler, samplers);
  requireChoice('timeGrid', timeGrid, timeGrids);
  requireInteger('nSteps', nSteps, 1, 1000);
}

/** Numbers that neither the sampler nor its grid nor the clip has would change nothing, and nobody would know. */
function requireNumbers({
  sampler,
  timeGrid = 'linear',
  clip = 'none',
  parameters = {},
}: SampleRequest): void {
  const known = Object.values(parametersOfStage({ sampler, timeGrid, clip })).flat();
  for (const [name, value] of Object.entries(parameters)) {
    const parameter = known.find((candidate) => candidate.name === name);
    const allowed = known.map((candidate) => candidate.name).join(', ') || 'no numbers';
    if (!parameter) throw badRequest(`${sampler} has no number called ${name}.`, `It has: ${allowed}.`);
    const { low, high } = parameter;
    if (!(value >= low && value <= high)) {
      throw badRequest(`${name} is ${value}.`, `Give a number from ${low} to ${high}.`);
    }
  }
}

/** @throws EngineError 'bad-request' */
export function requireInteger(name: string, value: number, low: number, high: number): void {
  if (Number.isInteger(value) && value >= low && value <= high) return;
  throw badRequest(`${name} is ${value}.`, `Give a whole number from ${low} to ${high}.`);
}

function requireChoice(name: string, id: string, registry: { entries: readonly { id: string }[] }): void {
  const ids = registry.entries.map((entry) => entry.id);
  if (!ids.includes(id)) throw badRequest(`There is no ${name} “${id}”.`, `Choose one of ${ids.join(', ')}.`);
}
