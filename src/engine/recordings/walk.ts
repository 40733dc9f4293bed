import { noiseKeyOf, sample } from '../../core/sample.ts';
import type { Sampler, SamplerOptions, Vector } from '../../core/types.ts';
import type { Arena } from '../arena.ts';
import type { Experiment } from '../experiment.ts';
import { dataUnits, type Frames, keptStates } from './frames.ts';

export interface Walk {
  readonly sampler: Sampler;
  readonly options: SamplerOptions;
  /** Monotone, from the start's time to the end's. */
  readonly times: readonly number[];
  /** [n][2] at times[0], scaled units. */
  readonly start: Vector;
  /** Frames to keep, both ends among them. */
  readonly nFrames: number;
}

/**
 * Runs a sampler and fills `frames`, pausing after every step. Left early, it frees all that it made.
 * A frame's x̂₀ is the denoiser's answer at that frame; the last frame, on which nothing is evaluated, has its own x.
 */
export async function* walk<X>(
  frames: Frames,
  arena: Arena<X>,
  experiment: Experiment,
  { sampler, options, times, start, nFrames }: Walk,
): AsyncGenerator<void, void, void> {
  const kept = keptStates(times.length, nFrames);
  const units = experiment.standardization;
  const context = {
    space: arena.space,
    process: experiment.process,
    denoise: arena.denoise,
    options,
    noiseKey: noiseKeyOf(experiment.nChain),
  };
  let index = 0;
  for (const state of sample(sampler, context, times, arena.upload(start))) {
    if (kept.has(index - 1)) frames.x0Hat.push(dataUnits(units, await arena.read(state.x0Hat!)));
    if (kept.has(index)) {
      frames.times.push(state.t);
      frames.nfe.push(state.nfe);
      frames.x.push(dataUnits(units, await arena.read(state.x)));
    }
    index += 1;
    yield;
  }
  frames.x0Hat.push(frames.x.at(-1)!.slice());
}
