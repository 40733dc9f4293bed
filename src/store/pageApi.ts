import type { BackendName } from '../experiment/backends.ts';
import type { ConditionInput } from '../experiment/conditions/types.ts';
import { ConfigError, show } from '../experiment/errors.ts';
import { validatePatch } from '../experiment/patch.ts';
import type { ExperimentConfig } from '../experiment/types.ts';
import { advised } from '../protocol/errors.ts';
import type {
  Engine,
  EngineEvent,
  ExactRequest,
  QualityRequest,
  QualityResult,
  SampleRequest,
  SampleResult,
  TrainingBudget,
} from '../protocol/protocol.ts';
import type {
  BudgetResult,
  PointLikelihood,
  RaceRequest,
  RaceResult,
  RacingSampler,
  RoundTripRequest,
  RoundTripResult,
  TableResult,
} from '../protocol/studies.ts';
import type { AskedClass } from '../views/types.ts';
import { worldIds } from '../worlds/ids.ts';
import {
  checkDraw,
  checkExact,
  checkQuality,
  checkSampling,
  checkScore,
  checkTraining,
} from './apiRequests.ts';
import type { ImportChoices } from './imports/checkChoices.ts';
import type { Imported } from './imports/importPoints.ts';
import { orReaderMissing } from './imports/readerMissing.ts';
import type { Playground } from './playgroundStore.ts';
import { type RunsApi, runsApi } from './runs/runsApi.ts';
import { runStudy, type StudyOptions } from './studies.ts';
import {
  type BudgetQuestion,
  checkBudget,
  checkPointLikelihood,
  checkRace,
  checkRoundTrip,
} from './studyRequests.ts';
import { checkTable, type TableQuestion } from './tableRequest.ts';
import type { TrainingOutcome } from './training.ts';
import { type DiscreteApi, discreteApi } from './worlds/discreteApi.ts';

/** A race as programs ask for it: samplers by their ids alone, and what is left out as usual. */
export interface RaceQuestion extends Partial<Omit<RaceRequest, 'samplers'>> {
  readonly samplers: readonly (string | RacingSampler)[];
}

/** What listeners hear: the engine's events by type, and `config` with every changed experiment. */
export type PageEvents = { readonly [T in EngineEvent['type']]: Extract<EngineEvent, { type: T }> } & {
  readonly config: ExperimentConfig;
};

/** A request whose condition is as a program writes it. */
type Conditioned<R extends { readonly condition?: unknown }> = Omit<R, 'condition'> &
  (R extends { readonly condition: unknown }
    ? { readonly condition: ConditionInput }
    : { readonly condition?: ConditionInput });

/** Settings of a world other than Points, under their own names, which go before those of Points. */
type WorldPatch = Readonly<Record<string, unknown>>;

/** `window.diffusionPlayground`, for bloggers, notebooks and tests; described in docs/api.md. */
export interface DiffusionPlaygroundApi {
  /** Resolves when a backend is set up. */
  readonly ready: Promise<{ engine: string; backend: BackendName; adapter: string | null }>;
  config(): ExperimentConfig;
  /** Rejects on a bad field, says which, and changes nothing; resolves when the engine has taken the change in. */
  configure(patch: Partial<ExperimentConfig> & WorldPatch): Promise<ExperimentConfig>;
  /**
   * Makes the points of a file, a text or a picture the data set; columns and format are guessed where `choices` leaves
   * them out. Rejects with the sentence that a person would read, and changes nothing then.
   */
  importPoints(file: Blob | string, choices?: ImportChoices): Promise<Imported>;
  train(budget: TrainingBudget): Promise<TrainingOutcome>;
  /** With a `condition`, samples that are to fulfil it, made in its way. */
  sample(request: Conditioned<SampleRequest>): Promise<SampleResult>;
  /** Independent draws of exactly what a condition asks for, interleaved, data units. */
  exact(request: Conditioned<ExactRequest>): Promise<Float32Array>;
  /** How good the samples of the model of the moment are, beside true draws. */
  quality(request?: QualityRequest): Promise<QualityResult>;
  /**
   * Samplers from the same x_T with the same noise, with several numbers of steps, by the network and by the exact answer:
   * how far each ends from the data, and, where it follows the probability flow, from the flow's own end points.
   */
  race(request: RaceQuestion, options?: StudyOptions<'race'>): Promise<RaceResult>;
  /** Models that were kept on this device. */
  readonly runs: RunsApi;
  /** Cells for every pair of two fields or settings, or a paper's table; models of other experiments are trained for them. */
  table(request: TableQuestion, options?: StudyOptions<'table'>): Promise<TableResult>;
  /** Why a reverse stage's samples are further from the data than true draws: the start, the network, or the solver. */
  budget(request: BudgetQuestion, options?: StudyOptions<'budget'>): Promise<BudgetResult>;
  /** Fresh data encoded to noise and decoded again by a sampler that adds none, in several numbers of steps. */
  roundTrip(
    request?: Partial<RoundTripRequest>,
    options?: StudyOptions<'roundTrip'>,
  ): Promise<RoundTripResult>;
  /** Score at interleaved points in data units; resolves with as many numbers, 1/data unit. */
  score(
    request: { t: number; points: ArrayLike<number>; source: 'learned' | 'exact' } & Partial<AskedClass>,
  ): Promise<Float32Array>;
  /**
   * log₂ p of each of the points, by the model's probability flow, by that of the exact answer, and by the data's own density; bits, per
   * unit² of the data.
   */
  likelihood(
    request: { points: ArrayLike<number> },
    options?: StudyOptions<'pointLikelihood'>,
  ): Promise<PointLikelihood>;
  /** A fresh draw from the current data set, interleaved, data units. */
  data(request: { n: number; seed: number }): Promise<Float32Array>;
  /** What the worlds of bits, categories and words answer; of the world that the page is in. */
  readonly discrete: DiscreteApi;
  /** What the engine holds, to look for leaks. */
  memory(): ReturnType<Engine['memory']>;
  /** @returns the unsubscriber */
  on<E extends keyof PageEvents>(event: E, listener: (event: PageEvents[E]) => void): () => void;
}

declare global {
  interface Window {
    diffusionPlayground: DiffusionPlaygroundApi;
  }
}

const EVENTS: readonly (keyof PageEvents)[] = [
  'engine',
  'phase',
  'progress',
  'quality',
  'likelihood',
  'recording',
  'stageQuality',
  'snapshots',
  'responding',
  'problem',
  'config',
];

/** @returns the uninstaller */
export function installPageApi(
  playground: Playground,
  page: Partial<Pick<Window, 'diffusionPlayground'>> = window,
): () => void {
  page.diffusionPlayground = createPageApi(playground);
  return () => {
    delete page.diffusionPlayground;
  };
}

/** Every command waits until the engine has started and has taken in the changes made before. */
export function createPageApi(playground: Playground): DiffusionPlaygroundApi {
  const { store, actions, engine, ready, settled, worlds, wantLikelihood } = playground;
  const config = () => store.getState().config;
  const ofPoints = (method: string) => {
    const { world } = config();
    if (world !== 'points')
      throw new ConfigError(method, `is of the world Points, and the page is in ${world}`, OF_WORLDS);
  };
  const ask = async (name: string, request: unknown) => {
    const world = worlds.open();
    if (world === null) throw new ConfigError(`discrete.${name}`, 'is not of the world Points', FOR_DISCRETE);
    return advised((await world).ask(name, request));
  };
  return {
    ready: ready.then((info) => ({ engine: info.engine, backend: info.backend, adapter: info.adapter })),
    // A copy: what the caller does to it must not change the experiment.
    config: () => structuredClone({ ...config(), ...worlds.settings() }),
    async configure(patch) {
      if (concernsWorld(patch, config())) {
        const { configureWorld } = await import('./worlds/configureWorld.ts');
        await configureWorld(playground, patch);
        return structuredClone({ ...config(), ...worlds.settings() });
      }
      actions.set(validatePatch(patch, config()));
      await settled();
      return structuredClone(config());
    },
    async importPoints(file, choices = {}) {
      ofPoints('importPoints');
      const { importedOf, readSample } = await orReaderMissing(import('./imports/importPoints.ts'));
      const sample = await readSample(file, config().seed, choices);
      actions.importSample(sample);
      await settled();
      return structuredClone(importedOf(sample));
    },
    async train(budget) {
      const checked = checkTraining(budget);
      const world = worlds.open();
      return world === null ? actions.trainFor(checked) : (await world).trainFor(checked);
    },
    async sample(request) {
      ofPoints('sample');
      const checked = checkSampling(request, config().nChain);
      await settled();
      return advised(engine.sample(checked));
    },
    async quality(request = {}) {
      ofPoints('quality');
      const checked = checkQuality(request, config().nChain);
      await settled();
      return advised(engine.quality(checked));
    },
    async race(request, options = {}) {
      ofPoints('race');
      const checked = checkRace(request, config().nChain);
      await settled();
      return advised(runStudy(engine, 'race', checked, options));
    },
    async exact(request) {
      ofPoints('exact');
      const checked = checkExact(request);
      await settled();
      return advised(engine.exact(checked));
    },
    runs: runsApi(playground, ofPoints),
    async table(request, options = {}) {
      ofPoints('table');
      const checked = await checkTable(request, config());
      await settled();
      return advised(runStudy(engine, 'table', checked, options));
    },
    async budget(request, options = {}) {
      ofPoints('budget');
      const checked = checkBudget(request, config());
      await settled();
      return advised(runStudy(engine, 'budget', checked, options));
    },
    async roundTrip(request = {}, options = {}) {
      ofPoints('roundTrip');
      const checked = checkRoundTrip(request, config().nChain);
      await settled();
      return advised(runStudy(engine, 'roundTrip', checked, options));
    },
    async score(request) {
      ofPoints('score');
      const checked = checkScore(request);
      await settled();
      return advised(engine.score(checked));
    },
    async likelihood(request, options = {}) {
      ofPoints('likelihood');
      const checked = checkPointLikelihood(request);
      await settled();
      return advised(runStudy(engine, 'pointLikelihood', checked, options));
    },
    async data(request) {
      ofPoints('data');
      const checked = checkDraw(request);
      await settled();
      return advised(engine.data(checked));
    },
    discrete: discreteApi(ask),
    async memory() {
      await settled();
      return engine.memory();
    },
    on(event, listener) {
      if (!EVENTS.includes(event)) {
        throw new ConfigError('event', `= ${show(event)} is unknown`, EVENTS.join(', '));
      }
      if (typeof listener !== 'function') throw new ConfigError('listener', 'is missing', 'a function');
      return subscribe({ store, engine, worlds, wantLikelihood }, event, listener);
    },
  };
}

const OF_WORLDS = 'discrete.sample and its like, or configure({ world: "points" }) first';
const FOR_DISCRETE = 'configure({ world: "bits" }) or another world first';

/** Whether a patch is for a world other than Points. */
function concernsWorld(patch: unknown, { world }: ExperimentConfig): boolean {
  const asked = typeof patch === 'object' && patch !== null && 'world' in patch ? patch.world : world;
  return asked !== 'points' && worldIds.some((id) => id === asked);
}

type Sources = Pick<Playground, 'store' | 'engine' | 'worlds' | 'wantLikelihood'>;

function subscribe<E extends keyof PageEvents>(
  { store, engine, worlds, wantLikelihood }: Sources,
  event: E,
  listener: (event: PageEvents[E]) => void,
): () => void {
  if (event === 'config') {
    const tell = listener as (config: ExperimentConfig) => void;
    return store.subscribe((state, old) => {
      if (state.config !== old.config) guard(() => tell(structuredClone(state.config)));
    });
  }
  const tell = listener as (event: EngineEvent) => void;
  const hear = (heard: EngineEvent) => {
    if (heard.type === event) guard(() => tell(heard));
  };
  const stops = [engine.on(hear), worlds.on(hear)];
  // Nobody measures it unasked.
  if (event === 'likelihood') stops.push(wantLikelihood());
  return () => {
    for (const stop of stops) stop();
  };
}

/** A guest's mistake is shown in the console, and stops nobody else from hearing. */
function guard(tell: () => void): void {
  try {
    tell();
  } catch (error) {
    reportError(error);
  }
}
