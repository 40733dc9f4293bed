import type { Model } from '../backends/model.ts';
import type { ExperimentConfig } from '../experiment/types.ts';
import type { GaussianExperiment } from '../families/gaussian/experiment.ts';
import type { Recording } from '../protocol/protocol.ts';
import type { RequestBase } from './types.ts';

/** What a recording is made of. */
export interface RecordingContext {
  readonly model: Model;
  readonly experiment: GaussianExperiment;
  readonly config: Pick<ExperimentConfig, 'nParticles' | 'seed' | 'nChain'>;
  /** Whether a rough recording will do, since those of newer weights follow soon; a whole one where left out. */
  readonly isDraft?: boolean;
}

/** A recording in steps: each gives the recording as far as it has come, or null where there is nothing new to see; the last is the whole. */
export type Steps = AsyncGenerator<(() => Recording) | null, void, void>;

/** How much longer the exact answer takes than the network's, roughly. */
export const EXACT_COST = 10;

/** The worker's side of a view. */
export interface Recorder<R extends RequestBase> {
  record(request: R, context: RecordingContext): Steps;
  /** Roughly, in evaluations of the network on all particles: empty stages are filled cheapest first. */
  cost(request: R, nChain: number): number;
  /** Whether other weights make another recording. */
  dependsOnModel(request: R): boolean;
}
