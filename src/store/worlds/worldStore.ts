import { createStore, type StoreApi } from 'zustand/vanilla';
import { ConfigError } from '../../experiment/errors.ts';
import { EngineError, isInterrupted } from '../../protocol/errors.ts';
import type { TrainingBudget, TrainingPhase } from '../../protocol/protocol.ts';
import type { WorldEvent, WorldOutcome, WorldTrainingEvent } from '../../protocol/worlds.ts';
import { createWorldClient, type WorldClient } from '../../runtime/worlds/client.ts';
import type { OtherWorldId } from '../../worlds/ids.ts';
import { loadWorld } from '../../worlds/index.ts';
import {
  type CommonSettings,
  changedSettings,
  concernsPageAlone,
  losesModel,
  readSettings,
  type World,
  writeSettings,
} from '../../worlds/world.ts';
import { noticeOfError, noticeOfLink, noticeOfProblem } from '../notices.ts';
import { emptySeries, extendSeries, type Series } from '../series.ts';
import type { HostPage } from './hostPage.ts';

export interface WorldState {
  readonly settings: CommonSettings;
  readonly phase: TrainingPhase;
  readonly step: number;
  readonly stepsPerSecond: number;
  /** Losses by step, means over a slice of training. */
  readonly losses: Series;
  /** What the worker last recorded, by kind. */
  readonly recordings: Readonly<Record<string, { readonly step: number; readonly data: unknown }>>;
}

/** One world on the page: its state, its worker, and what a person can do. */
export interface WorldPlayground {
  readonly world: World;
  readonly store: StoreApi<WorldState>;
  /** @returns whether the change was valid; else a notice says what was wrong, and nothing changes */
  set(patch: Readonly<Record<string, unknown>>): boolean;
  /** The same for a program. @throws ConfigError */
  check(patch: Readonly<Record<string, unknown>>): CommonSettings;
  toggle(): Promise<void>;
  restart(): Promise<void>;
  trainFor(budget: TrainingBudget): Promise<WorldOutcome>;
  ask(name: string, request: unknown): Promise<unknown>;
  /** Resolves when the worker has taken in every change made so far. */
  settled(): Promise<void>;
  dispose(): void;
}

interface OpenOptions {
  /** Whether it learns as soon as it is there. */
  readonly autoTrain: boolean;
  /** Hears how training goes. */
  tell(event: WorldTrainingEvent): void;
  readonly createClient?: (hear: (event: WorldEvent) => void) => WorldClient;
}

export async function openWorld(
  page: HostPage,
  id: OtherWorldId,
  { autoTrain, tell, createClient = createWorldClient }: OpenOptions,
): Promise<WorldPlayground> {
  const world = await loadWorld(id);
  const { actions } = page;
  const textsOf = () => page.store.getState().config.worldSettings;
  const { settings, warnings } = readSettings(world, textsOf());
  if (warnings.length > 0) actions.notify(noticeOfLink(warnings));
  const store = createStore<WorldState>(() => ({
    settings,
    phase: 'starting',
    step: 0,
    stepsPerSecond: 0,
    losses: emptySeries,
    recordings: {},
  }));
  const report = (error: unknown) => {
    if (isInterrupted(error)) return;
    actions.notify(error instanceof EngineError ? noticeOfProblem(error.problem) : noticeOfError(error));
  };
  const client = createClient((event) => {
    if (event.type === 'problem') report(new EngineError(event.problem));
    else store.setState((state) => afterEvent(state, event));
    if (event.type !== 'recording') tell(event);
  });
  /** What the person last asked for outlives changes of the settings. */
  let wanted = autoTrain;
  let applied: CommonSettings | null = null;
  let syncing: Promise<void> = Promise.resolve();
  const run = (budget?: TrainingBudget) => void client.train(budget).catch(report);

  /** Nothing that was seen of the model holds any more. */
  const forget = () => store.setState({ losses: emptySeries, recordings: {} });

  const apply = async (): Promise<void> => {
    const next = store.getState().settings;
    if (next === applied) return;
    if (applied !== null && concernsPageAlone(world, applied, next)) {
      applied = next;
      return;
    }
    const loses = applied === null || losesModel(world, applied, next);
    applied = next;
    if (loses) forget();
    await client.configure(id, next, !loses);
    // What the worker sent before it took the change in.
    if (loses) forget();
    if (loses && wanted && applied === next) run();
  };
  const sync = (): Promise<void> => {
    syncing = syncing.then(apply);
    syncing.catch(report);
    return syncing;
  };
  const adopt = (next: CommonSettings): void => {
    store.setState({ settings: next });
    const worldSettings = writeSettings(world, next);
    if (JSON.stringify(worldSettings) !== JSON.stringify(textsOf())) actions.set({ worldSettings });
    void sync();
  };
  // A link, or going back, may bring other settings from outside.
  const unsubscribe = page.store.subscribe(({ config }, { config: old }) => {
    if (config.worldSettings === old.worldSettings || config.world !== id) return;
    const own = writeSettings(world, store.getState().settings);
    if (JSON.stringify(own) === JSON.stringify(config.worldSettings)) return;
    const reading = readSettings(world, config.worldSettings);
    if (reading.warnings.length > 0) actions.notify(noticeOfLink(reading.warnings));
    adopt(reading.settings);
  });
  await client.watch([...world.stages.map(({ kind }) => kind), ...world.measures]);
  void sync();
  const check = (patch: Readonly<Record<string, unknown>>) =>
    changedSettings(world, store.getState().settings, patch);

  return {
    world,
    store,
    check,
    set(patch) {
      try {
        adopt(check(patch));
        return true;
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        report(error);
        return false;
      }
    },
    async toggle() {
      wanted = store.getState().phase !== 'training';
      if (wanted) run();
      else await client.pause().catch(report);
    },
    async restart() {
      wanted = true;
      forget();
      const reset = client.reset().then(() => {
        forget();
        // Whoever paused meanwhile asked last.
        if (wanted) run();
      });
      await reset.catch(report);
    },
    async trainFor(budget) {
      await syncing;
      return client.train(budget);
    },
    async ask(name, request) {
      await syncing;
      return client.ask(name, request);
    },
    settled: () => syncing,
    dispose() {
      unsubscribe();
      client.dispose();
    },
  };
}

function afterEvent(state: WorldState, event: Exclude<WorldEvent, { type: 'problem' }>): Partial<WorldState> {
  switch (event.type) {
    case 'phase': {
      const { phase, step } = event;
      return { phase, step, ...(phase === 'training' ? {} : { stepsPerSecond: 0 }) };
    }
    case 'progress': {
      const { step, stepsPerSecond, steps, losses } = event;
      return { step, stepsPerSecond, losses: extendSeries(state.losses, steps, losses) };
    }
    case 'recording': {
      const { kind, step, data } = event;
      return { recordings: { ...state.recordings, [kind]: { step, data } } };
    }
  }
}
