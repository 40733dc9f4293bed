import type { ExperimentConfig } from '../../src/experiment/types.ts';
import { interrupted } from '../../src/protocol/errors.ts';
import type {
  EngineEvent,
  EngineInfo,
  Field,
  LentModel,
  ModelWeights,
  QualityRequest,
  SampleRequest,
  TrainingBudget,
} from '../../src/protocol/protocol.ts';
import type { StudyKind, StudyRequest, StudyResult } from '../../src/protocol/studies.ts';
import type { PlaygroundEngine } from '../../src/store/engineLink.ts';
import type { RecordingRequest } from '../../src/views/index.ts';

export const info: EngineInfo = {
  engine: 'fake',
  backend: 'cpu',
  adapter: null,
  trial: null,
  reason: 'This is a test.',
};

interface FakeStudy {
  readonly kind: StudyKind;
  readonly request: StudyRequest<StudyKind>;
  readonly id: number;
}

/** What its studies find, whatever they are asked. */
const fakeResults: { readonly [K in StudyKind]: StudyResult<K> } = {
  condition: { rows: [], logZ: null },
  race: { rows: [], orders: [], truth: null },
  table: { cells: [] },
  budget: {
    ...{
      prior: 0,
      network: 0.1,
      solver: 0.3,
      guidance: 0,
      condition: 0,
      total: 0.4,
      distance: 0.5,
      perfect: 0.1,
      draws: 4,
    },
    errors: { prior: 0.01, network: 0.01, solver: 0.01, guidance: 0, condition: 0, total: 0.02 },
  },
  pointLikelihood: {
    model: new Float32Array(1),
    exact: new Float32Array(1),
    density: new Float32Array(1),
    stepError: 0,
  },
  roundTrip: {
    ...{ rows: [], orders: [], straightness: [], along: null, divergence: null },
    origins: new Float32Array(2),
    latents: new Float32Array(2),
  },
  bound2015: { rows: [], truth: 0, lNull: 0 },
  memorisation: { rows: [] },
};

export interface FakeEngine extends PlaygroundEngine {
  /** Names of the commands so far, in order. */
  readonly calls: string[];
  readonly configs: ExperimentConfig[];
  readonly watched: (readonly RecordingRequest[])[];
  /** Whether each call to watch wanted the likelihood too. */
  readonly likelihoodWanted: boolean[];
  readonly budgets: (TrainingBudget | undefined)[];
  readonly samples: SampleRequest[];
  readonly shown: (number | null)[];
  readonly qualities: QualityRequest[];
  readonly studies: FakeStudy[];
  readonly restored: ModelWeights[];
  readonly lent: (readonly LentModel[])[];
  /** Commands by these names reject. */
  readonly broken: Set<string>;
  /** Commands by these names reject as what has gone while it was worked on. */
  readonly interrupts: Set<string>;
  emit(event: EngineEvent): void;
  listeners(): number;
}

/** Of a model that is twice as far from the data as it should be. */
export const fakeQuality = {
  slicedW2: { value: 0.2, error: 0.01, perfect: 0.1 },
  strays: { value: 0.03, error: 0.002, perfect: 0.01 },
  missed: { value: 0.05, error: 0.003, perfect: 0.031 },
};

export const qualityOf = (source: 'own' | 'pretrained', step: number) =>
  ({ type: 'quality', step, source, samples: 2000, leastLoss: 0.2, ...fakeQuality }) as const;

/** Answers every command at once and computes nothing. */
export function createFakeEngine(): FakeEngine {
  const listeners = new Set<(event: EngineEvent) => void>();
  const fake = {
    calls: [] as string[],
    configs: [] as ExperimentConfig[],
    watched: [] as (readonly RecordingRequest[])[],
    likelihoodWanted: [] as boolean[],
    budgets: [] as (TrainingBudget | undefined)[],
    samples: [] as SampleRequest[],
    shown: [] as (number | null)[],
    qualities: [] as QualityRequest[],
    studies: [] as FakeStudy[],
    restored: [] as ModelWeights[],
    lent: [] as (readonly LentModel[])[],
    broken: new Set<string>(),
    interrupts: new Set<string>(),
  };
  const answer = async <T>(name: string, value: T): Promise<T> => {
    fake.calls.push(name);
    if (fake.interrupts.has(name)) throw interrupted();
    if (fake.broken.has(name)) throw new Error(`${name} is broken`);
    return value;
  };
  return {
    ...fake,
    emit: (event) => {
      for (const listener of [...listeners]) listener(event);
    },
    listeners: () => listeners.size,
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start: (config) => {
      fake.configs.push(config);
      return answer('start', info);
    },
    configure: (config) => {
      fake.configs.push(config);
      return answer('configure', undefined);
    },
    watch: (requests, likelihood = false) => {
      fake.watched.push(requests);
      fake.likelihoodWanted.push(likelihood);
      return answer('watch', undefined);
    },
    train: (budget) => {
      fake.budgets.push(budget);
      return answer('train', { step: 5, loss: 0.5, seconds: 0.1 });
    },
    weights: () => answer('weights', { step: 5, weights: Float32Array.of(1, 2), seconds: 1.5 }),
    weightCount: () => answer('weightCount', 2),
    restore: (kept) => {
      fake.restored.push(kept);
      return answer('restore', undefined);
    },
    lend: (models) => {
      fake.lent.push(models);
      return answer('lend', []);
    },
    show: (step) => {
      fake.shown.push(step);
      return answer('show', undefined);
    },
    pause: () => answer('pause', undefined),
    reset: () => answer('reset', undefined),
    restart: () => answer('restart', info),
    sample: (request) => {
      fake.samples.push(request);
      return answer('sample', { points: new Float32Array(2 * request.n), nfe: request.nSteps });
    },
    quality: (request) => {
      const { n = 2000, draws = 4 } = request;
      fake.qualities.push(request);
      return answer('quality', { step: 3, source: 'own', samples: n * draws, ...fakeQuality });
    },
    exact: ({ n }) => answer('exact', new Float32Array(2 * n)),
    score: ({ points }) => answer('score', Float32Array.from(points)),
    data: ({ n }) => answer('data', new Float32Array(2 * n)),
    path: () => answer('path', { times: new Float32Array(2), points: new Float32Array(4), droppedAt: 0 }),
    study: async <K extends StudyKind>(kind: K, request: StudyRequest<K>, id: number) => {
      fake.studies.push({ kind, request, id });
      return answer('study', fakeResults[kind] as StudyResult<K>);
    },
    cancelStudy: () => answer('cancelStudy', undefined),
    memory: () => answer('memory', { tensors: 0, bytes: 0, gpuBytes: 0 }),
  };
}

export function fieldRecording(key: string): Field {
  return {
    kind: 'field',
    key,
    source: 'own',
    modelStep: 3,
    times: new Float32Array([0.5]),
    resolution: 2,
    centre: [0, 0],
    halfWidth: 4,
    components: 2,
    values: new Float32Array(8),
  };
}
