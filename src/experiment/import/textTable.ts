import Papa from 'papaparse';
import { type DecimalMark, isMissing, numberOf } from './cells.ts';
import { type Dialect, guessDialect, SEPARATORS, type Separator, splitLine, usualWidth } from './dialect.ts';
import { settleMark } from './marks.ts';
import { POINTS_FORMATS, PointsFileError } from './pointsFileError.ts';
import type { FormatChoices, RawTable } from './rawTable.ts';
import { withoutUnits } from './units.ts';

const NAMES: Readonly<Record<Separator, string>> = {
  ',': 'CSV',
  ';': 'CSV',
  '\t': 'TSV',
  '|': 'text',
  ' ': 'text',
};
const MAX_COLUMNS = 1000;
/** So many rows tell whether the first names the columns. */
const TRIED = 200;

interface Line {
  readonly cells: readonly string[];
  /** From 1. */
  readonly line: number;
}

/**
 * A table of text: lines, perhaps after some that are not of the table, perhaps with names first.
 * @throws PointsFileError naming the line
 */
export function readTextTable(text: string, fileName: string, choices: FormatChoices): RawTable {
  const hint = /^"?sep=(.)"?[ \t]*(\r\n|\r|\n)/i.exec(text);
  const hinted = SEPARATORS.find((separator) => separator === hint?.[1]);
  const body = withoutBrackets(hint ? text.slice(hint[0].length) : text);
  const firstLine = hint ? 2 : 1;
  const head = body.slice(0, 200_000).split(/\r\n|\r|\n/);
  const attributes = attributesOf(head);
  const telling = head
    .slice(choices.skip ?? attributes?.lines ?? 0)
    .filter((line) => line.trim() !== '' && !isComment(line));
  const dialect = guessDialect(telling, {
    ...(choices.decimal && { decimal: choices.decimal }),
    ...((choices.separator ?? hinted) && { separator: choices.separator ?? hinted! }),
  });
  const all = split(body, dialect, fileName, firstLine);
  const lines = cutEnds(
    all.filter(
      ({ cells, line }) =>
        line - firstLine >= (attributes?.lines ?? 0) &&
        !isComment(cells[0]!) &&
        cells.some((cell) => cell !== ''),
    ),
  );
  const width = usualWidth(lines.slice(0, TRIED).map(({ cells }) => cells));
  if (width > MAX_COLUMNS) {
    const place = `${fileName}, line ${lines[0]!.line}`;
    throw new PointsFileError(`${place}: ${width} columns are too many.`, POINTS_FORMATS);
  }
  const skip = choices.skip ?? attributes?.lines ?? linesBefore(lines, width, firstLine, dialect);
  const written = lines.filter(({ line }) => line - firstLine >= skip);
  const bare = withoutUnits(
    written.map(({ cells }) => cells),
    dialect.decimal,
  );
  const table = written.map(({ line }, i) => ({ line, cells: bare.rows[i]! }));
  const given = attributes?.names.length === width ? attributes.names : null;
  const hasHeader = choices.header ?? (given ? false : null);
  const names = hasHeader === false ? null : headerOf(table, width, dialect, hasHeader === true);
  const rows = dropUnits(names ? table.slice(1) : table, dialect);
  const settled = choices.decimal
    ? { ...dialect, notes: [] }
    : settleMark(
        rows.kept.map(({ cells }) => cells),
        dialect,
      );
  const { separator } = dialect;
  const unitNotes =
    bare.units.length === 0 ? [] : [`Read the numbers without their units: ${bare.units.join(', ')}.`];
  return {
    format: { name: NAMES[separator], separator, decimal: settled.decimal, header: names !== null, skip },
    names:
      names ?? given ?? commentNames(all, rows.kept[0], width) ?? Array.from({ length: width }, () => ''),
    rows: rows.kept.map(({ cells }) => cells),
    place: (row) => `line ${rows.kept[row]!.line}`,
    notes: [...rows.notes, ...unitNotes, ...settled.notes],
  };
}

/** A line that is all in brackets, such as (1, 2), or a point of WKT, POINT (1 2). */
const BRACKETED = /^[ \t]*"?(?:POINT[ \t]*(?:Z[ \t]*)?)?\(([^()\r\n]*\d[^()\r\n]*)\)"?[,;]?[ \t]*$/gim;
const withoutBrackets = (body: string) => body.replace(BRACKETED, '$1');

/** A comment; what Excel writes for a failed formula is none. */
const isComment = (line: string) => /^\s*[#%](?!n\/a|div\/0|value|num!|ref!|name\?)/i.test(line);

function split(body: string, { separator }: Dialect, fileName: string, firstLine: number): readonly Line[] {
  if (separator === ' ') {
    return body
      .split(/\r\n|\r|\n/)
      .map((line, i) => ({ cells: splitLine(line, separator), line: firstLine + i }));
  }
  const { data, errors } = Papa.parse<string[]>(body, { delimiter: separator, skipEmptyLines: false });
  let line = firstLine;
  const lines = data.map((cells) => {
    const at = line;
    line += 1 + cells.reduce((sum, cell) => sum + linesWithin(cell), 0);
    return { cells: cells.map((cell) => cell.trim()), line: at };
  });
  const open = errors.find(({ code }) => code === 'MissingQuotes');
  if (open) {
    const place = `${fileName}, line ${lines[open.row ?? 0]?.line ?? firstLine}`;
    throw new PointsFileError(`${place}: a quotation mark is opened and never closed.`, 'Correct that line.');
  }
  return lines;
}

const linesWithin = (cell: string): number =>
  /[\r\n]/.test(cell) ? (cell.match(/\r\n|\r|\n/g)?.length ?? 0) : 0;

/** Leaves out the empty cells that separators at the ends of lines make, unless a name stands above them. */
function cutEnds(lines: readonly Line[]): readonly Line[] {
  const filled = lines.slice(0, TRIED).map(({ cells }) => cells.slice(0, filledWidth(cells)));
  const usual = usualWidth(filled);
  const above = filled[filled.findIndex(({ length }) => length === usual) - 1]?.length ?? 0;
  const width = Math.max(2, usual, above);
  return lines.map(({ cells, line }) => ({
    cells: cells.slice(0, Math.max(width, filledWidth(cells))),
    line,
  }));
}

const filledWidth = (cells: readonly string[]) => cells.findLastIndex((cell) => cell !== '') + 1;

/** Lines of another width at the start are no part of the table, nor are words before its names: titles, dates. */
function linesBefore(lines: readonly Line[], width: number, firstLine: number, { decimal }: Dialect): number {
  if (width < 2) return 0;
  // A table with row names may have one name less in its first line (R's write.table).
  const ofTable = lines.findIndex(({ cells }, i) => {
    if (cells.length === width) return true;
    return cells.length === width - 1 && width > 2 && lines[i + 1]?.cells.length === width;
  });
  const first = Math.max(ofTable, namesLine(lines, width, decimal));
  return first <= 0 ? 0 : lines[first]!.line - firstLine;
}

const AXIS = /^(x|y|x1|x2|lon|lng|longitude|lat|latitude)$/i;

/** The last line of words above the numbers, or the one above it where the last gives the units; −1 without one. */
function namesLine(lines: readonly Line[], width: number, decimal: DecimalMark): number {
  const numbers = ({ cells }: Line) => cells.filter((cell) => numberOf(cell, decimal) !== null).length;
  const isWords = (line: Line) =>
    numbers(line) === 0 && line.cells.filter((cell) => !isMissing(cell)).length >= 2;
  const firstRow = lines.findIndex((line) => numbers(line) >= 2);
  const last = lines.slice(0, Math.max(0, firstRow)).findLastIndex(isWords);
  const above = lines[last - 1];
  if (!above || !isWords(above) || above.cells.length !== width) return last;
  const isTitle = above.cells.some((cell) => isMissing(cell) || /[:=]/.test(cell));
  return isTitle || lines[last]!.cells.some((cell) => AXIS.test(cell)) ? last : last - 1;
}

/** Weka's ARFF names each column in a line of its own, and says where the rows begin. */
function attributesOf(head: readonly string[]) {
  const rows = head.findIndex((line) => /^\s*@data\s*$/i.test(line));
  if (rows < 0) return null;
  const names = head.slice(0, rows).flatMap((line) => {
    const [, double, single, plain] = /^\s*@attribute\s+(?:"([^"]*)"|'([^']*)'|(\S+))/i.exec(line) ?? [];
    return double ?? single ?? plain ?? [];
  });
  return { names, lines: rows + 1 };
}

/** The names in the first line of a table, or null where it has none. */
function headerOf(
  table: readonly Line[],
  width: number,
  { decimal }: Dialect,
  wanted: boolean,
): readonly string[] | null {
  const first = table[0]?.cells;
  if (!first) return null;
  const short = first.length === width - 1;
  const names = Array.from({ length: width }, (_, i) => (short ? ['', ...first] : first)[i] ?? '');
  if (wanted || short) return names;
  const rest = table.slice(1, TRIED).map(({ cells }) => cells);
  const isNumber = (cell: string | undefined) => numberOf(cell ?? '', decimal) !== null;
  const numeric = names.map(
    (_, column) => rest.filter((cells) => isNumber(cells[column])).length > rest.length / 2,
  );
  const words = names.filter((cell, i) => numeric[i] && !isNumber(cell) && !isMissing(cell)).length;
  const numbers = names.filter((cell, i) => numeric[i] && isNumber(cell)).length;
  if (words > 0 && words >= numbers) return names;
  if (words === 0 && numbers === 0 && rest.length > 0) return numeric.some(Boolean) ? null : names;
  return isCounted(names) && rest.flat().some((cell) => /[.,]\d/.test(cell)) ? names : null;
}

/** Columns that pandas has counted: 0, 1, … , perhaps after the empty name of an index. */
function isCounted(names: readonly string[]): boolean {
  const counted = names[0] === '' ? names.slice(1) : names;
  return counted.length >= 2 && counted.every((name, i) => name === String(i));
}

/** Lines of words below the names, such as units: they are no points. */
function dropUnits(lines: readonly Line[], { decimal }: Dialect) {
  const isWords = ({ cells }: Line) =>
    cells.every((cell) => numberOf(cell, decimal) === null) && cells.some((cell) => !isMissing(cell));
  const [first, second] = lines;
  const drops = first && second && lines.length > 3 && isWords(first) && !isWords(second);
  if (!drops) return { kept: lines, notes: [] };
  return { kept: lines.slice(1), notes: [`Passed over line ${first.line}, which has no number.`] };
}

/** The names that numpy's savetxt writes: a comment right above the numbers, with as many words as there are columns. */
function commentNames(
  all: readonly Line[],
  first: Line | undefined,
  width: number,
): readonly string[] | null {
  const above = all.filter(({ line, cells }) => first && line < first.line && isComment(cells[0]!)).at(-1);
  if (!above || !first || above.line !== first.line - 1) return null;
  const text = above.cells.join(' ').replace(/^\s*[#%]+\s*/, '');
  const words = text.split(/[\s,;|]+/).filter((word) => word !== '');
  return words.length === width && words.some((word) => Number.isNaN(Number(word))) ? words : null;
}
