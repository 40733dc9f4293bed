import { errorNorm } from '../../../core/likelihood/rk45.ts';
import type { AdaptiveEvent, SampleState, StepContext } from '../../../core/types.ts';
import type { DeviceDenoiser } from '../deviceDenoiser.ts';
import { type Frames, thinFrames } from './frames.ts';
import { endsDenoised, type Recorder, type SamplerRun } from './recorder.ts';

/**
 * Runs a sampler that chooses its own steps, awaiting the errors that it chooses them by: on a GPU, numbers cannot be had
 * at once. Every accepted step is a frame; in the end no more than `nFrames` are kept.
 */
export async function* runAdaptive<X>(
  frames: Frames,
  { deviceDenoiser, context, addFrame, addAnswer }: Recorder<X>,
  settings: SamplerRun,
): AsyncGenerator<void, void, void> {
  const { space } = context;
  const { times, start, nFrames } = settings;
  let state: SampleState<X> = {
    t: times[0]!,
    x: deviceDenoiser.upload(start),
    x0Hat: null,
    nfe: 0,
    history: [],
  };
  try {
    await addFrame(state);
    for (const tNext of times.slice(1)) {
      const isLast = tNext === times.at(-1);
      for await (const next of leg(deviceDenoiser, context, settings, state, tNext)) {
        if (next !== null) {
          space.release(state, next);
          state = next;
          await addAnswer(state);
          if (!(isLast && state.t === tNext && endsDenoised(settings, context))) await addFrame(state);
        }
        yield;
      }
    }
    if (endsDenoised(settings, context)) {
      const { t, x, nfe } = state;
      const x0Hat = space.scope(() => context.denoise(x, t));
      space.release(state, x0Hat);
      state = { t, x: x0Hat, x0Hat, nfe: nfe + 1, history: [] };
      await addFrame(state);
    }
    thinFrames(frames, nFrames);
  } finally {
    space.release(state);
  }
}

/** The states from one time to the next, each the caller's; null for a step that was only measured. */
async function* leg<X>(
  deviceDenoiser: DeviceDenoiser<X>,
  context: StepContext<X>,
  { sampler }: SamplerRun,
  state: SampleState<X>,
  tNext: number,
): AsyncGenerator<SampleState<X> | null, void, void> {
  const { space, process } = context;
  const noisy = process.kernel(state.t).sigma > 0 && process.kernel(tNext).sigma > 0;
  if (!noisy || !sampler.adaptive) {
    yield space.scope(() => sampler.step(context, state, tNext));
    return;
  }
  const steps = sampler.adaptive(context, { ...state, x: space.combine([1, state.x]) }, tNext);
  try {
    for (let turn = steps.next(); !turn.done; ) {
      const event = turn.value;
      if (event.kind === 'accepted') yield event.state;
      else yield null;
      turn = steps.next(
        event.kind === 'measure' ? await measured(deviceDenoiser, event, sampler.tolerance!) : Number.NaN,
      );
    }
  } finally {
    steps.return();
  }
}

async function measured<X>(
  deviceDenoiser: DeviceDenoiser<X>,
  { error, from, to }: Extract<AdaptiveEvent<X>, { kind: 'measure' }>,
  { rtol, atol }: { readonly rtol: number; readonly atol: number },
): Promise<number> {
  const [e, a, b] = await Promise.all([
    deviceDenoiser.read(error),
    deviceDenoiser.read(from),
    deviceDenoiser.read(to),
  ]);
  return errorNorm(e, a, b, rtol, atol);
}
