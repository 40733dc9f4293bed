import type { Measured } from '../core/metrics/measured.ts';
import type { BackendName } from '../experiment/backends.ts';
import type { Condition } from '../experiment/conditions/types.ts';
import type { ExperimentConfig } from '../experiment/types.ts';
import type { RecordingRequest } from '../views/index.ts';
import type { ReverseRun, ReverseStage } from '../views/reverse/stage.ts';
import type { AskedClass } from '../views/types.ts';
import type { Answers, OneStep } from './oneStep.ts';
import type { SamplerSettings } from './samplerSettings.ts';
import type { StudyKind, StudyProgress, StudyRequest, StudyResult } from './studies.ts';

/**
 * What the page and the worker say to each other. All points are data units, Float32Array, interleaved
 * x₀,y₀,x₁,y₁,…; arrays in events are transferred, so the receiver owns them.
 */
/** Training steps per second in a trial. */
export type Speeds = Readonly<Partial<Record<BackendName, number>>>;

/** Trials by adapter name: what the page remembers between visits. */
export type Trials = Readonly<Record<string, Speeds>>;

export interface EngineInfo {
  /** The trainer behind the interface: 'wgsl', 'simd' or 'tfjs'. */
  readonly engine: string;
  readonly backend: BackendName;
  /** The GPU adapter's name, e.g. "nvidia ampere" or "google swiftshader (software)"; null off the GPU. */
  readonly adapter: string | null;
  /** Why this one, in words a person can read: "No GPU adapter was found, so the CPU's SIMD units are used." */
  readonly reason: string;
  /** The trial that decided, made now or remembered; null where there was nothing to decide. */
  readonly trial: { readonly adapter: string; readonly speeds: Speeds } | null;
}

/** Where the network that made a result came from. */
export type ModelSource = 'pretrained' | 'own' | 'exact';

/** A finished or growing trajectory; frame 0 is where it starts (t = 0 forward, t = 1 reverse). */
export interface Trajectory {
  readonly kind: 'trajectory';
  /** `recordingKey` of the request. */
  readonly key: string;
  readonly source: ModelSource | 'data';
  readonly modelStep: number;
  readonly nParticles: number;
  /** Side of the square mesh grid, 0 without a mesh; its nMesh² points follow the particles in every frame. */
  readonly nMesh: number;
  /** [F] time of each frame, monotone. */
  readonly times: Float32Array;
  /** [F] denoiser evaluations per point so far. */
  readonly nfe: Int32Array;
  /** Whether the last evaluation takes away the noise that a process keeps at t = 0, after all steps. */
  readonly denoisedLast: boolean;
  /** [F][nParticles + nMesh²][2] positions. */
  readonly x: Float32Array;
  /** Like x: the prediction E[x_0|x_t] at each frame; for a forward recording the true x_0. */
  readonly x0Hat: Float32Array;
}

/** Numbers or vectors on a square grid at several times: [L][resolution (y)][resolution (x)][components]. */
export interface Field {
  readonly kind: 'field';
  readonly key: string;
  readonly source: ModelSource;
  readonly modelStep: number;
  /** [L] increasing. */
  readonly times: Float32Array;
  /** Nodes along each axis; the first and the last lie halfWidth from the centre, data units. */
  readonly resolution: number;
  readonly centre: readonly [number, number];
  readonly halfWidth: number;
  readonly components: 1 | 2;
  readonly values: Float32Array;
}

export type Recording = Trajectory | Field | OneStep | Answers;

/** The whole path of a dropped particle under one sampler. */
export interface ParticlePath {
  /** Times and positions from t = 1 (noise) to t = 0 (data), through the dropped point. */
  readonly times: Float32Array;
  readonly points: Float32Array;
  /** Index in `times` of the dropped point: before it is the past, after it the future. */
  readonly droppedAt: number;
}

export type TrainingPhase =
  | 'starting' // the backend is being set up
  | 'idle'
  | 'training'
  | 'paused'
  | 'converged' // the budget is spent; training can go on
  | 'diverged' // the loss is absurdly large, or no number; reset to go on
  | 'failed'; // there is no engine: it could not be started, or is lost; restart to go on

/** Errors with advice; `advice` says what to do. */
export interface EngineProblem {
  readonly code:
    | 'no-webgpu'
    | 'no-worker'
    | 'engine-lost'
    | 'device-lost'
    | 'diverged'
    | 'backend-failed'
    | 'not-loaded'
    | 'bad-request'
    | 'interrupted' // what was asked for is no longer there to be computed
    | 'cancelled' // by whoever asked
    | 'internal';
  readonly message: string;
  readonly advice: string;
}

/** A mean over random draws, and its standard error; NaN where the weights are not numbers. */
export interface Estimate {
  readonly mean: number;
  readonly error: number;
}

/** A bound, bits per dimension. */
export interface BoundSide {
  /** [T] L_0, L_1, …, L_{T−1} of the reverse steps 1…T; L_0 in data units. */
  readonly terms: Float32Array;
  /** L_T + Σ L_{t−1} + L_0 ≥ −log₂ p in the mean, data units. */
  readonly total: Estimate;
}

/**
 * The bound for one variance of the reverse steps; beside 'learned', the exact answer has the best one there is, for each point and
 * axis, and 'optimal' is the best single number beside the means in question (`optimalLogVarianceOfAll`).
 */
export interface BoundOf {
  readonly variance: ReverseStage['variance'];
  readonly model: BoundSide;
  readonly exact: BoundSide;
}

/** The terms of a chain's variational bound (Ho et al. 2020, Eq. 5). */
export interface BoundTerms {
  readonly kind: 'bound';
  /** L_T, bits per dimension: the same for all. */
  readonly prior: number;
  /** The learned variance first, where there is one. */
  readonly of: readonly BoundOf[];
}

/** The training loss by noise level. */
export interface LossTerms {
  readonly kind: 'loss';
  /** [levels] increasing. */
  readonly times: Float32Array;
  readonly model: Float32Array;
  readonly exact: Float32Array;
}

/** How likely data that were not trained on are to the person's own model, in bits per dimension and data units (so negative is fine). */
export interface Likelihood {
  /** Rounds of measurement so far; each sharpens the numbers. */
  readonly rounds: number;
  /** Of the data's own density: no model can say less. */
  readonly entropy: Estimate;
  /** −log₂ p by the probability flow, from the least noise that was taught. */
  readonly flow: { readonly model: Estimate; readonly exact: Estimate };
  /** Those of the bound; where a process has no chain, the losses. */
  readonly terms: BoundTerms | LossTerms;
  readonly losses: LossTerms;
}

export type EngineEvent =
  | { readonly type: 'engine'; readonly info: EngineInfo }
  | { readonly type: 'phase'; readonly phase: TrainingPhase; readonly step: number }
  | {
      readonly type: 'progress';
      readonly step: number;
      readonly stepsPerSecond: number;
      /** Steps and losses since the last event, thinned to at most one per few milliseconds. */
      readonly steps: Float32Array;
      readonly losses: Float32Array;
      /** Share of the last two seconds spent on previews, 0…1. */
      readonly previewShare: number;
    }
  | {
      readonly type: 'quality';
      readonly step: number;
      readonly source: ModelSource;
      /** Samples that were looked at, in draws of 2 000. */
      readonly samples: number;
      /** Sliced Wasserstein-2 from a draw to as many fresh true points, data units; Infinity where a sample is not finite. */
      readonly slicedW2: Measured;
      /** Share of the samples that lie where the data are not. */
      readonly strays: Measured;
      /** Share of the true points in whose neighbourhood there are no samples. */
      readonly missed: Measured;
      /** The training loss of the exact answer: no network has less, but by learning few points by heart. */
      readonly leastLoss: number;
    }
  /** The training loss of the exact answer, as soon as it is known. */
  | { readonly type: 'exactLoss'; readonly loss: number }
  | ({ readonly type: 'likelihood'; readonly step: number } & Likelihood)
  | {
      readonly type: 'recording';
      readonly recording: Recording;
      /** How good its samples are, where that is known. */
      readonly quality?: StageQuality | null;
      /** Whether others of the same weights follow, which are to be shown together with it. */
      readonly more?: boolean;
    }
  /** The samples of a stage were measured by more of them than it shows. */
  | ({ readonly type: 'stageQuality' } & StageQuality)
  /** The steps of which the weights are kept, increasing. */
  | { readonly type: 'snapshots'; readonly steps: readonly number[] }
  /** How far a study has come, by the number that it was given. */
  | ({ readonly type: 'study'; readonly id: number } & StudyProgress)
  /** Whether the engine answers; when it does not for long, it is ended. */
  | { readonly type: 'responding'; readonly responding: boolean }
  | { readonly type: 'problem'; readonly problem: EngineProblem };

export type TrainingBudget = { readonly steps: number } | { readonly seconds: number };

export interface SampleRequest extends Partial<AskedClass>, SamplerSettings {
  readonly sampler: string;
  readonly nSteps: number;
  readonly n: number;
  readonly seed: number;
  /** What the samples are to fulfil, and in which way. */
  readonly condition?: Condition;
  /** When given, `frames` of the path come back too, [frames][n][2]. */
  readonly frames?: number;
}

/** Draws of exactly what a condition asks for; its way is not read. */
export interface ExactRequest {
  readonly condition: Condition;
  readonly n: number;
  readonly seed: number;
}

/** By what sampler quality is measured, and how often; without a sampler, by that of the page. */
export interface QualityRequest extends SamplerSettings {
  /** Samples in a draw, 100…10 000; 2 000 when left out. */
  readonly n?: number;
  /** 1…100; 4 when left out. */
  readonly draws?: number;
  readonly seed?: number;
  readonly sampler?: string;
  readonly nSteps?: number;
}

export interface QualityResult {
  readonly step: number;
  readonly source: ModelSource;
  readonly samples: number;
  readonly slicedW2: Measured;
  readonly strays: Measured;
  readonly missed: Measured;
}

/** How good the samples of a stage are: by its own sampler and settings, of the weights of `step`. */
export interface StageQuality extends Omit<QualityResult, 'source'> {
  /** `recordingKey` of what the stage shows. */
  readonly key: string;
  readonly source: ModelSource;
}

export interface SampleResult {
  /** [n][2] at t = 0. */
  readonly points: Float32Array;
  readonly nfe: number;
  readonly frames?: Float32Array;
  readonly times?: Float32Array;
}

export interface ScoreRequest extends Partial<AskedClass> {
  readonly t: number;
  /** [n][2] data units. */
  readonly points: Float32Array;
  readonly source: 'learned' | 'exact';
}

export interface PathRequest {
  readonly stage: ReverseRun;
  /** Where the particle is dropped: time 0…1 and place, data units, as it is drawn there. */
  readonly t: number;
  readonly point: readonly [number, number];
}

/** A model at rest. */
export interface ModelWeights {
  readonly step: number;
  readonly weights: Float32Array;
  /** That training has taken, without what it waited; null where nobody knows. */
  readonly seconds: number | null;
}

/** A kept model with its experiment, that stages may show in the place of the page's own. */
export interface LentModel {
  /** By which requests name it. */
  readonly name: string;
  readonly config: ExperimentConfig;
  readonly step: number;
  /** [weights] in the layout of `network.ts`. */
  readonly weights: Float32Array;
}

/** The worker's whole interface; the client offers the same to the page. */
export interface Engine {
  /**
   * Sets up the backend; falls back when the wish cannot be met, and says why.
   * @param trials what earlier visits found, so that it need not be measured again
   */
  start(config: ExperimentConfig, trials?: Trials): Promise<EngineInfo>;
  /** Makes `config` the experiment; keeps of the old one all that the change does not throw away. */
  configure(config: ExperimentConfig): Promise<void>;
  /**
   * Trains on; resolves when the budget is spent, or at a pause. Without one: up to `config.budgetSteps`, or as many again.
   * Rejects at divergence, and when it ends without a loss: its model was thrown away, or no step was taken.
   */
  train(budget?: TrainingBudget): Promise<{ step: number; loss: number; seconds: number }>;
  pause(): Promise<void>;
  /** New weights, step 0; does not train. */
  reset(): Promise<void>;
  /** The averaged weights of the own model, in the layout of `network.ts`. */
  weights(): Promise<ModelWeights>;
  /** How many weights the network of an experiment has. Rejects where there is nothing to train on. */
  weightCount(config: ExperimentConfig): Promise<number>;
  /** Goes on from weights that were kept; rests. Rejects where they do not fit the experiment's network. */
  restore(kept: ModelWeights): Promise<void>;
  /** The runs that stages may show, all of them: requests of others wait. @returns the names of those that this engine cannot compute */
  lend(models: readonly LentModel[]): Promise<readonly string[]>;
  /** Shows the weights of a snapshot on all stages until null, or another model, brings back those of the moment; trains on. */
  show(step: number | null): Promise<void>;
  /**
   * What to keep recorded and fresh, most wanted first.
   * @param likelihood whether somebody wants to know that too: it takes as long as all other numbers together
   */
  watch(requests: readonly RecordingRequest[], likelihood?: boolean): Promise<void>;
  sample(request: SampleRequest): Promise<SampleResult>;
  /** How good the samples of the model of the moment are. */
  quality(request: QualityRequest): Promise<QualityResult>;
  /** Independent draws of the exact distribution under a condition, [n][2] data units. */
  exact(request: ExactRequest): Promise<Float32Array>;
  /** Learned −ε_θ/√(1−ᾱ_t) or the exact score, at [n][2] points in data units; units 1/data unit. */
  score(request: ScoreRequest): Promise<Float32Array>;
  data(request: { n: number; seed: number }): Promise<Float32Array>;
  path(request: PathRequest): Promise<ParticlePath>;
  /**
   * Makes a long comparison beside training, and tells of it by events `study` on the way.
   * @param id a number by which its events are known, and by which it can be cancelled; no two that run have the same
   */
  study<K extends StudyKind>(kind: K, request: StudyRequest<K>, id: number): Promise<StudyResult<K>>;
  /** Ends a study, which rejects as 'cancelled'; one that has ended already stays as it is. */
  cancelStudy(id: number): Promise<void>;
  /** Counts for leak tests. */
  memory(): Promise<{ tensors: number; bytes: number; gpuBytes: number }>;
}

export type { Measured, SamplerSettings };
