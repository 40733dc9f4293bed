import type { SlotsSoFar } from '../../../backends/types.ts';
import { type KeptState, type Program, recordProgram } from '../../../core/program.ts';
import type { DeviceDenoiser, ProgramRunner } from '../deviceDenoiser.ts';
import type { GaussianExperiment } from '../experiment.ts';
import { dataUnits, type Frames, keptStates } from './frames.ts';
import { endsDenoised, noiseTimeOf, type Recorder, type SamplerRun } from './recorder.ts';
import { shrinkAt } from './view.ts';

/** How a device runs whole paths; null where it does not, or where the sampler's path cannot be written down before. */
export function programRunnerOf(
  deviceDenoiser: DeviceDenoiser<unknown>,
  { sampler }: SamplerRun,
): ProgramRunner | null {
  return (!sampler.adaptive && deviceDenoiser.runProgram) || null;
}

/** Writes the whole path down, has the device run it, and fills `frames` as they become known. */
export async function* runWritten<X>(
  frames: Frames,
  { deviceDenoiser, context }: Recorder<X>,
  experiment: GaussianExperiment,
  settings: SamplerRun,
  runProgram: ProgramRunner,
): AsyncGenerator<void, void, void> {
  const program = programOf(context, settings);
  const units = experiment.standardization;
  const left = [...program.kept];
  for await (const slots of runProgram(program, Float32Array.from(settings.start))) {
    while (left[0] && isKnown(left[0], slots)) {
      const { t, nfe, x, x0Hat } = left.shift()!;
      const at = noiseTimeOf({ t, isStart: nfe === 0 }, settings.sampler);
      frames.times.push(t);
      frames.nfe.push(deviceDenoiser.nfePerAnswer * nfe);
      frames.x.push(dataUnits(units, slots[x]!, settings.drawn ? shrinkAt(experiment.process, at) : 1));
      if (x0Hat !== null) frames.x0Hat.push(dataUnits(units, slots[x0Hat]!));
    }
    yield;
  }
}

const isKnown = ({ x, x0Hat }: KeptState, slots: SlotsSoFar): boolean =>
  Boolean(slots[x] && (x0Hat === null || slots[x0Hat]));

/** The states that a run keeps, as a program; a last denoising takes the place of the last state. */
function programOf<X>(context: Recorder<X>['context'], settings: SamplerRun): Program {
  const { sampler, times, nFrames, options, threshold = null } = settings;
  const { process, noiseKey, reverseNoise, learnedNoise, meanPosteriorVariance } = context;
  const tweedie = endsDenoised(settings, context);
  const last = times.length - 1;
  const kept = keptStates(times.length, nFrames);
  return recordProgram({
    sampler,
    process,
    options,
    noiseKey,
    ...(reverseNoise && { reverseNoise }),
    ...(meanPosteriorVariance && { meanPosteriorVariance }),
    times,
    threshold,
    tweedie,
    learnsVariance: Boolean(learnedNoise),
    keeps: (state) => state > last || (kept.has(state) && !(tweedie && state === last)),
  });
}
