import type { Codec } from './codecs.ts';
import type { ExperimentConfig, Invalidation } from './types.ts';

/** All there is to know about one field of the experiment. */
export interface Field<T> {
  /** For people: labels and warnings begin with it. */
  readonly name: string;
  readonly urlKey: string;
  readonly default: T;
  readonly invalidates: Invalidation;
  /** Whether only the page reads it, so that the engine need not hear of a change. */
  readonly pageOnly?: true;
  /** Whether a newcomer needs its control. */
  readonly basic?: true;
  readonly codec: Codec<T>;
}

export type FieldName = keyof ExperimentConfig;
