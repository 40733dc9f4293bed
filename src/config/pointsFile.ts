import Papa from 'papaparse';
import * as v from 'valibot';
import {
  countDistinct,
  MAX_CUSTOM_POINTS,
  MIN_CUSTOM_POINTS,
  POINTS_EXTENT,
  snapCoordinate,
} from './pointsCodec.ts';
import { boundingSquare, thinEvenly } from './thinEvenly.ts';

export const MAX_FILE_BYTES = 20 * 2 ** 20;
export const MAX_FILE_ROWS = 1_000_000;

/** Extents in data units below which a shape would be invisible on a stage about 8 wide. */
const MIN_EXTENT = 0.5;
/** Half the extent that a rescaled shape is given. */
const TARGET_HALF_EXTENT = 3;

/** A file that is not points. `message` names the place and the problem, `advice` says what to do. */
export class PointsFileError extends Error {
  override readonly name = 'PointsFileError';
  readonly advice: string;

  constructor(message: string, advice: string) {
    super(message);
    this.advice = advice;
  }
}

export interface PointsFile {
  /** Interleaved x₀,y₀,x₁,y₁,…, data units, at most 1 000 points, ready for `customPoints`. */
  readonly points: readonly number[];
  /** Rows in the file, before any were thinned out. */
  readonly nRead: number;
  /** What was done to the points, in sentences. */
  readonly notes: readonly string[];
}

interface TableRows {
  readonly points: number[];
  readonly notes: readonly string[];
}

const FORMATS = 'Give two numbers per line (x, y), or JSON like [[0, 1], [2, 3]].';

/**
 * Points from the text of a CSV, TSV, white-space separated or JSON file.
 * JSON may be [[x, y], …], [{"x": …, "y": …}, …] or {"points": either}. One header row is passed over.
 * @throws PointsFileError
 */
export function parsePoints(text: string, fileName: string): PointsFile {
  const content = text.replace(/^\uFEFF/, '');
  rejectUnreadable(content, fileName);
  const looksLikeJson = /\.json$/i.test(fileName) || /^\s*[[{]/.test(content);
  const { points, notes } = looksLikeJson
    ? { points: readJson(content, fileName), notes: [] }
    : readTable(content, fileName);
  rejectTooFew(points, `${fileName} has`);
  const fitted = fit(points);
  rejectTooFew(fitted.points, `Scaled to fit the view, ${fileName} has`);
  return { ...fitted, notes: [...notes, ...fitted.notes] };
}

function rejectTooFew(points: readonly number[], subject: string): void {
  const usable =
    points.every(Number.isFinite) && countDistinct(points, MIN_CUSTOM_POINTS) >= MIN_CUSTOM_POINTS;
  if (usable) return;
  throw new PointsFileError(
    `${subject} fewer than ${MIN_CUSTOM_POINTS} different points.`,
    'A data set needs three different points at least; some hundreds show more. Outliers shrink the rest.',
  );
}

function rejectUnreadable(content: string, fileName: string): void {
  if (content.trim() === '') throw new PointsFileError(`${fileName} is empty.`, FORMATS);
  if (content.length > MAX_FILE_BYTES) {
    const size = Math.round(content.length / 2 ** 20);
    throw new PointsFileError(
      `${fileName} is too large (${size} MB; the limit is 20 MB).`,
      'Keep fewer rows.',
    );
  }
  // Text has no NUL, and U+FFFD is what bytes that are not UTF-8 turn into.
  if (/[\0\uFFFD]/.test(content.slice(0, 4096))) {
    throw new PointsFileError(`${fileName} is not a text file.`, FORMATS);
  }
}

function rejectRows(count: number, fileName: string): void {
  if (count <= MAX_FILE_ROWS) return;
  throw new PointsFileError(
    `${fileName} has more than ${MAX_FILE_ROWS.toLocaleString('en')} rows.`,
    `Keep a random part of it: ${MAX_CUSTOM_POINTS.toLocaleString('en')} points are used.`,
  );
}

function readTable(content: string, fileName: string): TableRows {
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
    throw new PointsFileError(`${place}: one column where two (x, y) are needed.`, FORMATS);
  }
  const pair = columns.map((column) => {
    const cell = cells[column] ?? '';
    if (isNumber(cell)) return Number(cell);
    const what = cell === '' ? 'an empty cell' : `"${cell.slice(0, 24)}"`;
    throw new PointsFileError(`${place}: ${what} is not a finite number.`, 'Correct or delete that line.');
  });
  return [pair[0]!, pair[1]!];
}

const PairList = v.array(v.tuple([v.pipe(v.number(), v.finite()), v.pipe(v.number(), v.finite())]));
const XyList = v.array(v.object({ x: v.pipe(v.number(), v.finite()), y: v.pipe(v.number(), v.finite()) }));
const PointsObject = v.object({ points: v.array(v.unknown()) });

function readJson(content: string, fileName: string): number[] {
  const parsed = parseJson(content, fileName);
  const wrapped = v.safeParse(PointsObject, parsed);
  const list = wrapped.success ? wrapped.output.points : parsed;
  if (!Array.isArray(list)) {
    throw new PointsFileError(`${fileName} holds no list of points.`, FORMATS);
  }
  if (list.length === 0) throw new PointsFileError(`${fileName} is empty.`, FORMATS);
  rejectRows(list.length, fileName);
  const first: unknown = list[0];
  if (Array.isArray(first)) return readItems(PairList, list, fileName).flat();
  return readItems(XyList, list, fileName).flatMap(({ x, y }) => [x, y]);
}

function readItems<Item>(schema: v.GenericSchema<unknown, Item[]>, list: unknown, fileName: string): Item[] {
  const result = v.safeParse(schema, list, { abortEarly: true });
  if (result.success) return result.output;
  const key = result.issues[0].path?.[0]?.key;
  const place = typeof key === 'number' ? `${fileName}, point ${key + 1}` : fileName;
  throw new PointsFileError(`${place}: not two finite numbers (x, y).`, FORMATS);
}

function parseJson(content: string, fileName: string): unknown {
  try {
    return JSON.parse(content);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'not JSON';
    const position = /position (\d+)/.exec(reason)?.[1];
    const line = position === undefined ? null : content.slice(0, Number(position)).split('\n').length;
    const place = line === null ? fileName : `${fileName}, line ${line}`;
    throw new PointsFileError(`${place}: the JSON cannot be read (${reason}).`, FORMATS);
  }
}

/** Thins, and moves and scales shapes that would not be seen on the stages. */
function fit(rows: readonly number[]): PointsFile {
  const notes: string[] = [];
  const nRead = rows.length / 2;
  if (nRead > MAX_CUSTOM_POINTS) {
    const counts = `${nRead.toLocaleString('en')} points to ${MAX_CUSTOM_POINTS.toLocaleString('en')}`;
    notes.push(`Thinned evenly from ${counts}.`);
  }
  const thinned = thinEvenly(rows, MAX_CUSTOM_POINTS);
  const { centre, extent } = boundingSquare(thinned);
  const outside = thinned.some((coordinate) => Math.abs(coordinate) > POINTS_EXTENT);
  if (!outside && extent >= MIN_EXTENT) return { points: thinned.map(snapCoordinate), nRead, notes };

  const scale = (2 * TARGET_HALF_EXTENT) / extent;
  const from = `(${short(centre[0])}, ${short(centre[1])})`;
  notes.push(`Centred from ${from} and scaled by ${short(scale)}, so that it fits the view.`);
  const fitted = thinned.map((coordinate, i) => (coordinate - centre[(i % 2) as 0 | 1]) * scale);
  return { points: fitted.map(snapCoordinate), nRead, notes };
}

const short = (value: number) => String(Number(value.toPrecision(3)));
