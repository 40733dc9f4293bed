import type { ModelSource } from '../protocol/protocol.ts';
import type { Network, TrainerBackend } from './types.ts';

/** A network to draw with, and where it comes from. */
export interface Model {
  readonly backend: TrainerBackend<unknown>;
  readonly network: Network<unknown>;
  readonly source: Exclude<ModelSource, 'exact'>;
  /** Training steps behind the weights. */
  readonly step: number;
}
