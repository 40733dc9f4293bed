import { brownianPath } from '../../../core/brownianPath.ts';
import { noiseKeyOf } from '../../../core/sample.ts';
import { thresholdedDenoiser } from '../../../core/samplers/thresholding.ts';
import type {
  Sampler,
  SamplerOptions,
  SampleState,
  StepContext,
  Threshold,
  Vector,
} from '../../../core/types.ts';
import type { DeviceDenoiser } from '../deviceDenoiser.ts';
import type { GaussianExperiment } from '../experiment.ts';
import { dataUnits, type Frames } from './frames.ts';
import { shrinkAt } from './view.ts';

export interface SamplerRun {
  readonly sampler: Sampler;
  readonly options: SamplerOptions;
  /** Monotone, from the start's time to the end's. */
  readonly times: readonly number[];
  /** [n][2] at times[0], scaled units. */
  readonly start: Vector;
  /** Frames to keep, both ends among them. */
  readonly nFrames: number;
  /** What the optimal variance needs (`StepContext`). */
  readonly meanPosteriorVariance?: (t: number) => number;
  /** What keeps x̂₀ within a range; nothing when left out. */
  readonly threshold?: Threshold | null;
  /** Whether the last frame is E[x₀|x_t] where noise is left at t = 0; no when left out. */
  readonly tweedie?: boolean;
  /** Whether x_t is shrunk to be drawn (`shrinkAt`); no when left out. */
  readonly drawn?: boolean;
}

/** What a run of a sampler needs, and where its frames go. */
export interface Recorder<X> {
  readonly deviceDenoiser: DeviceDenoiser<X>;
  readonly context: StepContext<X>;
  /** Adds x as a frame. */
  addFrame(state: SampleState<X>): Promise<void>;
  /** Adds the state's x̂₀, the answer at the frame before. */
  addAnswer(state: SampleState<X>): Promise<void>;
}

export function recorderOf<X>(
  frames: Frames,
  deviceDenoiser: DeviceDenoiser<X>,
  experiment: GaussianExperiment,
  settings: SamplerRun,
): Recorder<X> {
  const units = experiment.standardization;
  return {
    deviceDenoiser,
    context: contextOf(deviceDenoiser, experiment, settings),
    async addFrame(state) {
      const shrink = settings.drawn
        ? shrinkAt(
            experiment.process,
            noiseTimeOf({ t: state.t, isStart: state.x0Hat === null }, settings.sampler),
          )
        : 1;
      frames.times.push(state.t);
      frames.nfe.push(deviceDenoiser.nfePerAnswer * state.nfe);
      frames.x.push(dataUnits(units, await deviceDenoiser.read(state.x), shrink));
    },
    async addAnswer(state) {
      frames.x0Hat.push(dataUnits(units, await deviceDenoiser.read(state.x0Hat!)));
    },
  };
}

function contextOf<X>(
  deviceDenoiser: DeviceDenoiser<X>,
  { process, nChain }: GaussianExperiment,
  { options, times, threshold = null, meanPosteriorVariance }: SamplerRun,
): StepContext<X> {
  return {
    space: deviceDenoiser.space,
    process,
    denoise: thresholdedDenoiser(deviceDenoiser.denoise, deviceDenoiser.space, threshold),
    options,
    learnedNoise: deviceDenoiser.learnedNoise,
    ...(deviceDenoiser.draw && { draw: deviceDenoiser.draw }),
    ...(meanPosteriorVariance && { meanPosteriorVariance }),
    reverseNoise: brownianPath(process, nChain, times),
    noiseKey: noiseKeyOf(nChain),
  };
}

/** The time whose noise a state has: not its own in a sampler that stays at a fixed one. */
export function noiseTimeOf(
  { t, isStart }: { readonly t: number; readonly isStart: boolean },
  { fixedTime }: Sampler,
): number {
  return fixedTime === undefined || (isStart && t === 1) ? t : fixedTime;
}

/** Whether a run ends with a denoising of its own, which takes the place of its last state. */
export function endsDenoised(
  { times, sampler, tweedie = false }: SamplerRun,
  { process }: Pick<StepContext<never>, 'process'>,
): boolean {
  const end = times.at(-1)!;
  const samples = end < times[0]!;
  return tweedie && samples && sampler.fixedTime === undefined && process.kernel(end).sigma > 0;
}
