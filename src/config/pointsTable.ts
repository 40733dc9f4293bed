import Papa from 'papaparse';
import { POINTS_FORMATS, PointsFileError, rejectRows } from './pointsFileError.ts';

export interface TableRows {
  /** Interleaved, as in the file. */
  readonly points: number[];
  /** Which columns were used, where that was not plain. */
  readonly notes: readonly string[];
}

/**
 * Rows of text, their first line perhaps a header.
 * @throws PointsFileError naming the line
 */
export function readPointsTable(content: string, fileName: string): TableRows {
  const rows = splitRows(content);
  rejectRows(rows.length, fileName);
  const points: number[] = [];
  const notes: string[] = [];
  let columns: readonly [x: number, y: number] = [0, 1];
  let started = false;
  for (const [i, cells] of rows.entries()) {
    if (cells.every((cell) => cell === '') || cells[0]!.startsWith('#')) continue;
    if (!started && isHeader(cells)) columns = namedColumns(cells);
    else points.push(...readRow(cells, columns, `${fileName}, line ${i + 1}`));
    if (!started && cells.length > 2) {
      notes.push(`Used columns ${columns[0] + 1} and ${columns[1] + 1} of ${cells.length}.`);
    }
    started = true;
  }
  return { points, notes };
}

/** Cells of each line: by comma, semicolon or tab (with CSV's quotes), else by white space. */
function splitRows(content: string): readonly (readonly string[])[] {
  const first = /^(?![^\S\r\n]*(#|$)).*$/m.exec(content)?.[0] ?? '';
  const delimiter = ['\t', ';', ','].find((mark) => first.includes(mark));
  if (delimiter === undefined) return content.split(/\r\n|\r|\n/).map((line) => line.trim().split(/\s+/));
  const { data } = Papa.parse<string[]>(content, { delimiter, skipEmptyLines: false });
  return data.map((cells) => cells.map((cell) => cell.trim()));
}

/** A first line of words; words that stand for missing numbers are data. */
const isHeader = (cells: readonly string[]) =>
  cells.length >= 2 && cells.every((cell) => !isNumber(cell) && !isMissing(cell));

/** The columns called x and y, or else the first two. */
function namedColumns(header: readonly string[]): readonly [x: number, y: number] {
  const names = header.map((cell) => cell.toLowerCase());
  return names.includes('x') && names.includes('y') ? [names.indexOf('x'), names.indexOf('y')] : [0, 1];
}

const isNumber = (cell: string) => cell !== '' && Number.isFinite(Number(cell));
const isMissing = (cell: string) => /^(|na|n\/a|nan|null|none|[+-]?inf(inity)?)$/i.test(cell);

function readRow(
  cells: readonly string[],
  columns: readonly [number, number],
  place: string,
): [number, number] {
  if (cells.length < 2) {
    throw new PointsFileError(`${place}: one column where two (x, y) are needed.`, POINTS_FORMATS);
  }
  const pair = columns.map((column) => {
    const cell = cells[column] ?? '';
    if (isNumber(cell)) return Number(cell);
    const what = cell === '' ? 'an empty cell' : `"${cell.slice(0, 24)}"`;
    throw new PointsFileError(`${place}: ${what} is not a finite number.`, 'Correct or delete that line.');
  });
  return [pair[0]!, pair[1]!];
}
