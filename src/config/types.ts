import type { Parameters } from './parametersCodec.ts';
import type { PointsTable } from './pointsTableCodec.ts';

/**
 * The experiment as data: everything a person can set, hence everything that is in the URL.
 * The table of fields in `fields.ts` gives each its default, range, URL key and what a change throws away.
 */
export type BackendChoice = 'auto' | 'wgsl' | 'simd' | 'webgpu' | 'wasm' | 'webgl' | 'cpu';
export type ThemeChoice = 'system' | 'light' | 'dark' | 'projector';
/** Which settings are shown; 'hidden' gives the stages the whole width. */
export type PanelId = 'data' | 'noise' | 'model' | 'sampler' | 'view' | 'hidden';
export type Activation = 'silu' | 'gelu' | 'relu' | 'tanh';

/** What a stage draws over its points. */
export type Layer = 'points' | 'density' | 'trails' | 'x0-hat' | 'arrows' | 'mesh' | 'data';

export interface ForwardStage {
  readonly kind: 'forward';
  /** One Gaussian jump from x_0, or T small steps. */
  readonly mode: 'closed-form' | 'chain';
  readonly layers: readonly Layer[];
}

/** Which class a stage asks for, where classes are taught. */
export interface AskedClass {
  /** 1…K, or 0 for any. */
  readonly ofClass: number;
  /** w of classifier-free guidance: (1 + w)·(answer for the class) − w·(answer for any); read where there is a class. */
  readonly guidance: number;
}

export interface ReverseStage extends AskedClass {
  readonly kind: 'reverse';
  /** Registry id of the sampler. */
  readonly sampler: string;
  /** Steps S, 1…T; a list, or a sampler that chooses its own, has its own number. */
  readonly nSteps: number;
  readonly eta: number;
  /** 'learned' where the network has learned one. */
  readonly variance: 'beta' | 'beta-tilde' | 'learned';
  /** Registry id of the time grid τ. */
  readonly timeGrid: string;
  /** The trained network, or the exact E[x_0|x_t] of the data ("oracle"). */
  readonly denoiser: 'learned' | 'exact';
  readonly layers: readonly Layer[];
  /** Steps of the chain listed by hand, increasing; read by the time grid 'list'. */
  readonly tau: readonly number[];
  /** Registry id of the way x̂₀ is kept within the data's range. */
  readonly clip: string;
  /** Whether it ends on E[x_0|x_t] where the process keeps some noise at t = 0. */
  readonly tweedie: boolean;
  /** From noise to samples; or fresh data encoded as noise, by samplers that add none (`isEncoding`): others sample. */
  readonly direction: 'sample' | 'encode';
  /** Numbers of the sampler, the time grid and the clipping that differ from their initial values, by name. */
  readonly parameters: Readonly<Record<string, number>>;
}

export interface ScoreStage extends AskedClass {
  readonly kind: 'score';
  readonly source: 'learned' | 'exact' | 'error';
  readonly layers: readonly Layer[];
}

export type StageConfig = ForwardStage | ReverseStage | ScoreStage;

export interface ExperimentConfig {
  /** Registry id of a preset, or 'custom' for drawn or uploaded points. */
  readonly dataset: string;
  /** Interleaved points of the custom data set, data units; empty otherwise. */
  readonly customPoints: readonly number[];
  /** What the file of `customPoints` says of them besides. */
  readonly customTable: PointsTable;
  /** The key of own data that no link can carry, which are kept on this device; empty otherwise. */
  readonly customData: string;
  /** Size of the training set of a preset, 50…20 000; own points are all of them used. */
  readonly nPoints: number;
  /** Multiplies the data set's own noise, 0.1…3. */
  readonly noise: number;
  readonly seed: number;

  /** Registry id of the forward process; one with a noise of its own does not read the schedule. */
  readonly process: string;
  /** Registry id of the β schedule, 'drawn' or 'learned'. */
  readonly schedule: string;
  /** Steps T of the chain, 10…1000. */
  readonly nChain: number;
  /** Scale DDPM's β range by 1000/T. */
  readonly rescale: boolean;
  /** The points of the schedule 'drawn': interleaved t, ᾱ after the start (0, 1), falling, up to t = 1. */
  readonly drawnSchedule: readonly number[];
  /** Move the end of the schedule to (nearly) nothing but noise. */
  readonly zeroTerminalSnr: boolean;
  /** Ids of schedules shown beside the one in force. */
  readonly overlays: readonly string[];

  /** Registry id of what the network is asked for: its parameterisation. */
  readonly output: string;
  /** Registry id of what training minimises. */
  readonly loss: string;
  /** Registry id of the weight w(t) of the loss. */
  readonly weighting: string;
  /** Registry id of the way t is drawn in training. */
  readonly timeSampling: string;
  /** Whether the network also learns the reverse variance (L_hybrid); only a VP chain has one. */
  readonly learnedVariance: boolean;
  /** Whether the network is taught the points' class, so that it can be asked for one; only for data with classes. */
  readonly conditional: boolean;
  /** Numbers of the chosen process, weighting and drawing of t that differ from their initial values. */
  readonly parameters: Parameters;

  /** Hidden units per layer, 8…256. */
  readonly width: number;
  /** Hidden layers, 1…6. */
  readonly depth: number;
  readonly activation: Activation;
  readonly learningRate: number;
  readonly batchSize: number;
  /** Decay of the exponential moving average of the weights that samples are drawn with; 0 is off. */
  readonly emaDecay: number;
  /** Training stops by itself after this many steps; it can always go on. */
  readonly budgetSteps: number;

  readonly backend: BackendChoice;

  /** 1 to 6, left to right. */
  readonly stages: readonly StageConfig[];
  /** Particles per stage, 50…4000. */
  readonly nParticles: number;
  /** The scrubber: 0 is data, 1 is noise. */
  readonly time: number;
  /** Seconds from noise to data are 6 / speed. */
  readonly speed: number;
  readonly loop: boolean;

  readonly theme: ThemeChoice;
  readonly panel: PanelId;
}

/** What a changed field makes worthless: the model (and all below), the samples, only the engine, or nothing. */
export type ThrowsAway = 'model' | 'samples' | 'engine' | 'nothing';
