import { isEncoding } from '../config/agreeOnStage.ts';
import { shapingNumbers, stepRule, stepsOf, usesTimeGrid } from '../config/stageParameters.ts';
import type { AskedClass, ExperimentConfig, ReverseStage, StageConfig } from '../config/types.ts';
import { samplers } from '../core/samplers/index.ts';
import { type RecordingRequest, recordingKey } from '../engine/protocol.ts';

/** What to keep recorded for a row of stages, and which recordings each stage draws. */
export interface WatchList {
  /** Without duplicates, most wanted (leftmost) first. */
  readonly requests: readonly RecordingRequest[];
  /** Per stage: the keys of its recordings. A score stage that shows the error has two, learned then exact. */
  readonly stageKeys: readonly (readonly string[])[];
}

/** Stages whose settings come to the same share one recording; it carries the mesh if any of them shows it. */
export function watchList({ stages, nChain }: Pick<ExperimentConfig, 'stages' | 'nChain'>): WatchList {
  const withMesh = new Set(
    stages.flatMap((stage) =>
      stage.kind === 'reverse' && stage.layers.includes('mesh')
        ? [recordingKey(reverseRequest(stage, nChain, true))]
        : [],
    ),
  );
  const perStage = stages.map((stage) => stageRequests(stage, nChain, withMesh));
  const byKey = new Map(perStage.flat().map((request) => [recordingKey(request), request]));
  return { requests: [...byKey.values()], stageKeys: perStage.map((requests) => requests.map(recordingKey)) };
}

function stageRequests(
  stage: StageConfig,
  nChain: number,
  withMesh: ReadonlySet<string>,
): RecordingRequest[] {
  switch (stage.kind) {
    case 'forward':
      return [{ kind: 'forward', mode: stage.mode }];
    case 'reverse': {
      const meshed = reverseRequest(stage, nChain, true);
      return [withMesh.has(recordingKey(meshed)) ? meshed : reverseRequest(stage, nChain, false)];
    }
    case 'score': {
      const sources = stage.source === 'error' ? (['learned', 'exact'] as const) : ([stage.source] as const);
      return sources.map((source) => ({ kind: 'score', source, ...classRequest(stage) }));
    }
  }
}

/** Settings that change nothing here are left out or made equal, so that they do not tell recordings apart. */
function reverseRequest(stage: ReverseStage, nChain: number, mesh: boolean): RecordingRequest {
  const { uses } = samplers.get(stage.sampler);
  const parameters = shapingNumbers(stage);
  const encodes = isEncoding(stage, nChain);
  return {
    kind: 'reverse',
    sampler: stage.sampler,
    nSteps: stepsOf(stage, nChain),
    eta: uses.includes('eta') ? stage.eta : 0,
    variance: uses.includes('variance') ? stage.variance : 'beta-tilde',
    timeGrid: usesTimeGrid(stage.sampler) ? stage.timeGrid : 'linear',
    denoiser: stage.denoiser,
    mesh: mesh && !encodes,
    ...(stepRule(stage) === 'list' && { tau: stage.tau }),
    ...(stage.clip !== 'none' && { clip: stage.clip }),
    ...(!stage.tweedie && { tweedie: false }),
    ...(encodes && { direction: stage.direction }),
    ...classRequest(stage),
    ...(Object.keys(parameters).length > 0 && { parameters }),
  };
}

function classRequest({ ofClass, guidance }: AskedClass): Partial<AskedClass> {
  return { ...(ofClass > 0 && { ofClass }), ...(ofClass > 0 && guidance !== 0 && { guidance }) };
}
