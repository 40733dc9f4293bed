import { sample } from '../../../core/sample.ts';
import type { Arena } from '../deviceDenoiser.ts';
import type { Experiment } from '../experiment.ts';
import { walkAdaptively } from './adaptiveWalk.ts';
import { type Frames, keptStates } from './frames.ts';
import { walkerOf, walkWritten } from './programWalk.ts';
import { endsDenoised, type Recorder, recorderOf, type Walk } from './recorder.ts';

/**
 * Runs a sampler and fills `frames`, pausing after every step. Left early, it frees all that it made.
 * A frame's x̂₀ is the denoiser's answer at that frame; the last frame, on which nothing is evaluated, has its own x.
 */
export async function* walk<X>(
  frames: Frames,
  arena: Arena<X>,
  experiment: Experiment,
  settings: Walk,
): AsyncGenerator<void, void, void> {
  const recorder = recorderOf(frames, arena, experiment, settings);
  const walker = walkerOf(arena, settings);
  if (walker) yield* walkWritten(frames, recorder, experiment, settings, walker);
  else if (settings.sampler.adaptive) yield* walkAdaptively(frames, recorder, settings);
  else yield* walkInSteps(recorder, settings);
  frames.x0Hat.push(frames.x.at(-1)!.slice());
}

async function* walkInSteps<X>(
  { arena, context, addFrame, addAnswer }: Recorder<X>,
  settings: Walk,
): AsyncGenerator<void, void, void> {
  const { sampler, times, start, nFrames } = settings;
  const kept = keptStates(times.length, nFrames);
  const last = times.length - 1;
  const tweedie = endsDenoised(settings, context);
  let index = 0;
  for (const state of sample(sampler, context, times, arena.upload(start), { tweedie })) {
    const isExtra = index > last;
    if (!isExtra && kept.has(index - 1)) await addAnswer(state);
    if (isExtra || (kept.has(index) && !(tweedie && index === last))) await addFrame(state);
    index += 1;
    yield;
  }
}
