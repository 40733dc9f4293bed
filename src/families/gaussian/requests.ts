import type { Model } from '../../backends/model.ts';
import { clips } from '../../core/samplers/clips.ts';
import { samplers } from '../../core/samplers/index.ts';
import { timeGrids } from '../../core/timeGrids/index.ts';
import { badRequest, requireInteger } from '../../protocol/errors.ts';
import type { SampleRequest, SampleResult, SamplerSettings } from '../../protocol/protocol.ts';
import { MOST_STEPS } from '../../views/reverse/mostSteps.ts';
import { parametersOfStage } from '../../views/reverse/parameters.ts';
import type { DeviceDenoiser } from './deviceDenoiser.ts';
import type { GaussianExperiment } from './experiment.ts';
import { joined, newFrames } from './recordings/frames.ts';
import { runSampler } from './recordings/runSampler.ts';
import { prepareRun, settingsOf, timesOf } from './recordings/samplerRun.ts';
import { sharedStreams, startingPoints } from './recordings/start.ts';

const MOST_POINTS = 100_000;

/**
 * Draws samples on request, pausing after every step; `report` gets the result.
 * @throws EngineError 'bad-request' for what cannot be drawn, and where the samples are not finite
 */
export async function* drawSamples(
  request: SampleRequest,
  model: Model,
  experiment: GaussianExperiment,
  report: (result: SampleResult) => void,
): AsyncGenerator<void, void, void> {
  requireSamples(request, experiment);
  const { n, seed, frames: nFrames, timeGrid = 'linear', eta = 0, variance = 'beta', ...rest } = request;
  const { denoiser = 'learned' } = request;
  const settings = settingsOf({ ...rest, kind: 'reverse', timeGrid, eta, variance, denoiser });
  const streams = sharedStreams(seed);
  const frames = newFrames();
  const { deviceDenoiser, run } = yield* prepareRun(settings, model, experiment, streams.noise);
  requireLearnedNoise(variance, deviceDenoiser);
  yield* runSampler(frames, deviceDenoiser, experiment, {
    ...run,
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

function requireSamples(request: SampleRequest, { nChain, classes }: GaussianExperiment) {
  const { n, seed, frames = 2, ofClass = 0, guidance = 0 } = request;
  requireSampler(request, nChain);
  requireInteger('ofClass', ofClass, 0, classes.length);
  if (!(guidance >= -1 && guidance <= 5)) {
    throw badRequest(`guidance is ${guidance}.`, 'Give a number from -1 to 5.');
  }
  requireInteger('n', n, 1, MOST_POINTS);
  requireInteger('seed', seed, 0, 2 ** 32 - 1);
  requireInteger('frames', frames, 2, MOST_STEPS + 1);
}

type SetSampler = SamplerSettings & Pick<SampleRequest, 'sampler' | 'nSteps'>;

/** @throws EngineError 'bad-request' where the sampler, its steps or its settings cannot be had */
export function requireSampler(request: SetSampler, nChain: number): void {
  const { sampler, nSteps, timeGrid = 'linear', clip = 'none', eta = 0, tau = [] } = request;
  requireChoice('sampler', sampler, samplers);
  requireChoice('timeGrid', timeGrid, timeGrids);
  requireChoice('clip', clip, clips);
  requireInteger('nSteps', nSteps, 1, MOST_STEPS);
  requireNumbers(request);
  if (!(eta >= 0 && eta <= 1)) throw badRequest(`eta is ${eta}.`, 'Give a number from 0 to 1.');
  for (const step of tau) requireInteger('tau', step, 1, nChain);
}

/** @throws EngineError 'bad-request' where a learned variance is asked for and there is none */
export function requireLearnedNoise(
  variance: SamplerSettings['variance'],
  deviceDenoiser: Pick<DeviceDenoiser<unknown>, 'learnedNoise'>,
): void {
  if (variance !== 'learned' || deviceDenoiser.learnedNoise) return;
  throw badRequest('This denoiser has learned no variance.', 'Choose beta or beta-tilde.');
}

/** Numbers that neither the sampler nor its grid nor the clip has would change nothing, and nobody would know. */
function requireNumbers({ sampler, timeGrid = 'linear', clip = 'none', parameters = {} }: SetSampler): void {
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

function requireChoice(name: string, id: string, registry: { entries: readonly { id: string }[] }): void {
  const ids = registry.entries.map((entry) => entry.id);
  if (!ids.includes(id)) throw badRequest(`There is no ${name} “${id}”.`, `Choose one of ${ids.join(', ')}.`);
}
