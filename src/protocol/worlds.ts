import type { OtherWorldId } from '../worlds/ids.ts';
import type { CommonSettings } from '../worlds/world.ts';
import type { EngineEvent, TrainingBudget } from './protocol.ts';

/** How training goes, told as the engine of Points tells it. */
export type WorldTrainingEvent = Extract<EngineEvent, { type: 'phase' | 'progress' | 'problem' }>;

/** What the worker of a world tells. */
export type WorldEvent =
  | WorldTrainingEvent
  | {
      readonly type: 'recording';
      readonly kind: string;
      /** Steps of the model that it shows. */
      readonly step: number;
      readonly data: unknown;
    };

export interface WorldOutcome {
  readonly step: number;
  readonly loss: number;
  readonly seconds: number;
}

/** The engine of the worlds other than Points. */
export interface WorldEngine {
  /**
   * Makes the world and its settings those of the engine; the model stays where `keepsModel`.
   */
  configure(id: OtherWorldId, settings: CommonSettings, keepsModel: boolean): Promise<void>;
  /** Trains to the budget of the settings, or by the one given. @throws EngineError 'interrupted' when it was stopped */
  train(budget?: TrainingBudget): Promise<WorldOutcome>;
  pause(): Promise<void>;
  /** New weights; rests. */
  reset(): Promise<void>;
  /** What is shown: kinds of recordings, which are made anew as they change. */
  watch(kinds: readonly string[]): Promise<void>;
  ask(name: string, request: unknown): Promise<unknown>;
}
