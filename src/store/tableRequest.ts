import { integerCodec } from '../experiment/codecs.ts';
import { ConfigError, show } from '../experiment/errors.ts';
import { FIELDS } from '../experiment/fields.ts';
import { tableIds } from '../experiment/tables.ts';
import type { ExperimentConfig } from '../experiment/types.ts';
import type { SamplerSettings } from '../protocol/samplerSettings.ts';
import type { RaceDenoiser, TableRequest } from '../protocol/studies.ts';
import { REVERSE_STAGE } from '../views/reverse/parts.ts';
import type { AskedClass } from '../views/types.ts';
import { checkClass, checkSettings, fieldsOf, SETTINGS } from './apiRequests.ts';
import { axesOf, type TableAxis } from './tableAxes.ts';

/** A table as programs ask for it: one of a paper, or any two fields or settings. */
export interface TableQuestion extends Omit<SamplerSettings, 'denoiser'>, Partial<AskedClass> {
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
  /** Makes all cells those of students, as in `TableEntry`. */
  readonly distilledFrom?: number;
}

const KEYS = [
  'preset',
  'rows',
  'columns',
  'sampler',
  'nSteps',
  'ofClass',
  'guidance',
  'denoisers',
  'n',
  'seed',
  'trainSteps',
  'bits',
  'distilledFrom',
];
/** What may stand beside a preset, which has all else. */
const OF_PRESETS = ['preset', 'denoisers', 'n', 'seed', 'trainSteps', 'bits'];
const N_SAMPLES = integerCodec(100, 10_000);
const N_TEACHER = integerCodec(1, 1000);
const N_TRAINED = integerCodec(1, 100_000);

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
    const own = [...fields.keys()].find((key) => !OF_PRESETS.includes(key));
    if (own !== undefined)
      throw new ConfigError(own, `is that of the preset ${id}`, `no ${own} beside a preset, or no preset`);
    const { base, rows, columns, bits } = paperTables[id];
    return { base, rows, columns, bits, ...shared };
  }
  const { denoiser: _, ...settings } = checkSettings(fields);
  const asked = { ...settings, ...checkClass(fields) };
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  return {
    ...shared,
    base: {
      ...(fields.has('distilledFrom') && {
        distilledFrom: N_TEACHER.check(fields.get('distilledFrom'), 'distilledFrom'),
      }),
      run: {
        ...given,
        ...(fields.has('sampler') && {
          sampler: REVERSE_STAGE.sampler.codec.check(fields.get('sampler'), 'sampler'),
        }),
        ...(fields.has('nSteps') && {
          nSteps: REVERSE_STAGE.nSteps.codec.check(fields.get('nSteps'), 'nSteps'),
        }),
      },
    },
    ...axesOf(fields.get('rows'), fields.get('columns'), config),
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
