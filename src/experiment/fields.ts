import { datasets } from '../core/datasets/index.ts';
import { DENOISING, trainedLosses } from '../core/losses/trained.ts';
import { parameterizations } from '../core/parameterizations/index.ts';
import { processes } from '../core/processes/index.ts';
import { LEARNED } from '../core/schedules/fitted.ts';
import { DRAWN } from '../core/schedules/handDrawn.ts';
import { schedules } from '../core/schedules/index.ts';
import { timeSamplings } from '../core/timeSampling/index.ts';
import { weightings } from '../core/weightings/index.ts';
import { newStage } from '../views/index.ts';
import { worldIds } from '../worlds/ids.ts';
import { type BackendChoice, backendNames } from './backends.ts';
import { booleanCodec, choiceCodec, integerCodec, numberCodec, subsetCodec } from './codecs.ts';
import { curveCodec } from './curveCodec.ts';
import { dataKeyCodec } from './dataKeyCodec.ts';
import { familyIds } from './families.ts';
import type { Field, FieldName } from './field.ts';
import { PAGE_FIELDS } from './pageFields.ts';
import { parametersCodec } from './parametersCodec.ts';
import { pointsCodec } from './pointsCodec.ts';
import { PLAIN_TABLE, pointsTableCodec } from './pointsTableCodec.ts';
import { stagesCodec } from './stagesCodec.ts';
import { worldTextsCodec } from './textsCodec.ts';
import type { ExperimentConfig, Invalidation } from './types.ts';

/** The data set that drawn or uploaded points make. */
export const CUSTOM_DATASET = 'custom';

const scheduleIds = [...schedules.entries, DRAWN, LEARNED].map(({ id }) => id);
const datasetIds = [...datasets.entries.map(({ id }) => id), CUSTOM_DATASET];
const NCHAIN = 200;

/**
 * The one table of fields. Defaults, links, validation and what a change throws away all come from here;
 * a new field is one entry, and the tests cover it unasked. Controls read ranges and choices from the codecs.
 */
export const FIELDS = {
  world: {
    name: 'World',
    basic: true,
    urlKey: 'wo',
    default: 'points',
    invalidates: 'nothing',
    codec: choiceCodec(worldIds),
  },
  worldSettings: {
    name: 'Settings of the world',
    urlKey: 'ws',
    default: {},
    invalidates: 'nothing',
    pageOnly: true,
    codec: worldTextsCodec,
  },
  family: {
    name: 'Family',
    urlKey: 'f',
    default: 'gaussian',
    invalidates: 'model',
    codec: choiceCodec(familyIds),
  },
  dataset: {
    name: 'Data set',
    basic: true,
    urlKey: 'd',
    default: 'swiss-roll',
    invalidates: 'model',
    codec: choiceCodec(datasetIds),
  },
  customPoints: { name: 'Your points', urlKey: 'xy', default: [], invalidates: 'model', codec: pointsCodec },
  customTable: {
    name: 'Columns of your points',
    urlKey: 'xt',
    default: PLAIN_TABLE,
    invalidates: 'model',
    codec: pointsTableCodec,
  },
  customData: { name: 'Your data', urlKey: 'xd', default: '', invalidates: 'model', codec: dataKeyCodec },
  nPoints: {
    name: 'Number of points',
    basic: true,
    urlKey: 'np',
    default: 10000,
    invalidates: 'model',
    codec: integerCodec(5, 20000, true),
  },
  noise: {
    name: 'Data noise',
    basic: true,
    urlKey: 'dn',
    default: 1,
    invalidates: 'model',
    codec: numberCodec(0.1, 3, { decimals: 3 }),
  },
  seed: {
    name: 'Seed',
    urlKey: 'seed',
    default: 1,
    invalidates: 'model',
    codec: integerCodec(0, 2 ** 32 - 1),
  },

  process: {
    name: 'Process',
    basic: true,
    urlKey: 'p',
    default: 'vp',
    invalidates: 'model',
    codec: choiceCodec(processes.entries.map(({ id }) => id)),
  },
  schedule: {
    name: 'β schedule',
    basic: true,
    urlKey: 'b',
    default: 'linear',
    invalidates: 'model',
    codec: choiceCodec(scheduleIds),
  },
  nChain: {
    name: 'T',
    basic: true,
    urlKey: 'T',
    default: NCHAIN,
    invalidates: 'model',
    codec: integerCodec(10, 1000, true),
  },
  rescale: {
    name: 'Scale β by 1000/T',
    urlKey: 'bs',
    default: true,
    invalidates: 'model',
    codec: booleanCodec,
  },
  drawnSchedule: {
    name: 'Drawn schedule',
    urlKey: 'ds',
    default: [0.3, 0.9, 0.5, 0.5, 0.7, 0.1, 1, 0.001],
    invalidates: 'model',
    codec: curveCodec,
  },
  zeroTerminalSnr: {
    name: 'Zero terminal SNR',
    urlKey: 'zt',
    default: false,
    invalidates: 'model',
    codec: booleanCodec,
  },
  overlays: {
    name: 'Overlaid schedules',
    basic: true,
    urlKey: 'bo',
    default: [],
    invalidates: 'nothing',
    pageOnly: true,
    codec: subsetCodec(scheduleIds),
  },

  output: {
    name: 'Network predicts',
    basic: true,
    urlKey: 'out',
    default: 'v',
    invalidates: 'model',
    codec: choiceCodec(parameterizations.entries.map(({ id }) => id)),
  },
  loss: {
    name: 'Loss',
    urlKey: 'ls',
    default: DENOISING,
    invalidates: 'model',
    codec: choiceCodec(trainedLosses.entries.map(({ id }) => id)),
  },
  weighting: {
    name: 'Loss weighting',
    urlKey: 'wt',
    default: 'simple',
    invalidates: 'model',
    codec: choiceCodec(weightings.entries.map(({ id }) => id)),
  },
  timeSampling: {
    name: 'Drawing of t',
    urlKey: 'ts',
    default: 'log-noise',
    invalidates: 'model',
    codec: choiceCodec(timeSamplings.entries.map(({ id }) => id)),
  },
  learnedVariance: {
    name: 'Learned variance',
    urlKey: 'lv',
    default: false,
    invalidates: 'model',
    codec: booleanCodec,
  },
  conditional: {
    name: 'Class-conditional',
    basic: true,
    urlKey: 'cl',
    default: false,
    invalidates: 'model',
    codec: booleanCodec,
  },
  parameters: {
    name: 'Parameters',
    urlKey: 'pm',
    default: {},
    invalidates: 'model',
    codec: parametersCodec,
  },
  width: {
    name: 'Width',
    urlKey: 'w',
    default: 64,
    invalidates: 'model',
    codec: integerCodec(8, 256, true),
  },
  depth: { name: 'Depth', urlKey: 'l', default: 3, invalidates: 'model', codec: integerCodec(1, 6) },
  activation: {
    name: 'Activation',
    urlKey: 'act',
    default: 'silu',
    invalidates: 'model',
    codec: choiceCodec(['silu', 'gelu', 'relu', 'tanh']),
  },
  learningRate: {
    name: 'Learning rate',
    basic: true,
    urlKey: 'lr',
    default: 5e-3,
    invalidates: 'nothing',
    codec: numberCodec(1e-5, 0.1, { logarithmic: true, decimals: 7 }),
  },
  batchSize: {
    name: 'Batch size',
    urlKey: 'bat',
    default: 256,
    invalidates: 'nothing',
    codec: integerCodec(8, 4096, true),
  },
  emaDecay: {
    name: 'EMA decay',
    urlKey: 'ema',
    default: 0.9999,
    invalidates: 'nothing',
    codec: numberCodec(0, 0.9999, { decimals: 5 }),
  },
  budgetSteps: {
    name: 'Training budget',
    basic: true,
    urlKey: 'n',
    default: 9000,
    invalidates: 'nothing',
    codec: integerCodec(1, 1_000_000, true),
  },
  pace: {
    name: 'Training speed',
    urlKey: 'pace',
    default: 'followed',
    invalidates: 'nothing',
    codec: choiceCodec(['followed', 'full']),
  },

  backend: {
    name: 'Backend',
    urlKey: 'gpu',
    default: 'auto',
    invalidates: 'engine',
    codec: choiceCodec<BackendChoice>(['auto', ...backendNames]),
  },

  // Each stage's samples are kept or not by their own recording key, so a changed list throws nothing away.
  stages: {
    name: 'Stages',
    basic: true,
    urlKey: 'st',
    default: [
      { ...newStage.forward, id: 1, layers: ['points', 'data'] },
      { ...newStage.reverse, id: 2, sampler: 'ddpm', nSteps: NCHAIN },
      { ...newStage.reverse, id: 3, timeGrid: 'quadratic', layers: ['points', 'trails'] },
    ],
    invalidates: 'nothing',
    codec: stagesCodec,
  },
  nParticles: {
    name: 'Particles',
    urlKey: 'k',
    default: 800,
    invalidates: 'samples',
    codec: integerCodec(50, 4000, true),
  },

  ...PAGE_FIELDS,
} as const satisfies { readonly [K in FieldName]: Field<ExperimentConfig[K]> };

/** The table by name, where the field is not known beforehand. */
export function field<K extends FieldName>(name: K): Field<ExperimentConfig[K]> {
  const table: { readonly [F in FieldName]: Field<ExperimentConfig[F]> } = FIELDS;
  return table[name];
}

/** Every field, in the order of the table. */
export const fieldNames: readonly FieldName[] = Object.keys(FIELDS) as FieldName[];

/** A config whose every field is made by `value`. */
export function fillConfig(value: <K extends FieldName>(name: K) => ExperimentConfig[K]): ExperimentConfig {
  const config: { -readonly [K in FieldName]?: ExperimentConfig[K] } = {};
  const fill = <K extends FieldName>(name: K) => {
    config[name] = value(name);
  };
  fieldNames.forEach(fill);
  return config as ExperimentConfig;
}

/** The experiment of a link that says nothing. */
export const defaultConfig: ExperimentConfig = fillConfig((name) => field(name).default);

/** The fields in which two experiments differ. */
export function changedFields(old: ExperimentConfig, next: ExperimentConfig): readonly FieldName[] {
  return fieldNames.filter((name) => !sameField(name, old, next));
}

/** Whether a field says the same in two experiments. */
export function sameField<K extends FieldName>(
  name: K,
  old: ExperimentConfig,
  next: ExperimentConfig,
): boolean {
  const { codec } = field(name);
  return old[name] === next[name] || codec.format(old[name]) === codec.format(next[name]);
}

const STRENGTH: readonly Invalidation[] = ['nothing', 'engine', 'samples', 'model'];

/**
 * What the step from `old` to `next` makes worthless: the strongest of the changed fields.
 * A change of backend besides must still be read from `backend`: 'model' and 'samples' do not imply 'engine'.
 */
export function invalidated(old: ExperimentConfig, next: ExperimentConfig): Invalidation {
  const losses = changedFields(old, next).map((name) => STRENGTH.indexOf(field(name).invalidates));
  return STRENGTH[Math.max(0, ...losses)]!;
}

/** Whether the engine must hear of the step from `old` to `next`. */
export function concernsEngine(old: ExperimentConfig, next: ExperimentConfig): boolean {
  return changedFields(old, next).some((name) => field(name).pageOnly !== true);
}
