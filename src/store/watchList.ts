import type { ExperimentConfig } from '../experiment/types.ts';
import { type RecordingRequest, requestsOf } from '../views/index.ts';
import { recordingKey } from '../views/types.ts';

/** What to keep recorded for a row of stages, and which recordings each stage draws. */
export interface WatchList {
  /** Without duplicates, most wanted (leftmost) first. */
  readonly requests: readonly RecordingRequest[];
  /** Per stage: the keys of its recordings, in the order in which its picture finds them. */
  readonly stageKeys: readonly (readonly string[])[];
}

/** Nothing, while the page is in another world. */
const NOTHING: WatchList = { requests: [], stageKeys: [] };

/** Stages whose settings come to the same share one recording. */
export function watchList(
  row: Pick<ExperimentConfig, 'stages' | 'nChain'> & Partial<Pick<ExperimentConfig, 'world'>>,
): WatchList {
  if (row.world !== undefined && row.world !== 'points') return NOTHING;
  const perStage = row.stages.map((stage) => requestsOf(stage, row));
  const byKey = new Map(perStage.flat().map((request) => [recordingKey(request), request]));
  return { requests: [...byKey.values()], stageKeys: perStage.map((requests) => requests.map(recordingKey)) };
}
