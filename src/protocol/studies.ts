import type { SamplerSettings } from './samplerSettings.ts';

/** Long comparisons that the engine makes beside training: what is asked, and what is found. */

/** A sampler with its settings; their denoiser is the race's. */
export interface RacingSampler extends Omit<SamplerSettings, 'denoiser'> {
  readonly sampler: string;
}

export type RaceDenoiser = 'learned' | 'exact';

export interface RaceRequest {
  readonly samplers: readonly RacingSampler[];
  /** Steps S of each run, 1…T. */
  readonly nSteps: readonly number[];
  readonly denoisers: readonly RaceDenoiser[];
  /** Samples of each run, 100…10 000. */
  readonly n: number;
  readonly seed: number;
}

/** One run of a race: the same x_T and noise as all others. */
export interface RaceRow {
  /** Index of its sampler in the request. */
  readonly entry: number;
  readonly sampler: string;
  readonly denoiser: RaceDenoiser;
  /** Steps S; null for a sampler that chooses its own. */
  readonly nSteps: number | null;
  /** Evaluations of the denoiser for each point. */
  readonly nfe: number;
  /** Sliced W₂ to as many fresh true points, data units; Infinity where a sample is not finite. */
  readonly w2: number;
  readonly w2Error: number;
  /** Share of the samples that lie where the data are not, 0…1. */
  readonly strays: number;
  readonly straysError: number;
  /** Mean distance to the end points of the probability flow from the same x_T, data units; null for samplers that add noise. */
  readonly toFlow: number | null;
}

/** How fast a deterministic sampler nears the flow. */
export interface RaceOrder {
  readonly entry: number;
  readonly sampler: string;
  readonly denoiser: RaceDenoiser;
  readonly order: number;
  /** Standard error of the fit. */
  readonly error: number;
}

export interface RaceResult {
  readonly rows: readonly RaceRow[];
  readonly orders: readonly RaceOrder[];
  /** What true draws have beside other true draws; null until it has been measured. */
  readonly truth: TruthBand | null;
}

export interface TruthBand {
  /** Mean and standard deviation of sliced W₂ between two fresh draws, data units. */
  readonly w2: number;
  readonly w2Deviation: number;
  readonly strays: number;
}

/** The studies there are: one line each. */
export interface Studies {
  readonly race: { readonly request: RaceRequest; readonly result: RaceResult };
}

export type StudyKind = keyof Studies;
export type StudyRequest<K extends StudyKind> = Studies[K]['request'];
export type StudyResult<K extends StudyKind> = Studies[K]['result'];

/** How far a study has come: what it has found so far has the form of its result. */
export interface StudyProgress<K extends StudyKind = StudyKind> {
  /** Share of the work that is done, 0…1. */
  readonly done: number;
  readonly result: StudyResult<K>;
}
