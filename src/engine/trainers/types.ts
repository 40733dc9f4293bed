import type { Rng, Space } from '../../core/types.ts';
import type { NetworkShape } from './network.ts';

/**
 * One mini-batch of the noise-prediction loss E‖ε − ε_θ(x_t, t)‖² (Ho et al. 2020, Eq. 14), scaled units.
 * The arrays belong to the batch source and are overwritten by the next batch.
 */
export interface Batch {
  readonly size: number;
  /** [size][NETWORK_INPUTS]: the features of x_t, then of t. */
  readonly inputs: Float32Array;
  /** [size][2]: v = α_t ε − σ_t x_0. */
  readonly velocity: Float32Array;
  /** [size]: α_t, by which an error of v_θ becomes one of ε_θ: ε_θ − ε = α_t (v_θ − v). */
  readonly alpha: Float32Array;
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

/** A network with fixed weights. X is a batch of n points on the device. */
export interface Network<X> {
  /** v_θ(x_t, t) for points that share one time; `features` as `timeFeatures` makes them. Scaled units. */
  velocity(x: X, features: Float32Array): X;
  dispose(): void;
}

/** One model in training. Steps are queued; `settle` waits for them. */
export interface Trainer<X> {
  /** Steps taken (or queued) since the initial weights. */
  readonly step: number;
  /**
   * Queues one Adam step on `batch` and one update of the moving average.
   * @param emaDecay of this step, 0…1; 0 makes the average equal to the weights
   */
  advance(batch: Batch, learningRate: number, emaDecay: number): void;
  /** Resolves with the loss of the latest step (NaN before any) once the device has done all that was queued. */
  settle(): Promise<number>;
  state(): Promise<TrainerState>;
  /** The averaged weights of this moment as a network of its own: training on does not change it. */
  freeze(): Network<X>;
  dispose(): void;
}

/** Where trainers and samplers run: one device and the algebra on it. Others than tfjs go behind this. */
export interface TrainerBackend<X> {
  /** Short name for people: 'tfjs'. */
  readonly engine: string;
  createTrainer(shape: NetworkShape, state: TrainerState): Trainer<X>;
  createNetwork(shape: NetworkShape, weights: Float32Array): Network<X>;
  /** Equal keys draw equal noise: key k is `rng.fork(k)`. */
  space(rng: Rng): Space<X>;
  /** Interleaved points to the device; the array is not kept. */
  upload(points: Float32Array): X;
  /** Interleaved points back; a copy that the caller owns. */
  read(x: X): Promise<Float32Array>;
  release(x: X): void;
  /** Counts for leak tests. */
  memory(): { tensors: number; bytes: number; gpuBytes: number };
  dispose(): void;
}
