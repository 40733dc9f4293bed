import { integerCodec } from '../experiment/codecs.ts';
import { ConfigError, show } from '../experiment/errors.ts';
import { FIELDS, fieldNames } from '../experiment/fields.ts';
import { validatePatch } from '../experiment/patch.ts';
import { tableIds } from '../experiment/tables.ts';
import type { ExperimentConfig } from '../experiment/types.ts';
import type { RaceDenoiser, TableEntry, TableRequest } from '../protocol/studies.ts';
import { stageNumberCodecs } from '../views/reverse/parameters.ts';
import { REVERSE_STAGE } from '../views/reverse/parts.ts';
import { checkSettings, fieldsOf, SETTINGS } from './apiRequests.ts';

/** A field of the experiment, a setting of the sampler or one of its numbers, and the values that it takes. */
export interface TableAxis {
  readonly field: string;
  readonly values: readonly unknown[];
}

/** A table as programs ask for it: one of a paper, or any two fields or settings. */
export interface TableQuestion {
  readonly preset?: string;
  readonly rows?: TableAxis;
  readonly columns?: TableAxis;
  readonly sampler?: string;
  readonly nSteps?: number;
  readonly denoisers?: readonly RaceDenoiser[];
  readonly n?: number;
  readonly seed?: number;
  readonly trainSteps?: number;
  readonly bits?: boolean;
}

const KEYS = [
  'preset',
  'rows',
  'columns',
  'sampler',
  'nSteps',
  'denoisers',
  'n',
  'seed',
  'trainSteps',
  'bits',
];
const N_SAMPLES = integerCodec(100, 10_000);
const N_TRAINED = integerCodec(1, 100_000);
const LONGEST_AXIS = 20;
const RUN_FIELDS = ['sampler', 'nSteps', 'eta', 'variance', 'timeGrid', 'clip', 'tweedie'] as const;

/** @throws ConfigError that names the field at fault */
export async function checkTable(request: unknown, config: ExperimentConfig): Promise<TableRequest> {
  const fields = fieldsOf(request, 'table', [...KEYS, ...SETTINGS.filter((key) => key !== 'denoiser')]);
  const { paperTables, TABLE_STEPS } = await import('./paperTables.ts');
  const shared = {
    denoisers: denoisersOf(fields.get('denoisers')),
    n: fields.has('n') ? N_SAMPLES.check(fields.get('n'), 'n') : 1000,
    seed: fields.has('seed') ? FIELDS.seed.codec.check(fields.get('seed'), 'seed') : 1,
    trainSteps: fields.has('trainSteps')
      ? N_TRAINED.check(fields.get('trainSteps'), 'trainSteps')
      : TABLE_STEPS,
  };
  if (fields.has('preset')) {
    const id = tableIds.find((each) => each === fields.get('preset'));
    if (!id)
      throw new ConfigError('preset', `= ${show(fields.get('preset'))} is unknown`, tableIds.join(', '));
    const { base, rows, columns, bits } = paperTables[id];
    return { base, rows, columns, bits, ...shared };
  }
  const nSteps = integerCodec(1, 1000);
  const { denoiser: _, ...settings } = checkSettings(fields);
  const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
  return {
    ...shared,
    base: {
      run: {
        ...given,
        ...(fields.has('sampler') && {
          sampler: REVERSE_STAGE.sampler.codec.check(fields.get('sampler'), 'sampler'),
        }),
        ...(fields.has('nSteps') && { nSteps: nSteps.check(fields.get('nSteps'), 'nSteps') }),
      },
    },
    rows: entriesOf(fields.get('rows'), 'rows', config),
    columns: entriesOf(fields.get('columns'), 'columns', config),
    bits: fields.get('bits') === true,
  };
}

function denoisersOf(value: unknown): readonly RaceDenoiser[] {
  if (value === undefined) return ['learned', 'exact'];
  const allowed = 'a list of learned, exact';
  if (!Array.isArray(value) || value.length === 0)
    throw new ConfigError('denoisers', `= ${show(value)}`, allowed);
  return value.map((each, i) => REVERSE_STAGE.denoiser.codec.check(each, `denoisers[${i}]`));
}

function entriesOf(axis: unknown, path: string, config: ExperimentConfig): readonly TableEntry[] {
  const fields = fieldsOf(axis, path, ['field', 'values']);
  const name = fields.get('field');
  const values = fields.get('values');
  if (!Array.isArray(values) || values.length === 0 || values.length > LONGEST_AXIS) {
    throw new ConfigError(
      `${path}.values`,
      `= ${show(values)} is not a list`,
      `a list of 1 to ${LONGEST_AXIS}`,
    );
  }
  return values.map((value: unknown) => ({
    label: `${String(name)} = ${String(value)}`,
    ...entryOf(name, value, path, config),
  }));
}

function entryOf(
  name: unknown,
  value: unknown,
  path: string,
  config: ExperimentConfig,
): Omit<TableEntry, 'label'> {
  const setting = RUN_FIELDS.find((each) => each === name);
  if (setting) return { run: { [setting]: REVERSE_STAGE[setting].codec.check(value, setting) } };
  const field = fieldNames.find((each) => each === name);
  if (field && FIELDS[field].invalidates === 'model')
    return { config: validatePatch({ [field]: value }, config) };
  const codec = typeof name === 'string' ? stageNumberCodecs.get(name) : undefined;
  if (codec && typeof name === 'string') return { run: { parameters: { [name]: codec.check(value, name) } } };
  const models = fieldNames.filter((each) => FIELDS[each].invalidates === 'model');
  throw new ConfigError(`${path}.field`, `= ${show(name)} is unknown`, [...RUN_FIELDS, ...models].join(', '));
}
