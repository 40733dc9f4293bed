import type { OtherWorldId } from '../worlds/ids.ts';
import type { CommonSettings } from '../worlds/world.ts';
import type { EngineProblem, TrainingBudget, TrainingPhase } from './protocol.ts';

/** What the worker of a world tells. */
export type WorldEvent =
  | { readonly type: 'phase'; readonly phase: TrainingPhase; readonly step: number }
  | {
      readonly type: 'progress';
      readonly step: number;
      /** Means over the steps since the last. */
      readonly loss: number;
      readonly stepsPerSecond: number;
    }
  | {
      readonly type: 'recording';
      readonly kind: string;
      /** Steps of the model that it shows. */
      readonly step: number;
      readonly data: unknown;
    }
  | { readonly type: 'problem'; readonly problem: EngineProblem };

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
