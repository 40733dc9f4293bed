import { booleanCodec, type Codec } from '../experiment/codecs.ts';
import { ConfigError, show } from '../experiment/errors.ts';
import { FIELDS, field, fieldNames } from '../experiment/fields.ts';
import { validatePatch } from '../experiment/patch.ts';
import type { ExperimentConfig } from '../experiment/types.ts';
import type { TableEntry } from '../protocol/studies.ts';
import { stageNumberCodecs, stageNumberLabels } from '../views/reverse/parameters.ts';
import { REVERSE_STAGE } from '../views/reverse/parts.ts';
import { fieldsOf } from './apiRequests.ts';

/** A field of the experiment, a setting of the sampler or one of its numbers, and the values that it takes. */
export interface TableAxis {
  readonly field: string;
  readonly values: readonly unknown[];
}

/** The settings of a sampler's run that may differ between cells. */
const RUN_FIELDS = [
  'sampler',
  'nSteps',
  'eta',
  'variance',
  'timeGrid',
  'clip',
  'tweedie',
  'ofClass',
  'guidance',
] as const;

const LONGEST_AXIS = 20;

const ofModel = fieldNames.filter((name) => FIELDS[name].invalidates === 'model');

/** The rows or the columns that a program or a person asks for. @throws ConfigError that names what is at fault */
export function entriesOf(axis: unknown, path: string, config: ExperimentConfig): readonly TableEntry[] {
  const fields = fieldsOf(axis, path, ['field', 'values']);
  const name = fields.get('field');
  const values = fields.get('values');
  if (!Array.isArray(values) || values.length === 0 || values.length > LONGEST_AXIS) {
    const problem = Array.isArray(values) ? `has ${values.length} values` : `= ${show(values)} is not a list`;
    throw new ConfigError(`${path}.values`, problem, `a list of 1 to ${LONGEST_AXIS}`);
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
  const own = ofModel.find((each) => each === name);
  if (own) return { config: validatePatch({ [own]: value }, config) };
  const codec = typeof name === 'string' ? stageNumberCodecs.get(name) : undefined;
  if (codec && typeof name === 'string') return { run: { parameters: { [name]: codec.check(value, name) } } };
  throw new ConfigError(
    `${path}.field`,
    `= ${show(name)} is unknown`,
    [...RUN_FIELDS, ...ofModel].join(', '),
  );
}

/** Rows and columns of two fields. @throws ConfigError as above, and where both are of one field */
export function axesOf(
  rows: unknown,
  columns: unknown,
  config: ExperimentConfig,
): { readonly rows: readonly TableEntry[]; readonly columns: readonly TableEntry[] } {
  const found = { rows: entriesOf(rows, 'rows', config), columns: entriesOf(columns, 'columns', config) };
  const [a, b] = [rows, columns].map((axis) => fieldsOf(axis, 'axis', ['field', 'values']).get('field'));
  if (a === b)
    throw new ConfigError('columns.field', `= ${show(b)} is that of the rows, too`, 'another field');
  return found;
}

/** A field that a person can choose for rows or columns. */
export interface AxisField {
  readonly name: string;
  /** For people. */
  readonly label: string;
  /** What its values may be: some of these, or numbers in words. */
  readonly choices: readonly string[] | null;
  readonly allowed: string;
}

/** Fields with one value of a few, or a number; and the numbers of samplers, grids and clipping. */
export const axisFields: readonly AxisField[] = [
  ...RUN_FIELDS.map((name) => axisField(name, REVERSE_STAGE[name].name, REVERSE_STAGE[name].codec)),
  ...ofModel.flatMap((name) => {
    const { codec, name: label, default: usual } = field(name);
    const isOne = typeof usual === 'number' || typeof usual === 'boolean' || 'choices' in codec;
    return isOne ? [axisField(name, label, codec)] : [];
  }),
  ...Array.from(stageNumberCodecs).flatMap(([name, codec]) =>
    name.includes('.') ? [] : [axisField(name, stageNumberLabels.get(name) ?? name, codec)],
  ),
];

function axisField(name: string, label: string, codec: Pick<Codec<never>, 'allowed'>): AxisField {
  const choices = Object.is(codec, booleanCodec) ? ['true', 'false'] : choicesOf(codec);
  return { name, label, choices, allowed: codec.allowed };
}

function choicesOf(codec: object): readonly string[] | null {
  return 'choices' in codec ? (codec.choices as readonly string[]) : null;
}

/** An axis as a link has it, or as it was typed. */
export interface AxisTexts {
  readonly field: string;
  readonly values: readonly string[];
}

/** The same with values that can be checked: a text that is none of its field's stays what it is. */
export function axisOf({ field: name, values }: AxisTexts): TableAxis {
  const known = axisFields.find((each) => each.name === name);
  const isTruth = known?.choices?.[0] === 'true';
  const readValue = (text: string): unknown => {
    if (isTruth) return text === 'true' ? true : text === 'false' ? false : text;
    if (known?.choices) return text;
    return text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text);
  };
  return { field: name, values: values.map(readValue) };
}
