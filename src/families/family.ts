import type { LossFollower } from '../backends/lossFollower.ts';
import type { Model } from '../backends/model.ts';
import type { Task } from '../backends/task.ts';
import type { Rng, Vector } from '../core/types.ts';
import type { ExperimentConfig } from '../experiment/types.ts';
import type {
  EngineEvent,
  ExactRequest,
  ModelSource,
  ParticlePath,
  PathRequest,
  QualityRequest,
  QualityResult,
  Recording,
  SampleRequest,
  SampleResult,
  ScoreRequest,
  StageQuality,
} from '../protocol/protocol.ts';
import type { StudyKind, StudyRequest, StudyResult } from '../protocol/studies.ts';
import type { RecordingRequest } from '../views/index.ts';

/** Work in steps: between two of them anything may happen, and `return` frees what it holds. */
export type Job = AsyncGenerator<void, void, void>;

/** What a config stands for, before anything is learned; what else there is to it, its family alone knows. */
export interface Experiment {
  /** What a backend learns. */
  readonly task: Task;
  readonly rng: Rng;
  /** Lets the draws of training follow the losses; null where they do not. It has heard of no loss yet. */
  followLosses(): LossFollower | null;
}

/** What a stage shows, and of which weights it is. */
export interface ShownRecording {
  readonly request: RecordingRequest;
  readonly source: Recording['source'];
  readonly step: number;
}

/** The models of an experiment: the person's own in training, and a ready-made one while that is better. */
export interface Models<E extends Experiment> {
  readonly experiment: E;
  readonly training: { readonly step: number };
  shown(): Pick<Model, 'source' | 'step'>;
  /** What the stages are to show: a snapshot of the own model that the person chose, or the model shown. */
  viewed(): Pick<Model, 'source' | 'step'>;
  /** A model to compute with, the weights of this moment; `release` frees what was made for it. */
  acquire(which: 'shown' | 'own' | 'viewed'): { model: Model; release(): void };
  /** Learns how good a model is: as soon as the own one is at least as good, it is the one shown. */
  measured(source: Exclude<ModelSource, 'exact'>, distance: number): void;
}

/** Something that could be measured next, how long ago that was last, and what it took. */
export interface Measurement {
  readonly at: number;
  readonly ms: number;
  /** Whether nobody waits for it: it only makes surer what has been told. */
  readonly leisurely: boolean;
  /** @param spent milliseconds spent on the job so far */
  start(spent: () => number): Job;
}

/** What a family measures of its models by itself. */
export interface Measurements {
  /**
   * How good the samples of a finished recording are, in no time: of that very draw.
   * @returns null where it has no samples, or where it is not known yet what true draws have
   */
  look(request: RecordingRequest, recording: Recording): StageQuality | null;
  /** The stages show these recordings from now on, and no others: what is worth measuring follows them. */
  follow(shown: readonly ShownRecording[]): void;
  /** Those that are worth measuring now: how good samples of the model are, and those of the stages. */
  distances(): Measurement[];
  /** One that takes long and that nobody waits for, when it is worth measuring. */
  likelihood(): Measurement | null;
}

export interface MeasurementContext<E extends Experiment> {
  readonly config: () => ExperimentConfig;
  readonly models: Models<E>;
  /** Whether the own model is learning at the moment. */
  readonly training: () => boolean;
  emit(event: EngineEvent): void;
}

/** What a question is asked of. */
export interface Asked<E extends Experiment> {
  readonly model: Model;
  readonly experiment: E;
  readonly config: ExperimentConfig;
}

/** Answers a question about a model, in steps. @throws EngineError 'bad-request' for what cannot be asked */
export type Answerer<Question, Answer, E extends Experiment> = (
  question: Question,
  of: Asked<E>,
  report: (answer: Answer) => void,
) => Job;

/** A model that was trained for a comparison; whoever asked for it releases it. */
export interface Learned<E extends Experiment> {
  readonly experiment: E;
  readonly model: Model;
  /** [weights] averaged, on the CPU. */
  readonly weights: Float32Array;
  /** Of training alone. */
  readonly seconds: number;
  readonly curve: { readonly steps: readonly number[]; readonly losses: readonly number[] };
  release(): void;
}

/** What a comparison is made of. */
export interface StudyAsked<E extends Experiment> extends Asked<E> {
  /**
   * Trains a model of another experiment of the family from the start, beside the one that is asked about.
   * @param told hears how many steps are done
   * @returns the model, or in words why there is none
   */
  learn(
    config: ExperimentConfig,
    steps: number,
    told?: (step: number) => void,
  ): AsyncGenerator<void, Learned<E> | string, void>;
}

/**
 * Makes a long comparison, pausing often; what it has found so far is told on the way.
 * @throws EngineError 'bad-request' for what cannot be compared
 */
export type Study<K extends StudyKind, E extends Experiment> = (
  request: StudyRequest<K>,
  of: StudyAsked<E>,
  report: (soFar: StudyResult<K> | null, done: number) => void,
) => AsyncGenerator<void, StudyResult<K>, void>;

/** A family of models: what the runtime needs to train one, to ask it and to measure it, and no more. */
export interface Family<E extends Experiment> {
  readonly id: string;
  /** @throws EngineError 'bad-request' when there is nothing to train on */
  build(config: ExperimentConfig): E;
  readonly sample: Answerer<SampleRequest, SampleResult, E>;
  readonly quality: Answerer<QualityRequest, QualityResult, E>;
  readonly path: Answerer<PathRequest, ParticlePath, E>;
  readonly score: Answerer<ScoreRequest, Float32Array, E>;
  /** The comparisons that its models are put to; none when left out. */
  readonly studies?: { readonly [K in StudyKind]: Study<K, E> };
  /** Missing where there are no exact answers under conditions. */
  readonly exact?: Answerer<ExactRequest, Float32Array, E>;
  /** A fresh draw of the data, data units. */
  data(experiment: E, n: number, seed: number): Vector;
  measurements(context: MeasurementContext<E>): Measurements;
}
