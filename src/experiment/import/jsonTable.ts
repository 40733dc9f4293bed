import type { Cell } from './cells.ts';
import { geoPoints, isGeoJson } from './geoJson.ts';
import { guessMark } from './marks.ts';
import { POINTS_FORMATS, PointsFileError } from './pointsFileError.ts';
import type { FormatChoices, RawTable } from './rawTable.ts';

type Json = Cell | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = { readonly [key: string]: Json };
/** Records or rows, and what kind of JSON they came as. */
interface Found {
  readonly kind: string;
  readonly items: readonly Json[];
  /** Names of the columns of rows that are lists. */
  readonly names?: readonly string[];
  /** Columns that number the rows. */
  readonly without?: readonly string[];
  /** Lines of the file, where an item is a line. */
  readonly lines?: readonly number[];
}

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);
const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isCell = (value: Json | undefined): value is Cell => !isList(value) && !isObject(value);

/**
 * JSON as other tools write it: pairs, objects, columns, lines, GeoJSON, each way of pandas, or any of them one level down.
 * @throws PointsFileError naming the line or the point
 */
export function readJsonTable(text: string, fileName: string, choices: FormatChoices): RawTable {
  const found = parseLines(text, fileName) ?? findItems(parse(text, fileName), fileName);
  if (found.items.length === 0) throw new PointsFileError(`${fileName} is empty.`, POINTS_FORMATS);
  const records = found.items.map((item) => (isList(item) ? item.map(cellOf) : flat(item)));
  const names = found.names ?? namesOf(records, found.without ?? []);
  const titled = isTitles(records[0], records[1]);
  const body = titled ? records.slice(1) : records;
  const columns = titled ? (records[0] as Cell[]).map(String) : names;
  const rows = body.map((record) =>
    Array.isArray(record) ? record : columns.map((name) => (record as Record<string, Cell>)[name] ?? null),
  );
  const decimal = choices.decimal ?? guessMark(rows);
  return {
    format: { name: `JSON (${found.kind})`, separator: null, decimal, header: null, skip: null },
    names: columns,
    rows,
    place: (row) => (found.lines ? `line ${found.lines[row]}` : `point ${row + 1 + (titled ? 1 : 0)}`),
    notes: [],
  };
}

const isTitles = (first: unknown, second: unknown): boolean =>
  Array.isArray(first) &&
  first.length > 0 &&
  first.every((cell) => typeof cell === 'string' && Number.isNaN(Number(cell))) &&
  Array.isArray(second) &&
  second.some((cell) => typeof cell === 'number');

const cellOf = (value: Json): Cell => (isCell(value) ? value : JSON.stringify(value));

/** The cells of one item by name: of what is nested, one level. */
function flat(item: Json): Readonly<Record<string, Cell>> {
  if (!isObject(item)) return { value: cellOf(item) };
  const cells: Record<string, Cell> = {};
  for (const [key, value] of Object.entries(item)) {
    if (isCell(value)) cells[key] = value;
    else if (isObject(value) || value.length <= 8) {
      for (const [inner, part] of Object.entries(value)) if (isCell(part)) cells[`${key}.${inner}`] = part;
    }
  }
  return cells;
}

function namesOf(
  records: readonly (readonly Cell[] | Readonly<Record<string, Cell>>)[],
  without: readonly string[],
): readonly string[] {
  const names = new Set<string>();
  let width = 0;
  for (const record of records) {
    if (Array.isArray(record)) width = Math.max(width, record.length);
    else for (const key in record) names.add(key);
  }
  if (names.size > 0) return [...names].filter((key) => !without.includes(key));
  return Array.from({ length: width }, () => '');
}

/** One value a line, as in JSON lines; null where the text is one value in all. */
function parseLines(text: string, fileName: string): Found | null {
  const lines = text
    .split(/\r\n|\r|\n/)
    .flatMap((line, i) => (line.trim() === '' ? [] : [{ line, at: i + 1 }]));
  const [first, second] = lines;
  const whole = (line: string | undefined) => line !== undefined && /^\s*[{[].*[}\]]\s*$/.test(line);
  if (!first || !second || !whole(first.line) || !/^\s*[{[]/.test(second.line)) return null;
  try {
    parseText(first.line);
  } catch {
    return null;
  }
  const items = lines.map(({ line, at }) => {
    try {
      return parseText(line);
    } catch (error) {
      throw unreadable(`${fileName}, line ${at}`, error);
    }
  });
  return { kind: 'lines', items, lines: lines.map(({ at }) => at) };
}

function parse(text: string, fileName: string): Json {
  try {
    return parseText(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    const position = /position (\d+)/.exec(reason)?.[1];
    const told = /line (\d+)/.exec(reason)?.[1];
    const line = position === undefined ? told : text.slice(0, Number(position)).split('\n').length;
    throw unreadable(line === undefined ? fileName : `${fileName}, line ${line}`, error);
  }
}

/** JSON, and what Python's json writes for numbers that are none. */
function parseText(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    const mended = text.replace(/([[:,\s])(NaN|-?Infinity)(?=\s*[,\]}])/g, '$1null');
    if (mended === text) throw error;
    return JSON.parse(mended) as Json;
  }
}

function unreadable(place: string, error: unknown): PointsFileError {
  const reason = error instanceof Error ? error.message : 'not JSON';
  return new PointsFileError(`${place}: the JSON cannot be read (${reason}).`, POINTS_FORMATS);
}

function findItems(value: Json, fileName: string): Found {
  if (isList(value)) {
    const columns = twoColumns(value, fileName) ?? traces(value, fileName);
    if (columns) return columns;
    const cells = value.length > 1 && value.every((item) => isCell(item));
    if (cells)
      throw new PointsFileError(
        `${fileName} is one list of numbers, where two (x, y) are needed.`,
        POINTS_FORMATS,
      );
    return { kind: isList(value[0]) ? 'pairs' : 'objects', items: value };
  }
  if (!isObject(value)) throw new PointsFileError(`${fileName} holds no list of points.`, POINTS_FORMATS);
  if (isGeoJson(value)) return { kind: 'GeoJSON', items: geoPoints(value, fileName) };
  const { columns, data, schema } = value;
  if (isList(columns) && isList(data))
    return { kind: 'split', items: data, names: columns.map((name) => String(name)) };
  if (isObject(schema) && isList(data)) {
    const key = schema.primaryKey;
    return { kind: 'table', items: data, without: isList(key) ? key.map(String) : [] };
  }
  return columnsOf(value, fileName) ?? within(value, fileName);
}

const isColumn = (value: Json | undefined): value is readonly Cell[] => isList(value) && value.every(isCell);

/** [[x, …], [y, …]]: as two points they would be no data set. */
function twoColumns(value: readonly Json[], fileName: string): Found | null {
  const [x, y] = value;
  if (value.length !== 2 || !isColumn(x) || !isColumn(y) || Math.max(x.length, y.length) < 3) return null;
  return columnsOf({ x, y }, fileName);
}

/** [{"x": […], "y": […]}, …] as plotting libraries write them; several are classes by their names. */
function traces(value: readonly Json[], fileName: string): Found | null {
  const isTrace = (item: Json): item is JsonObject => isObject(item) && isColumn(item.x) && isColumn(item.y);
  if (value.length === 0 || !value.every(isTrace)) return null;
  const items = value.flatMap((trace, i) => {
    const { x, y, name } = trace as JsonObject;
    const rows = columnsOf({ x: x!, y: y! }, fileName)!.items;
    return rows.map((row) => [...(row as readonly Json[]), name ?? `trace ${i + 1}`]);
  });
  if (value.length > 1) return { kind: 'traces', names: ['x', 'y', 'trace'], items };
  return { kind: 'traces', names: ['x', 'y'], items: items.map((row) => row.slice(0, 2)) };
}

/** {"x": […], "y": […]}, or {"x": {"0": …}, …} and {"0": {"x": …}, …} as pandas writes columns and rows. */
function columnsOf(value: JsonObject, fileName: string): Found | null {
  const lists = Object.entries(value).filter(([, list]) => isList(list) && list.every(isCell));
  if (lists.length >= 2) {
    const names = lists.map(([key]) => key);
    const columns = lists.map(([, list]) => list as readonly Json[]);
    const n = columns[0]!.length;
    const other = columns.findIndex((column) => column.length !== n);
    if (other >= 0) {
      const counts = `${names[0]} has ${n} numbers and ${names[other]} has ${columns[other]!.length}`;
      throw new PointsFileError(`${fileName}: ${counts}.`, 'Every column needs as many.');
    }
    return {
      kind: 'columns',
      names,
      items: Array.from({ length: n }, (_, i) => columns.map((list) => list[i]!)),
    };
  }
  const entries = Object.entries(value);
  if (entries.length < 2 || !entries.every(([, part]) => isObject(part))) return null;
  const outer = entries.map(([key]) => key);
  const inner = Object.keys(entries[0]![1] as JsonObject);
  const areRows = outer.every((key) => /^\d+$/.test(key)) || outer.length > inner.length;
  if (areRows) return { kind: 'index', items: entries.map(([, part]) => part) };
  const keys = new Set(entries.flatMap(([, part]) => Object.keys(part as JsonObject)));
  const items = [...keys].map((key) => outer.map((name) => (value[name] as JsonObject)[key] ?? null));
  return { kind: 'columns', names: outer, items };
}

/** A value that holds the points under some name: the longest list there is. */
function within(value: JsonObject, fileName: string): Found {
  const lists = Object.values(value).filter((part) => isList(part) && part.some((item) => !isCell(item)));
  const longest = lists.toSorted((a, b) => (b as readonly Json[]).length - (a as readonly Json[]).length)[0];
  if (longest) return findItems(longest, fileName);
  const objects = Object.values(value).filter(isObject);
  if (objects.length === 1) return findItems(objects[0]!, fileName);
  if (Object.values(value).some((part) => isList(part) && part.length === 0)) {
    throw new PointsFileError(`${fileName} is empty.`, POINTS_FORMATS);
  }
  throw new PointsFileError(`${fileName} holds no list of points.`, POINTS_FORMATS);
}
