import type { CommonSettings } from './world.ts';

/** What a stage or a chart shows, made in steps: between two of them anything may happen. */
export interface RecordingMaker<S> {
  /** Whether it shows what was learned, and must follow training. */
  readonly learned: boolean;
  /** Whether it takes long, and is made when training rests; a change of settings takes it back. */
  readonly atRest?: true;
  make(settings: S): Generator<void, unknown>;
}

/** Answers a question of a program or a person, in steps or at once. @throws EngineError 'bad-request' for what cannot be asked */
export type Answer<S> = (
  request: unknown,
  settings: S,
) => Generator<void, unknown> | { readonly answer: unknown };

/** A model in training, with all that can be shown of it or asked. */
export interface WorldModel<S extends CommonSettings = CommonSettings> {
  readonly step: number;
  /** One step. @returns the loss */
  train(settings: S): number;
  readonly recordings: Readonly<Record<string, RecordingMaker<S>>>;
  readonly answers: Readonly<Record<string, Answer<S>>>;
  dispose(): void;
}

/** What the worker needs of a world. */
export interface Learner<S extends CommonSettings = CommonSettings> {
  /** A model that knows nothing. @throws EngineError when there is nothing to learn */
  build(settings: S): Promise<WorldModel<S>>;
}
