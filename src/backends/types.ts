import type { Program } from '../core/program.ts';
import type { Rng, Space } from '../core/types.ts';
import type { LevelDraws } from './levelDraws.ts';
import type { NetworkShape } from './network.ts';
import type { Task } from './task.ts';

/**
 * What a training step is made of, before any arithmetic: the same for all engines. Scaled units.
 * The arrays belong to the batch source and are overwritten by the next batch.
 */
export interface Batch {
  readonly size: number;
  /** [size] row of `Objective.levels`: the noise level, and nLevels for each class up to the example's own. */
  readonly level: Uint32Array;
  /** [size][2] clean points. */
  readonly x0: Float32Array;
  /** [size][2] their noise. */
  readonly eps: Float32Array;
}

/** How far a step goes. */
export interface StepRates {
  readonly learningRate: number;
  /** Decay of the moving average, 0…1; 0 makes the average equal to the weights. */
  readonly emaDecay: number;
}

/** Everything that training on needs. Each array is flat, in the layout of `network.ts`. */
export interface TrainerState {
  readonly step: number;
  readonly weights: Float32Array;
  /** Exponential moving average of the weights: what samples are drawn with. */
  readonly ema: Float32Array;
  /** Adam's m and v (Kingma & Ba 2015, Algorithm 1), before bias correction. */
  readonly firstMoment: Float32Array;
  readonly secondMoment: Float32Array;
}

/** What a network is told of the time that all points share. */
export interface SharedLevel {
  readonly inputScale: number;
  /** Standard deviation of the noise in what it is shown, inputScale·σ, 0…1. */
  readonly noise: number;
  /** [levelFeatures]: of the time, then the one-hot of the class. */
  readonly features: Float32Array;
}

/** F, and v of a learned variance where the network has one: each [n][2]. */
export interface NetworkAnswer<X> {
  readonly output: X;
  readonly variance: X | null;
}

/** How a network answers for a program's denoiser at a time: x̂₀ = skip·x + out·F. It is not asked where out = 0. */
export interface ProgramLevel {
  readonly level: SharedLevel;
  readonly skip: number;
  readonly out: number;
  /** A second answer at the same point that guides the first, out·F more; the variance is that of the first. */
  readonly guide?: { readonly level: SharedLevel; readonly out: number };
}

/** A whole path to be computed on the device. */
export interface ProgramRun {
  readonly program: Program;
  /** [n][2] where it starts, scaled units. */
  readonly start: Float32Array;
  levelAt(t: number): ProgramLevel;
  /** What the noise depends on: equal streams and keys draw equal noise, but on a GPU not that of `space`. */
  readonly rng: Rng;
  /** Noise of a key instead, [n][2]: how engines are compared. */
  readonly noise?: (key: number) => Float32Array;
}

/** [n][2] for each of a program's slots that is known; the last that are handed out are all of them. */
export type SlotsSoFar = readonly (Float32Array | undefined)[];

/** A network with fixed weights. X is a batch of n points on the device. */
export interface Network<X> {
  /** The answer at x_t, scaled units, for points that share one time. */
  evaluate(x: X, level: SharedLevel): NetworkAnswer<X>;
  /** A copy of the flat weights, in the layout of `network.ts`: what a student begins with. */
  readWeights(): Promise<Float32Array>;
  dispose(): void;
}

/** One model in training. Steps are queued; `settle` waits for them. */
export interface Trainer<X> {
  /** Steps taken (or queued) since the initial weights. */
  readonly step: number;
  /** Queues one Adam step, and one update of the moving average, for each of `rates`, on batches of its own drawing. */
  advance(batchSize: number, rates: readonly StepRates[]): void;
  /** Queues one step on a given batch: how engines are compared. */
  advanceOn(batch: Batch, rates: StepRates): void;
  /** Draws the levels of its own batches otherwise from the next step on, with the weights that go with it. */
  redraw(draws: LevelDraws): void;
  /**
   * Resolves once the device has done all that was queued, with the loss of late: the mean over the steps queued since
   * the last call, or of the last one; NaN before any. The part that teaches a variance is not in it.
   */
  settle(): Promise<number>;
  state(): Promise<TrainerState>;
  /** The averaged weights of this moment as a network of its own: training on does not change it. */
  freeze(): Network<X>;
  dispose(): void;
}

/** Where trainers and samplers run: one device and the algebra on it. */
export interface TrainerBackend<X> {
  /** Short name for people: 'tfjs'. */
  readonly engine: string;
  /** @param rng what the trainer's own batches are drawn from: equal streams and states give equal steps */
  createTrainer(task: Task, state: TrainerState, rng: Rng): Trainer<X>;
  createNetwork(shape: NetworkShape, weights: Float32Array): Network<X>;
  /** Equal keys draw equal noise: key k is `rng.fork(k)`. */
  space(rng: Rng): Space<X>;
  /** z⊙Σ^½ with ln Σ = ½(1 + v)·logHigh + ½(1 − v)·logLow (Nichol & Dhariwal 2021, Eq. 15). */
  scaleNoise(z: X, variance: X, logLow: number, logHigh: number): X;
  /** Interleaved points to the device; the array is not kept. */
  upload(points: Float32Array): X;
  /** Interleaved points back; a copy that the caller owns. */
  read(x: X): Promise<Float32Array>;
  release(x: X): void;
  /**
   * Runs a recorded path many steps at a time, pausing now and then; missing where that would be no faster.
   * @throws RangeError when there are more points than the device carries at once; Error when it was lost on the way
   */
  sampleProgram?(network: Network<X>, run: ProgramRun): AsyncGenerator<SlotsSoFar, void, void>;
  /** Counts for leak tests. */
  memory(): { tensors: number; bytes: number; gpuBytes: number };
  dispose(): void;
}
