import { createStore, type StoreApi } from 'zustand/vanilla';
import { hasEnoughPoints } from '../experiment/agreements.ts';
import { agreeOnStage, surroundingsOf } from '../experiment/agreeOnStage.ts';
import { ConfigError } from '../experiment/errors.ts';
import { CUSTOM_DATASET, defaultConfig } from '../experiment/fields.ts';
import type { ImportedSample } from '../experiment/import/openFile.ts';
import { keepAtHand, keyed, type OwnData } from '../experiment/ownData.ts';
import { applyPatch, type ConfigPatch, validatePatch } from '../experiment/patch.ts';
import { fitsLink, MAX_CUSTOM_POINTS } from '../experiment/pointsCodec.ts';
import { PLAIN_TABLE } from '../experiment/pointsTableCodec.ts';
import { thinEvenly } from '../experiment/thinEvenly.ts';
import type { ExperimentConfig, Invalidation } from '../experiment/types.ts';
import { changeOfProcess } from '../experiment/usualSettings.ts';
import { configOf, type Experiment, holds } from '../lessons/experiment.ts';
import { EngineError, isInterrupted } from '../protocol/errors.ts';
import type { EngineEvent, EngineInfo } from '../protocol/protocol.ts';
import type { StageConfig } from '../views/index.ts';
import { newStage } from '../views/index.ts';
import type { WorldId } from '../worlds/ids.ts';
import type { WorldTexts } from '../worlds/world.ts';
import { createEngineLink, type PlaygroundEngine } from './engineLink.ts';
import { nextFrame } from './frames.ts';
import { keepOnDevice } from './imports/deviceData.ts';
import { addNotice, type NewNotice, noticeOfError, noticeOfLink } from './notices.ts';
import {
  afterEvent,
  afterInvalidation,
  afterRecordings,
  initialState,
  noticeOf,
  ownDataOf,
  type PlaygroundState,
} from './playgroundState.ts';
import { createRecordings, type Recordings } from './recordings.ts';
import { createRounds } from './rounds.ts';
import type { Run } from './runs/run.ts';
import { watchSamplerErrors } from './samplerErrors.ts';
import { emptySeries, extendSeries } from './series.ts';
import * as stageList from './stageActions.ts';
import { createStageMemory } from './stageMemory.ts';
import { createTraining, type Training } from './training.ts';
import { rememberTrial } from './trials.ts';
import { createWanted } from './wanted.ts';
import { watchList } from './watchList.ts';
import { type CurrentWorld, createCurrentWorld } from './worlds/currentWorld.ts';

/** All that a person can do. A change that is not valid changes nothing and leaves a notice. */
export interface PlaygroundActions extends Omit<Training, 'resumeAfter' | 'changedWorld'> {
  /** @returns whether the change was valid */
  set(patch: ConfigPatch): boolean;
  /** The same of one field that a hand is moving: what gave way to a value passed through (S to a small T) is back when that has gone by. */
  slide(patch: ConfigPatch): boolean;
  /** Another whole experiment, as from a link. */
  replace(config: ExperimentConfig, experiment?: Experiment | null): void;
  /** A ready experiment, in the look that the page has. */
  openExperiment(experiment: Experiment): void;
  /** The page stays as it is, and no longer says which experiment it shows. */
  dismissExperiment(): void;
  /** Another world, with the settings that it had when it was left. */
  setWorld(id: WorldId): boolean;
  /** A preset, or 'custom' for the points that were last drawn or uploaded. */
  setDataset(id: string): boolean;
  /** Changes the process, with what usually goes with it. */
  setProcess(id: string): boolean;
  /** Drawn or uploaded points, interleaved, data units; thinned to what a link can carry. */
  setCustomPoints(points: readonly number[]): boolean;
  /** Points that were imported: those that a link can carry are in the experiment, others are kept on the device. */
  importSample(sample: ImportedSample): boolean;
  setPlaying(playing: boolean): void;
  /** Makes a kept model the experiment's own, with its experiment; rests. @throws Error where its weights do not fit */
  restoreModel(
    config: ExperimentConfig,
    run: Pick<Run, 'step' | 'weights' | 'seconds' | 'curve'>,
  ): Promise<void>;
  /** Shows the weights of a kept step on all stages, and trains on; null shows those of the moment again. */
  showSnapshot(step: number | null): void;
  /** Shows a drawn schedule in the charts before it is chosen; null shows the chosen one. */
  previewCurve(curve: readonly number[] | null): void;
  addStage(kind: StageConfig['kind']): void;
  duplicateStage(index: number): void;
  removeStage(index: number): void;
  moveStage(from: number, to: number): void;
  /** Shows another kind in a stage's place, as it last was there. */
  switchStage(index: number, kind: StageConfig['kind']): void;
  changeStage(index: number, patch: stageList.StagePatch): boolean;
  notify(notice: NewNotice): void;
  dismissNotice(id: number): void;
}

export interface Playground {
  readonly store: StoreApi<PlaygroundState>;
  readonly actions: PlaygroundActions;
  readonly recordings: Recordings;
  readonly engine: PlaygroundEngine;
  readonly worlds: CurrentWorld;
  /** The settings of a world, as it was left. */
  settingsOf(id: WorldId): WorldTexts;
  /** Resolves when the first backend is set up. */
  readonly ready: Promise<EngineInfo>;
  /** Has the likelihood measured until all who wanted it have called what they were given. */
  wantLikelihood(): () => void;
  /** Resolves when the engine has taken in every change made so far. */
  settled(): Promise<void>;
  /** Stops listening to the engine; the engine itself is its owner's to end. */
  dispose(): void;
}

interface PlaygroundOptions {
  readonly config?: ExperimentConfig;
  /** What was changed in the link that `config` came from. */
  readonly warnings?: readonly string[];
  /** The ready experiment that the link named. */
  readonly experiment?: Experiment | null;
  /** Train as soon as the engine is ready. */
  readonly autoTrain?: boolean;
  readonly frame?: () => Promise<void>;
  /** Keeps data beyond this visit. */
  readonly keep?: (data: OwnData) => Promise<void>;
}

const NOT_KEPT: NewNotice = {
  tone: 'warning',
  message: 'This browser keeps no data for this page, so the link to these points ends with the page.',
  advice: 'Save the experiment as a file (Share).',
};

/** One page's experiment: starts the engine, and keeps it, the state and the recordings in step. */
export function createPlayground(engine: PlaygroundEngine, options: PlaygroundOptions = {}): Playground {
  const {
    config = defaultConfig,
    warnings = [],
    experiment = null,
    autoTrain = true,
    frame = nextFrame,
    keep = keepOnDevice,
  } = options;
  const store = createStore<PlaygroundState>(() => initialState(config, experiment));
  const recordings = createRecordings();
  const rounds = createRounds();
  const memory = createStageMemory();
  const worldTexts = new Map<WorldId, WorldTexts>();
  const notify = (notice: NewNotice) =>
    store.setState(({ notices }) => ({ notices: addNotice(notices, notice) }));
  const report = (error: unknown) => {
    // Whoever threw away what was asked for knows.
    if (isInterrupted(error)) return;
    notify(error instanceof EngineError ? noticeOf(error.problem, store.getState()) : noticeOfError(error));
  };
  const retain = () => recordings.retain(watchList(store.getState().config).stageKeys.flat());
  const discard = (lost: Invalidation) => {
    store.setState(afterInvalidation(lost));
    if (lost !== 'model' && lost !== 'samples') return;
    rounds.drop();
    recordings.markStale();
  };
  const apply = (change: Partial<PlaygroundState>) => {
    // Recordings come many times a second; most change nothing here, and need wake nobody.
    if (Object.keys(change).length > 0) store.setState(change);
  };
  const hear = (event: EngineEvent) => {
    if (event.type === 'recording') {
      const whole = rounds.take(event);
      if (whole === null) return;
      apply(afterRecordings(store.getState(), whole));
      recordings.put(...whole.map(({ recording }) => recording));
      return;
    }
    apply(afterEvent(store.getState(), event));
    if (event.type === 'engine' && event.info.trial) rememberTrial(event.info.trial);
  };

  retain();
  const stopHearing = engine.on(hear);
  const stopMeasuring = watchSamplerErrors(engine, store);
  const likelihood = createWanted(() => link.rewatch().catch(report));
  const link = createEngineLink({
    engine,
    config: () => store.getState().config,
    wantsLikelihood: likelihood.isWanted,
    frame,
    onLoss: discard,
    onApplied: (lost) => training.resumeAfter(lost),
  });
  const training = createTraining({
    engine,
    phase: () => store.getState().phase,
    responding: () => store.getState().responding,
    revive: link.revive,
    settled: link.settled,
    discard: () => discard('model'),
    report,
    wanted: autoTrain,
    resting: () => store.getState().config.world !== 'points',
  });
  if (warnings.length > 0) notify(noticeOfLink(warnings));
  link.started.then(() => training.resumeAfter('model'), report);

  /** The experiment that the page is in, if it still is with other settings. */
  const heldBy = (next: ExperimentConfig) => {
    const { experiment } = store.getState();
    return experiment && holds(experiment, next) ? experiment : null;
  };
  /** Of a world, as it was left. */
  const settingsOf = (id: WorldId): WorldTexts => {
    const { world, worldSettings } = store.getState().config;
    return id === world ? worldSettings : (worldTexts.get(id) ?? {});
  };
  const replace = (next: ExperimentConfig, experiment: Experiment | null = heldBy(next)) => {
    const { world: left, worldSettings } = store.getState().config;
    if (left !== next.world) worldTexts.set(left, worldSettings);
    const own = ownDataOf(next);
    const draft = own ? { draftPoints: own.customPoints, ownData: own } : {};
    store.setState({ config: next, experiment, ...draft });
    memory.retain(next.stages.map(({ id }) => id));
    retain();
    const synced = link.sync();
    synced.catch(report);
    // Points rests while another world is looked at.
    if (left !== next.world)
      synced.then(
        () => training.changedWorld(),
        () => undefined,
      );
  };
  const change = (patch: unknown, base = store.getState().config): boolean => {
    try {
      const asked = validatePatch(patch, base);
      const entered = asked.world !== undefined && asked.world !== base.world ? asked.world : null;
      replace(applyPatch(base, entered ? { worldSettings: settingsOf(entered), ...asked } : asked));
      return true;
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      report(error);
      return false;
    }
  };
  /** The field that was moved last, what the experiment was before, and what it became. */
  let moved: {
    readonly field: string;
    readonly from: ExperimentConfig;
    readonly to: ExperimentConfig;
  } | null = null;
  const slide = (patch: ConfigPatch): boolean => {
    const { config } = store.getState();
    const field = Object.keys(patch).join();
    // Whatever else is changed ends the movement.
    const from = moved?.field === field && moved.to === config ? moved.from : config;
    const isDone = change(patch, from);
    moved = isDone ? { field, from, to: store.getState().config } : null;
    return isDone;
  };
  const setCustomPoints = (points: readonly number[]): boolean => {
    if (hasEnoughPoints(points)) {
      return change({ dataset: CUSTOM_DATASET, customPoints: thinEvenly(points, MAX_CUSTOM_POINTS) });
    }
    const advice = 'Draw three points or more, or choose a data set from the list.';
    notify({ tone: 'warning', message: 'There is nothing to learn from an empty drawing.', advice });
    return false;
  };
  const importSample = ({ points, table }: ImportedSample): boolean => {
    const dataset = CUSTOM_DATASET;
    if (fitsLink(points)) {
      return change({ dataset, customPoints: Array.from(points), customTable: table, customData: '' });
    }
    const data = keepAtHand(keyed(points, table));
    keep(data).catch(() => {
      store.setState({ unkept: data.key });
      notify(NOT_KEPT);
    });
    return change({ dataset, customPoints: [], customTable: PLAIN_TABLE, customData: data.key });
  };
  const showOwnData = (): boolean => {
    const { ownData, draftPoints } = store.getState();
    return ownData ? change(ownData) : setCustomPoints(draftPoints);
  };
  const stages = () => store.getState().config.stages;
  const setStages = (next: readonly unknown[]) => next === stages() || change({ stages: next });
  const duplicateStage = (index: number) => {
    const row = stageList.duplicateStage(stages(), index);
    if (row === stages() || !setStages(row)) return;
    const [original, copy] = stages().slice(index, index + 2);
    if (original && copy) memory.copy(original.id, copy.id);
  };
  /** A stage that was made for another experiment, or for none. */
  const agreed = (stage: StageConfig) =>
    agreeOnStage(stage, surroundingsOf(store.getState().config), () => undefined);
  const switchStage = (index: number, kind: StageConfig['kind']) => {
    const old = stages()[index];
    if (old === undefined || old.kind === kind) return;
    memory.remember(old);
    setStages(stages().with(index, agreed(memory.recall(old.id, kind))));
  };

  const playground: Playground = {
    store,
    recordings,
    engine,
    get worlds() {
      return worlds;
    },
    settingsOf,
    ready: link.started,
    wantLikelihood: likelihood.want,
    settled: link.settled,
    dispose() {
      worlds.dispose();
      stopMeasuring();
      stopHearing();
    },
    actions: {
      ...training,
      set: (patch) => change(patch),
      slide,
      replace,
      openExperiment: (experiment) => replace(configOf(experiment, store.getState().config), experiment),
      dismissExperiment: () => store.setState({ experiment: null }),
      setWorld: (id) => change({ world: id }),
      setDataset: (id) =>
        id === CUSTOM_DATASET
          ? showOwnData()
          : change({ dataset: id, customPoints: [], customTable: PLAIN_TABLE, customData: '' }),
      setProcess: (id) => change(changeOfProcess(store.getState().config, id)),
      setCustomPoints,
      importSample,
      setPlaying: (playing) => store.setState({ playing }),
      async restoreModel(next, { step, weights, seconds, curve }) {
        await training.pause();
        replace(next);
        await link.settled();
        const restored = engine.restore({ step, weights, seconds });
        discard('model');
        await restored;
        store.setState({ loss: extendSeries(emptySeries, curve.steps, curve.losses) });
      },
      showSnapshot(step) {
        store.setState({ shownSnapshot: step });
        engine.show(step).catch(report);
      },
      previewCurve: (previewedCurve) => store.setState({ previewedCurve }),
      addStage: (kind) => void setStages(stageList.addStage(stages(), agreed(newStage[kind]))),
      duplicateStage,
      removeStage: (index) => void setStages(stageList.removeStage(stages(), index)),
      moveStage: (from, to) => void setStages(stageList.moveStage(stages(), from, to)),
      switchStage,
      changeStage: (index, patch) => setStages(stageList.changeStage(stages(), index, patch)),
      notify,
      dismissNotice: (id) =>
        store.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) })),
    },
  };
  const worlds = createCurrentWorld(playground, autoTrain);
  return playground;
}
