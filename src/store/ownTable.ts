import { clip, integerCodec } from '../experiment/codecs.ts';
import { ConfigError } from '../experiment/errors.ts';
import type { TextCodec, TextFieldsOf } from '../experiment/textSettings.ts';
import type { ExperimentConfig } from '../experiment/types.ts';
import type { TableEntry } from '../protocol/studies.ts';
import type { ReverseStage } from '../views/reverse/stage.ts';
import { budgetStage } from './budgetStage.ts';
import { type PaperTable, TABLE_STEPS } from './paperTables.ts';
import { type AxisTexts, axesOf, axisFields, axisOf } from './tableAxes.ts';

/** What a person chooses of tables. */
export interface TableChoice {
  /** Of a table of their own. */
  readonly rows: AxisTexts;
  readonly columns: AxisTexts;
  /** Steps that the model of a cell is trained for. */
  readonly trainSteps: number;
}

const NAME = /^[A-Za-z][A-Za-z0-9]*$/;

/** `nSteps_5_10_20` */
const axisCodec: TextCodec<AxisTexts> = {
  format: ({ field, values }) => [field, ...values].join('_'),
  parse(text, name, fallback) {
    const [field = '', ...values] = text.split('_');
    if (NAME.test(field)) return { value: { field, values: [...new Set(values)] }, warnings: [] };
    return {
      value: fallback,
      warnings: [`${name}: ${clip(text)} is not a field with its values; left out.`],
    };
  },
};

/** The choices as links carry them. */
export const TABLE_FIELDS: TextFieldsOf<TableChoice> = {
  rows: { name: 'Rows', key: 'tr', default: { field: 'eta', values: ['0', '0.5', '1'] }, codec: axisCodec },
  columns: {
    name: 'Columns',
    key: 'tc',
    default: { field: 'nSteps', values: ['5', '10', '20', '50'] },
    codec: axisCodec,
  },
  trainSteps: {
    name: 'Training of each model',
    key: 'tt',
    default: TABLE_STEPS,
    codec: integerCodec(1, 100_000),
  },
};

/** The settings that have numbers of their own, which go with them. */
const WITH_NUMBERS = ['sampler', 'timeGrid', 'clip'];

/**
 * A table of a person's own. All else is as on a stage of the page.
 * @returns the table, or in a sentence why there is none
 */
export function ownTable(
  { rows, columns }: Pick<TableChoice, 'rows' | 'columns'>,
  stage: ReverseStage,
  config: ExperimentConfig,
): PaperTable | string {
  try {
    const axes = axesOf(axisOf(rows), axisOf(columns), config);
    const { parameters, ...run } = budgetStage(stage, config.nChain);
    const keepsNumbers = [rows, columns].every(({ field }) => !WITH_NUMBERS.includes(field));
    return {
      base: {
        run: { ...run, condition: null, direction: 'sample', parameters: keepsNumbers ? parameters : {} },
      },
      rows: labelled(axes.rows, rows),
      columns: labelled(axes.columns, columns),
      bits: false,
      measure: 'w2',
      paper: null,
      note: '',
    };
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}

/** Entries by the names that people know. */
function labelled(entries: readonly TableEntry[], { field, values }: AxisTexts): readonly TableEntry[] {
  const label = axisFields.find(({ name }) => name === field)?.label ?? field;
  return entries.map((entry, i) => ({ ...entry, label: `${label} = ${values[i]}` }));
}
