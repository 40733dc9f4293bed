import type { DataConfig } from '../experiment/dataset.ts';
import { CUSTOM_DATASET } from '../experiment/fields.ts';
import type { ExperimentConfig, Invalidation } from '../experiment/types.ts';
import type { Experiment } from '../lessons/experiment.ts';
import type {
  EngineEvent,
  EngineInfo,
  EngineProblem,
  Measured,
  ModelSource,
  StageQuality,
  TrainingPhase,
} from '../protocol/protocol.ts';
import {
  addNotice,
  endNotices,
  type NewNotice,
  type Notice,
  noticeOfEngine,
  noticeOfProblem,
} from './notices.ts';
import { type QualityEvent, type QualityPoint, withQuality } from './qualityHistory.ts';
import type { RecordingEvent } from './rounds.ts';
import { emptySeries, extendSeries, type Series } from './series.ts';
import { cure } from './verdict.ts';

export type LikelihoodEvent = Extract<EngineEvent, { type: 'likelihood' }>;

/** All that the page shows, but for recordings. */
export interface PlaygroundState {
  readonly config: ExperimentConfig;
  /** The ready experiment that the page is in, until it is left or dismissed. */
  readonly experiment: Experiment | null;
  /** The key of own data that could not be kept on the device; null when all could. */
  readonly unkept: string | null;
  /** Null until a backend is set up. */
  readonly engine: EngineInfo | null;
  readonly phase: TrainingPhase;
  /** Whether the engine answers; false when it has been asked for long. */
  readonly responding: boolean;
  readonly step: number;
  readonly stepsPerSecond: number;
  /** Share of training time that previews take, 0…1. */
  readonly previewShare: number;
  /** Training loss by step. */
  readonly loss: Series;
  /** How good the person's own model was, by step. */
  readonly ownQuality: readonly QualityPoint[];
  /** The latest measurement of quality, of whichever model; at rest, of all draws of these weights so far. */
  readonly quality: QualityEvent | null;
  /** How good the samples of stages are, by the key of what they show; each says of which step. */
  readonly stageQuality: Readonly<Record<string, StageQuality>>;
  /** Steps of which the weights are kept, increasing. */
  readonly snapshots: readonly number[];
  /** The step whose weights all stages show; null for those of the moment. */
  readonly shownSnapshot: number | null;
  /** Strays of samplers of the row with the exact denoiser, by request; null where that could not be measured. */
  readonly samplerErrors: Readonly<Record<string, Measured | null>>;
  /** The training loss of the exact answer; null until it is known. */
  readonly exactLoss: number | null;
  /** The latest measurement of how likely the model finds the data. */
  readonly likelihood: LikelihoodEvent | null;
  /** Which network the samples come from; null until some have come. */
  readonly modelSource: ModelSource | null;
  readonly notices: readonly Notice[];
  /** The last points that were drawn or came with a link, for the drawing pad. */
  readonly draftPoints: readonly number[];
  /** The person's own data, kept while a preset is chosen; null where there are none. */
  readonly ownData: DataConfig | null;
  /** The drawn schedule while it is being dragged: charts follow it, the model stays until it is let go. */
  readonly previewedCurve: readonly number[] | null;
  /** Whether the scrubber moves by itself. */
  readonly playing: boolean;
}

export function initialState(
  config: ExperimentConfig,
  experiment: Experiment | null = null,
): PlaygroundState {
  return {
    config,
    experiment,
    unkept: null,
    engine: null,
    phase: 'starting',
    responding: true,
    ...untrained,
    notices: [],
    draftPoints: config.customPoints,
    ownData: ownDataOf(config),
    previewedCurve: null,
    playing: true,
  };
}

/** The part of an experiment that is the person's own data, if it has any. */
export function ownDataOf({
  dataset,
  customPoints,
  customTable,
  customData,
}: ExperimentConfig): DataConfig | null {
  return dataset === CUSTOM_DATASET ? { dataset, customPoints, customTable, customData } : null;
}

const untrained = {
  step: 0,
  stepsPerSecond: 0,
  previewShare: 0,
  loss: emptySeries,
  ownQuality: [],
  quality: null,
  stageQuality: {},
  snapshots: [],
  shownSnapshot: null,
  samplerErrors: {},
  exactLoss: null,
  likelihood: null,
  modelSource: null,
} satisfies Partial<PlaygroundState>;

/** What is left to show after a change threw `lost` away. */
export function afterInvalidation(lost: Invalidation): Partial<PlaygroundState> {
  return lost === 'model' ? untrained : {};
}

/** What an event of the engine changes. */
export function afterEvent(state: PlaygroundState, event: EngineEvent): Partial<PlaygroundState> {
  switch (event.type) {
    case 'engine': {
      const rest = endNotices(state.notices, 'choice');
      const notice = noticeOfEngine(event.info, state.config.backend);
      return { engine: event.info, notices: notice === null ? rest : addNotice(rest, notice) };
    }
    case 'phase':
      return afterPhase(state, event);
    case 'responding':
      return { responding: event.responding };
    case 'progress': {
      const { step, stepsPerSecond, previewShare, steps, losses } = event;
      return { step, stepsPerSecond, previewShare, loss: extendSeries(state.loss, steps, losses) };
    }
    case 'quality': {
      const own = event.source === 'own';
      return { quality: event, ...(own && { ownQuality: withQuality(state.ownQuality, event) }) };
    }
    case 'exactLoss':
      return { exactLoss: event.loss };
    case 'likelihood':
      return { likelihood: event };
    case 'study':
      return {};
    case 'recording':
      return afterRecordings(state, [event]);
    case 'stageQuality': {
      const { type: _, ...quality } = event;
      return { stageQuality: { ...state.stageQuality, [event.key]: quality } };
    }
    case 'snapshots': {
      const { shownSnapshot } = state;
      const isGone = shownSnapshot !== null && !event.steps.includes(shownSnapshot);
      return { snapshots: event.steps, ...(isGone && { shownSnapshot: null }) };
    }
    case 'problem':
      return { notices: addNotice(state.notices, noticeOf(event.problem, state)) };
  }
}

/** What recordings change that are shown at once. */
export function afterRecordings(
  state: PlaygroundState,
  events: readonly RecordingEvent[],
): Partial<PlaygroundState> {
  const sources = events.map(({ recording }) => recording.source);
  const modelSource = sources.find((source) => source === 'own' || source === 'pretrained');
  const measured = events.flatMap(({ quality }) => (quality ? [[quality.key, quality] as const] : []));
  const tells = modelSource !== undefined && modelSource !== state.modelSource;
  return {
    ...(tells && { modelSource }),
    ...(measured.length > 0 && {
      stageQuality: { ...state.stageQuality, ...Object.fromEntries(measured) },
    }),
  };
}

/** A loss that grows without end has the cures of samples that do. */
export function noticeOf(problem: EngineProblem, { config }: Pick<PlaygroundState, 'config'>): NewNotice {
  const notice = noticeOfProblem(problem);
  return problem.code === 'diverged' ? { ...notice, ...cure(config, false) } : notice;
}

function afterPhase(
  { notices }: PlaygroundState,
  { phase, step }: Extract<EngineEvent, { type: 'phase' }>,
): Partial<PlaygroundState> {
  const resting = phase !== 'training' ? { stepsPerSecond: 0 } : {};
  const answers = phase === 'failed' || phase === 'starting' ? { responding: true } : {};
  const lives = phase !== 'failed' && phase !== 'starting';
  const anew = lives && phase !== 'diverged';
  const ended = [...(lives ? (['engine'] as const) : []), ...(anew ? (['model'] as const) : [])];
  return { phase, step, ...resting, ...answers, notices: endNotices(notices, ...ended) };
}
