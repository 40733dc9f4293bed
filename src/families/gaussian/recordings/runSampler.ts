import { sample } from '../../../core/sample.ts';
import type { DeviceDenoiser } from '../deviceDenoiser.ts';
import type { GaussianExperiment } from '../experiment.ts';
import { type Frames, keptStates } from './frames.ts';
import { endsDenoised, type Recorder, recorderOf, type SamplerRun } from './recorder.ts';
import { runAdaptive } from './runAdaptive.ts';
import { programRunnerOf, runWritten } from './runWritten.ts';

/**
 * Runs a sampler and fills `frames`, pausing after every step. Left early, it frees all that it made.
 * A frame's x̂₀ is the denoiser's answer at that frame; the last frame, on which nothing is evaluated, has its own x.
 */
export async function* runSampler<X>(
  frames: Frames,
  deviceDenoiser: DeviceDenoiser<X>,
  experiment: GaussianExperiment,
  settings: SamplerRun,
): AsyncGenerator<void, void, void> {
  const recorder = recorderOf(frames, deviceDenoiser, experiment, settings);
  const runProgram = programRunnerOf(deviceDenoiser, settings);
  if (runProgram) yield* runWritten(frames, recorder, experiment, settings, runProgram);
  else if (settings.sampler.adaptive) yield* runAdaptive(frames, recorder, settings);
  else yield* runSteps(recorder, settings);
  frames.x0Hat.push(frames.x.at(-1)!.slice());
}

async function* runSteps<X>(
  { deviceDenoiser, context, addFrame, addAnswer }: Recorder<X>,
  settings: SamplerRun,
): AsyncGenerator<void, void, void> {
  const { sampler, times, start, nFrames } = settings;
  const kept = keptStates(times.length, nFrames);
  const last = times.length - 1;
  const tweedie = endsDenoised(settings, context);
  let index = 0;
  for (const state of sample(sampler, context, times, deviceDenoiser.upload(start), { tweedie })) {
    const isExtra = index > last;
    if (!isExtra && kept.has(index - 1)) await addAnswer(state);
    if (isExtra || (kept.has(index) && !(tweedie && index === last))) await addFrame(state);
    index += 1;
    await deviceDenoiser.settled?.(state.x);
    yield;
  }
}
