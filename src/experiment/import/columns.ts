import { MAX_CLASSES } from '../pointsTableCodec.ts';
import { type Cell, isMissing, numberOf, textOf } from './cells.ts';
import type { RawTable } from './rawTable.ts';

/** What a column is, as far as its cells tell. */
export interface Column {
  /** As the file calls it, or "column 3". */
  readonly label: string;
  readonly nNumbers: number;
  /** Cells that are neither numbers nor missing. */
  readonly nWords: number;
  /** Different values, counted up to `MOST_DISTINCT`. */
  readonly distinct: number;
  /** Whether it numbers the rows: whole numbers that go up from row to row, an index by name, or the time of each row. */
  readonly isIndex: boolean;
  readonly constant: boolean;
}

/** Which column is what, by index; null for none. */
export interface Roles {
  readonly x: number | null;
  readonly y: number | null;
  readonly class: number | null;
}

const MOST_DISTINCT = 50;
const INDEX_NAME =
  /^(index|idx|id|uuid|guid|key|no|nr|number|row|rownames|row_?(id|num|number)|unnamed.*|.*[_ ]id|#)$/i;
const TIME_NAME =
  /^(time|date|datetime|epoch|(unix|posix)([_ .]?time)?|(.*[_ .])?(timestamp|time|epoch))([_ .([]+(s|sec|seconds|ms|us|ns|utc)[)\]]?)?$/i;
const CLASS_NAME =
  /^(class|classes|label|labels|target|species|group|category|cluster|type|kind|variety|cls|klass|class[_ ].*|.*[_ ](class|label|cluster|group))$/i;

export function describeColumns({ names, rows, format }: RawTable): readonly Column[] {
  return names.map((name, column) => {
    let nNumbers = 0;
    let nWords = 0;
    let whole = true;
    let rising = true;
    let low = Infinity;
    let high = -Infinity;
    const values = new Set<string>();
    for (const row of rows) {
      const cell: Cell = row[column] ?? null;
      if (values.size <= MOST_DISTINCT && !isMissing(cell)) values.add(textOf(cell));
      const value = numberOf(cell, format.decimal);
      if (value === null) {
        if (!isMissing(cell)) nWords += 1;
        continue;
      }
      nNumbers += 1;
      if (!Number.isInteger(value)) whole = false;
      if (value <= high) rising = false;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    const rises = rising && nNumbers === rows.length && rows.length > 2;
    const counts = rises && whole;
    const numbered = counts && high - low === rows.length - 1;
    return {
      label: name === '' ? `column ${column + 1}` : name,
      nNumbers,
      nWords,
      distinct: values.size,
      isIndex:
        (name === '' && counts && names.some((other) => other !== '')) ||
        numbered ||
        (rises && TIME_NAME.test(name.trim())) ||
        (INDEX_NAME.test(name) && (counts || values.size > MAX_CLASSES)),
      constant: low === high,
    };
  });
}

/** A good guess of the columns for x, y and the class. */
export function guessRoles(columns: readonly Column[], names: readonly string[]): Roles {
  const lower = names.map((name) => name.trim().toLowerCase());
  const numeric = columns.map(({ nNumbers, nWords }) => nNumbers > 0 && nNumbers >= nWords);
  const find = (...wanted: readonly string[]) =>
    lower.findIndex((name, i) => numeric[i] && wanted.includes(name));
  const pairs = [
    [find('x'), find('y')],
    [find('lon', 'lng', 'long', 'longitude'), find('lat', 'latitude')],
    [find('x1', 'x_1', 'x0', 'x_0'), find('x2', 'x_2', lower.includes('x0') ? 'x1' : 'x2')],
    [
      lower.findIndex((name) => /(^|[._ ])x$/.test(name)),
      lower.findIndex((name) => /(^|[._ ])y$/.test(name)),
    ],
  ] as const;
  const named = pairs.find(([x, y]) => x >= 0 && y >= 0 && x !== y);
  if (named) {
    const [x, y] = named;
    return { x, y, class: classAmong(columns, names, [x, y]) };
  }
  const candidates = columns.flatMap((column, i) => (numeric[i] && !column.isIndex ? [i] : []));
  const label =
    candidates.length > 2 ? classAmong(columns, names, []) : classAmong(columns, names, candidates);
  const free = candidates.filter((i) => i !== label);
  const varied = free.filter((i) => !columns[i]!.constant);
  // Where nothing else is left, an index will do.
  const numbers = columns.flatMap((_, i) => (numeric[i] && i !== label ? [i] : []));
  const [x = null, y = null] = varied.length >= 2 ? varied : free.length >= 2 ? free : numbers;
  return { x, y, class: label === x || label === y ? null : label };
}

/** The first column whose few values can be classes: one that is called so, then one of words, then one of whole numbers. */
function classAmong(
  columns: readonly Column[],
  names: readonly string[],
  taken: readonly number[],
): number | null {
  const total = Math.max(...columns.map(({ nNumbers, nWords }) => nNumbers + nWords));
  const few = columns.flatMap(({ distinct, isIndex }, i) => {
    const fits = distinct >= 2 && distinct <= MAX_CLASSES && distinct <= total / 2;
    return fits && !isIndex && !taken.includes(i) ? [i] : [];
  });
  const called = few.find((i) => CLASS_NAME.test(names[i]!.trim()));
  const inWords = few.find((i) => columns[i]!.nWords > columns[i]!.nNumbers);
  const numbers = columns.filter(({ nNumbers, nWords, isIndex }) => nNumbers > nWords && !isIndex).length;
  const last = few.find((i) => i === columns.length - 1 && total > 20 && numbers > 2);
  return called ?? inWords ?? last ?? null;
}
