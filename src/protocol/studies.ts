import type { ExperimentConfig } from '../experiment/types.ts';
import type { ReverseRun } from '../views/reverse/stage.ts';
import type { ConditionStudyRequest, ConditionStudyResult } from './conditionStudy.ts';
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

/** What may be to blame for samples that are not as they should be: the start, the network, the solver, the guidance to a class, and the way in which a condition is kept. */
export const BUDGET_PARTS = ['prior', 'network', 'solver', 'guidance', 'condition'] as const;
export type BudgetPart = (typeof BUDGET_PARTS)[number];

export interface BudgetRequest {
  readonly stage: Omit<ReverseRun, 'kind'>;
  /** Samples in a draw, 100…10 000. */
  readonly n: number;
  /** 2…64; each sharpens the numbers. */
  readonly draws: number;
  readonly seed: number;
}

/** Sliced W₂ beyond that of true draws (of the class, or of what the condition asks for), data units, and what each part has of it; 0 of guidance that there is not, and of a way that is exact. */
export interface BudgetResult extends Readonly<Record<BudgetPart, number>> {
  /** Of the stage's samples, less what true draws have: the parts add up to it within their errors. */
  readonly total: number;
  /** Standard errors. */
  readonly errors: Readonly<Record<BudgetPart | 'total', number>>;
  /** Sliced W₂ of the samples to true draws, and of true draws to others. */
  readonly distance: number;
  readonly perfect: number;
  readonly draws: number;
}

/** What sets a row or a column of a table apart. */
export interface TableEntry {
  readonly label: string;
  /** Of the experiment; where it makes another model, one is trained for the cell. */
  readonly config?: Partial<ExperimentConfig>;
  /** Of the sampler. */
  readonly run?: Partial<Omit<ReverseRun, 'kind'>>;
  /**
   * Makes the cell that of a student by progressive distillation: steps of its first teacher, 1…T, of which the run's are a half, a
   * quarter, … or all. The run is DDIM with η = 0. The exact answer is then a perfect student's: its own, in the teacher's steps.
   */
  readonly distilledFrom?: number;
}

export interface TableRequest {
  /** What all cells share. */
  readonly base: Omit<TableEntry, 'label'>;
  readonly rows: readonly TableEntry[];
  readonly columns: readonly TableEntry[];
  readonly denoisers: readonly RaceDenoiser[];
  /** Samples in a cell, 100…10 000. */
  readonly n: number;
  readonly seed: number;
  /** Steps that the model of a cell is trained for, where it needs one of its own; each student too. */
  readonly trainSteps: number;
  /** Whether bits per dimension are measured too. */
  readonly bits: boolean;
}

/** Held against the data, or against the class that the cell asks for. */
export interface TableCell {
  readonly row: number;
  readonly column: number;
  readonly denoiser: RaceDenoiser;
  /** Why there are no numbers, in words; null where there are. */
  readonly blank: string | null;
  readonly w2: number;
  readonly w2Error: number;
  readonly strays: number;
  readonly straysError: number;
  /** Share of the true points near which there are no samples, 0…1. */
  readonly missed: number;
  readonly missedError: number;
  /** Mean exact p(class|x₀) of the samples, 0…1; null where no class was asked for. */
  readonly accuracy: number | null;
  readonly accuracyError: number | null;
  readonly nfe: number;
  /** The variational bound with the run's variance, bits per dimension; null where it was not asked for or does not exist. */
  readonly bits: number | null;
  readonly bitsError: number | null;
}

export interface TableResult {
  readonly cells: readonly TableCell[];
}

export interface PointLikelihoodRequest {
  /** Interleaved, data units. */
  readonly points: Float32Array;
}

/** log₂ p of each point, bits, per unit² of the data. */
export interface PointLikelihood {
  /** By the model's probability flow. */
  readonly model: Float32Array;
  /** By the probability flow of the exact answer, from the same least noise. */
  readonly exact: Float32Array;
  /** Of the data's own density; −Infinity where that is 0. */
  readonly density: Float32Array;
  /** What the solver's steps may leave, bits per dimension, root mean square. */
  readonly stepError: number;
}

export interface Bound2015Request {
  /** Numbers of steps T, each 2…1000. */
  readonly nSteps: readonly number[];
  /** Points, 4…10 000. */
  readonly n: number;
  readonly seed: number;
}

/** A mean and its standard error. */
interface MeanAndError {
  readonly mean: number;
  readonly error: number;
}

/** K with T steps, bits per point of the standardised data. */
export interface Bound2015Row {
  readonly nSteps: number;
  readonly model: MeanAndError;
  readonly exact: MeanAndError;
}

export interface Bound2015Result {
  readonly rows: readonly Bound2015Row[];
  /** E log₂ p_0: no K is above it. */
  readonly truth: number;
  /** E log₂ N(x; 0, I), −log₂ 2πe = −4.094 but for the draw. */
  readonly lNull: number;
}

export interface RoundTripRequest {
  /** A deterministic sampler in given steps. */
  readonly sampler: string;
  /** Steps each way, 1…T. */
  readonly nSteps: readonly number[];
  /** Points, 50…10 000. */
  readonly n: number;
  readonly seed: number;
}

export interface RoundTripRow {
  readonly denoiser: RaceDenoiser;
  readonly nSteps: number;
  /** Evaluations for each point, both ways together. */
  readonly nfe: number;
  /** Mean distance between where points began and where they ended, data units, and its standard error. */
  readonly error: number;
  readonly errorError: number;
}

export interface RoundTripResult {
  readonly rows: readonly RoundTripRow[];
  readonly orders: readonly {
    readonly denoiser: RaceDenoiser;
    readonly order: number;
    readonly error: number;
  }[];
  /** [n][2] where points began, and where the network's longest trip took them, data units. */
  readonly origins: Float32Array;
  readonly latents: Float32Array;
  /** Distance between the ends of a path over its length, mean over the points, of the longest trip. */
  readonly straightness: readonly { readonly denoiser: RaceDenoiser; readonly value: number }[];
  /** Mean log₂ p_t(x_t) along the network's way, scaled units; null before the trips are done. */
  readonly along: AlongPath | null;
  /**
   * ∫div f dt from the least noise to t, bits in the mean, each answer along its own way: by how much log₂ p_t(x_t) of its flow has fallen
   * there. null before the trips are done.
   */
  readonly divergence: AlongPath | null;
}

/** A number by the time t, of the network and of the exact answer. */
export interface AlongPath {
  readonly times: Float32Array;
  readonly model: Float32Array;
  readonly exact: Float32Array;
}

export interface MemorisationRequest {
  /** Numbers of training points, each 5…20 000. */
  readonly sizes: readonly number[];
  /** Steps of each training, 1…100 000. */
  readonly trainSteps: number;
  /** Samples of each of four draws, 100…10 000. */
  readonly n: number;
  readonly seed: number;
}

/** A model that was trained for a comparison, and what it has. */
export interface TrainedRow {
  readonly step: number;
  /** [weights] in the layout of `network.ts`, averaged. */
  readonly weights: Float32Array;
  /** Of training alone. */
  readonly seconds: number;
  readonly curve: { readonly steps: readonly number[]; readonly losses: readonly number[] };
  /** Sliced W₂ of its samples to fresh true points, and that of true draws, data units. */
  readonly w2: number;
  readonly perfect: number;
  /** Share of its samples that lie where the data are not, 0…1. */
  readonly strays: number;
}

/** What one number of training points does. */
export interface MemorisationRow extends TrainedRow {
  readonly nPoints: number;
  /** Mean distance of samples to their nearest training point over that of fresh draws, and its standard error. */
  readonly ratio: number;
  readonly ratioError: number;
  /** Share of the samples that are copies (Yoon et al. 2023), of fresh draws too, 0…1. */
  readonly copies: number;
  readonly copiesOfFresh: number;
}

export interface MemorisationResult {
  /** In the order of the sizes; a training that diverged is left out. */
  readonly rows: readonly MemorisationRow[];
}

/** The studies there are: one line each. */
export interface Studies {
  readonly condition: { readonly request: ConditionStudyRequest; readonly result: ConditionStudyResult };
  readonly table: { readonly request: TableRequest; readonly result: TableResult };
  readonly budget: { readonly request: BudgetRequest; readonly result: BudgetResult };
  readonly race: { readonly request: RaceRequest; readonly result: RaceResult };
  readonly pointLikelihood: { readonly request: PointLikelihoodRequest; readonly result: PointLikelihood };
  readonly roundTrip: { readonly request: RoundTripRequest; readonly result: RoundTripResult };
  readonly memorisation: { readonly request: MemorisationRequest; readonly result: MemorisationResult };
  readonly bound2015: { readonly request: Bound2015Request; readonly result: Bound2015Result };
}

export type StudyKind = keyof Studies;
export type StudyRequest<K extends StudyKind> = Studies[K]['request'];
export type StudyResult<K extends StudyKind> = Studies[K]['result'];

/** How far a study has come: what it has found so far has the form of its result, and is null before there is anything. */
export interface StudyProgress<K extends StudyKind = StudyKind> {
  /** Share of the work that is done, 0…1. */
  readonly done: number;
  readonly result: StudyResult<K> | null;
}
