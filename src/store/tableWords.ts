import type { TableCell, TableEntry, TableRequest, TableResult } from '../protocol/studies.ts';
import type { PaperTable, TableMeasure } from './paperTables.ts';

/** What a measure has of a cell; null for a blank one. */
export function measuredOf(cell: TableCell | undefined, measure: TableMeasure): number | null {
  const value = cell?.blank === null ? cell[measure] : null;
  return value !== null && Number.isFinite(value) ? value : null;
}

export const cellAt = (
  { cells }: TableResult,
  row: number,
  column: number,
  denoiser: TableCell['denoiser'],
): TableCell | undefined =>
  cells.find((cell) => cell.row === row && cell.column === column && cell.denoiser === denoiser);

/** Cells whose numbers differ by less than so many standard errors are not ordered. */
const SURE = 2;

const ERRORS = {
  w2: 'w2Error',
  strays: 'straysError',
  missed: 'missedError',
  accuracy: 'accuracyError',
  bits: 'bitsError',
} as const satisfies Readonly<Record<TableMeasure, keyof TableCell>>;

const errorOf = (cell: TableCell, measure: TableMeasure): number => cell[ERRORS[measure]] ?? 0;

/** Whether more of a measure is better. */
export const isGain = (measure: TableMeasure): boolean => measure === 'accuracy';

interface Pairs {
  readonly same: number;
  readonly opposite: number;
  /** Too near to each other to tell. */
  readonly tied: number;
}

/** Of all pairs of cells that the paper orders, how many the toy orders alike. */
export function orderedAlike(result: TableResult, { paper, measure }: PaperTable): Pairs {
  const known = (paper?.cells ?? []).flatMap((line, row) =>
    line.flatMap((number, column) => {
      const cell = cellAt(result, row, column, 'learned');
      const value = measuredOf(cell, measure);
      return number === null || value === null || !cell
        ? []
        : [{ number, value, error: errorOf(cell, measure) }];
    }),
  );
  const pairs = { same: 0, opposite: 0, tied: 0 };
  for (const [i, a] of known.entries()) {
    for (const b of known.slice(i + 1)) {
      const sure = Math.abs(a.value - b.value) > SURE * Math.hypot(a.error, b.error);
      const alike = Math.sign(a.value - b.value) === Math.sign(a.number - b.number);
      pairs[sure ? (alike ? 'same' : 'opposite') : 'tied'] += 1;
    }
  }
  return pairs;
}

/** Whether the toy shows the paper's order, or which cell is best, in a sentence; null before there are cells. */
export function tableSentence(
  result: TableResult,
  table: PaperTable,
  names: { readonly rows: readonly TableEntry[]; readonly columns: readonly TableEntry[] } = table,
): string | null {
  const order = orderSentence(orderedAlike(result, table));
  if (table.tells === 'students') {
    if (names.columns.some((_, column) => !isFilled(result, column, names))) return null;
    const told = [
      studentsSentence(result, names),
      fewestSentence(result, names),
      straysSentence(result, names),
      order,
    ];
    return told.filter((sentence) => sentence !== null).join(' ') || null;
  }
  if (order !== null) return order;
  if (table.tells === 'trade') return tradeSentence(result, names);
  if (table.tells === 'fewest') return fewestSentence(result, names);
  const { measure } = table;
  const sign = isGain(measure) ? -1 : 1;
  const filled = result.cells
    .filter((cell) => cell.denoiser === 'learned' && measuredOf(cell, measure) !== null)
    .toSorted((a, b) => sign * (measuredOf(a, measure)! - measuredOf(b, measure)!));
  const [best] = filled;
  if (!best || filled.length < 2) return null;
  return `Best with the network: ${names.rows[best.row]?.label}, ${names.columns[best.column]?.label}.`;
}

/** Whether every cell of the network in a column is there, blank or not: what is said of rows that are not made yet is untrue. */
const isFilled = (
  result: TableResult,
  column: number,
  { rows }: { readonly rows: readonly TableEntry[] },
): boolean => rows.every((_, row) => cellAt(result, row, column, 'learned') !== undefined);

/** null where the paper orders nothing. */
function orderSentence(pairs: Pairs): string | null {
  const { same, opposite, tied } = pairs;
  const all = same + opposite + tied;
  if (all === 0) return null;
  const rest = tied === 0 ? '' : `, ${tied} are too near to each other to tell`;
  return `${verdictOn(pairs)}: of ${all} pairs of cells that the paper orders, it orders ${same} alike and ${opposite} the other way${rest}.`;
}

function verdictOn({ same, opposite, tied }: Pairs): string {
  if (same + opposite < tied) return 'The toy leaves most undecided';
  return opposite === 0 ? 'The toy shows the paper’s order' : 'The toy’s order differs';
}

/** The columns of which both rows have the network's measure; none before all cells of both are there. */
function columnsOfBoth(
  result: TableResult,
  rows: readonly [number, number],
  measure: TableMeasure,
  n: number,
) {
  const columns = Array.from({ length: n }, (_, column) => column);
  const cellsOf = (column: number) => rows.map((row) => cellAt(result, row, column, 'learned'));
  if (columns.some((column) => cellsOf(column).includes(undefined))) return [];
  return columns.filter((column) => cellsOf(column).every((cell) => measuredOf(cell, measure) !== null));
}

/** The mean of a measure over these columns of a row of the network's cells, with its standard error; null where there are none. */
function rowMean({ cells }: TableResult, row: number, measure: TableMeasure, columns: readonly number[]) {
  const own = cells.filter(
    (cell) => cell.row === row && cell.denoiser === 'learned' && columns.includes(cell.column),
  );
  const values = own.flatMap((cell) => measuredOf(cell, measure) ?? []);
  if (own.length === 0 || values.length < own.length) return null;
  const error = Math.hypot(...own.map((cell) => errorOf(cell, measure))) / own.length;
  return { value: values.reduce((sum, value) => sum + value, 0) / own.length, error };
}

const NAMES = {
  accuracy: 'accuracy',
  missed: 'the share of the class that is missed',
  strays: 'the share of strays',
} as const;

interface Measured {
  readonly value: number;
  readonly error: number;
}

/** Which way a share has gone beyond chance, 1, −1 or 0, and that in words. */
function changeOf(from: Measured, to: Measured): { readonly way: number; readonly words: string } {
  const sure = Math.abs(to.value - from.value) > SURE * Math.hypot(from.error, to.error);
  const way = sure ? Math.sign(to.value - from.value) : 0;
  const verb = way === 0 ? 'hardly changes,' : way > 0 ? 'rises' : 'falls';
  const percent = ({ value }: Measured) => (100 * value).toFixed(1);
  return { way, words: `${verb} from ${percent(from)} to ${percent(to)} %` };
}

/** What the last row has of accuracy, missed and strays beside the first, and whether one is bought with the other. */
function tradeSentence(
  result: TableResult,
  { rows, columns }: { readonly rows: readonly TableEntry[]; readonly columns: readonly TableEntry[] },
): string | null {
  const last = rows.length - 1;
  const changes = (['accuracy', 'missed', 'strays'] as const).map((measure) => {
    const both = columnsOfBoth(result, [0, last], measure, columns.length);
    const [a, b] = [rowMean(result, 0, measure, both), rowMean(result, last, measure, both)];
    return a && b ? { measure, ...changeOf(a, b) } : null;
  });
  if (!changes.every((change) => change !== null)) return null;
  const [accuracy, missed] = changes;
  const told = changes.map(({ measure, words }) => `${NAMES[measure]} ${words}`);
  const trades = accuracy!.way > 0 && missed!.way > 0;
  const verdict = trades
    ? 'Accuracy is bought with variety.'
    : 'Accuracy is not bought with variety here, beyond chance.';
  return `With the network, from ${rows[0]!.label} to ${rows[last]!.label} in the mean over the columns, ${told.join(', ')}. ${verdict}`;
}

/** The last row of each column, from the first on, that is as good as the first within chance. */
function fewestSentence(
  result: TableResult,
  { rows, columns }: { readonly rows: readonly TableEntry[]; readonly columns: readonly TableEntry[] },
): string | null {
  const told = columns.flatMap(({ label }, column) => {
    const first = cellAt(result, 0, column, 'learned');
    if (!first || measuredOf(first, 'w2') === null || !isFilled(result, column, { rows })) return [];
    const worse = rows.findIndex((_, row) => {
      const cell = cellAt(result, row, column, 'learned');
      return !cell || !(cell.w2 - first.w2 <= SURE * Math.hypot(cell.w2Error, first.w2Error));
    });
    return [`${label} down to ${rows.at(worse < 0 ? -1 : worse - 1)!.label}`];
  });
  return told.length === 0 ? null : `As near to the data as with ${rows[0]!.label}: ${told.join(', ')}.`;
}

/** With how many steps the second column is nearer to the data than the first, beyond chance; null before there are cells of both. */
function studentsSentence(
  result: TableResult,
  { rows, columns }: { readonly rows: readonly TableEntry[]; readonly columns: readonly TableEntry[] },
): string | null {
  const pairs = rows.flatMap(({ label }, row) => {
    const [own, student] = [0, 1].map((column) => cellAt(result, row, column, 'learned'));
    if (!own || !student || measuredOf(own, 'w2') === null || measuredOf(student, 'w2') === null) return [];
    return [{ label, gain: own.w2 - student.w2, error: Math.hypot(own.w2Error, student.w2Error) }];
  });
  if (pairs.length === 0) return null;
  const nearer = pairs.filter(({ gain, error }) => gain > SURE * error).map(({ label }) => label);
  const [than, what] = columns.map(({ label }) => label);
  return nearer.length === 0
    ? `Nowhere is the ${what} nearer to the data than the ${than}, beyond chance.`
    : `Nearer to the data than the ${than} with as many steps: the ${what} with ${nearer.join(', ')}.`;
}

/** What of the second column's samples strays in its last row, beside its first: sliced W₂ hardly sees a few that are far off. */
function straysSentence(
  result: TableResult,
  { rows, columns }: { readonly rows: readonly TableEntry[]; readonly columns: readonly TableEntry[] },
): string | null {
  const [first, last] = [0, rows.length - 1].map((row) => {
    const cell = cellAt(result, row, 1, 'learned');
    const value = measuredOf(cell, 'strays');
    return cell && value !== null ? { value, error: cell.straysError } : null;
  });
  if (!first || !last) return null;
  return `From ${rows[0]!.label} to ${rows.at(-1)!.label} ${NAMES.strays} of the ${columns[1]!.label} ${changeOf(first, last).words}.`;
}

/** What is to be known of a cell beside its numbers; null where there is nothing. */
export function cellNote(
  { base, rows, columns }: Pick<TableRequest, 'base' | 'rows' | 'columns'>,
  row: number,
  column: number,
): string | null {
  const layers = [base, rows[row]!, columns[column]!];
  const teacher = layers.findLast(({ distilledFrom }) => distilledFrom)?.distilledFrom;
  const own = layers.findLast(({ run }) => run?.nSteps !== undefined)?.run?.nSteps;
  return teacher !== undefined && teacher === own
    ? `There is no student of ${own} steps: these are the numbers of the teacher, which takes as many.`
    : null;
}

/**
 * The table as comma-separated values: lines that begin with # say what it is of, then there is a line for each cell.
 * @param about names and values
 */
export function tableCsv(
  { cells }: TableResult,
  { rows, columns }: { readonly rows: readonly TableEntry[]; readonly columns: readonly TableEntry[] },
  about: Readonly<Record<string, string | number>> = {},
): string {
  const quote = (text: string | number | null) => {
    const written = text === null || (typeof text === 'number' && Number.isNaN(text)) ? '' : String(text);
    return /[",\n]/.test(written) ? `"${written.replaceAll('"', '""')}"` : written;
  };
  const head =
    'row,column,denoiser,w2,w2Error,strays,straysError,missed,missedError,accuracy,accuracyError,bits,bitsError,nfe,blank';
  const lines = cells.map((cell) =>
    [
      ...[rows[cell.row]?.label ?? '', columns[cell.column]?.label ?? '', cell.denoiser],
      ...[
        cell.w2,
        cell.w2Error,
        cell.strays,
        cell.straysError,
        cell.missed,
        cell.missedError,
        cell.accuracy,
        cell.accuracyError,
        cell.bits,
        cell.bitsError,
        cell.nfe,
        cell.blank,
      ],
    ]
      .map(quote)
      .join(','),
  );
  const said = Object.entries(about).map(
    ([name, value]) => `# ${name}: ${String(value).replaceAll(/\s+/g, ' ')}`,
  );
  return `${[...said, head, ...lines].join('\n')}\n`;
}
