import { type PointsTable, shortName } from '../pointsTableCodec.ts';
import { textOf } from './cells.ts';
import { describeColumns, guessRoles, type Roles } from './columns.ts';
import { decodeText } from './decodeText.ts';
import { type Fit, fitToView, insideMiddle, reachesTooFar, toDataUnits } from './fit.ts';
import { readJsonTable } from './jsonTable.ts';
import { POINTS_FORMATS, PointsFileError, rejectLines, rejectRows } from './pointsFileError.ts';
import type { Format, FormatChoices, RawTable } from './rawTable.ts';
import { type ReadPoints, readPoints } from './readPoints.ts';
import { readTextTable } from './textTable.ts';
import { pointsInWords, understood } from './words.ts';

const PREVIEWED = 8;

/** What a person may choose about a file; all of it is guessed where it is left out. */
export interface TableChoices extends FormatChoices {
  /** A column by its name or its number from 0; null for no class. */
  readonly x?: string | number;
  readonly y?: string | number;
  readonly class?: string | number | null;
  /** Each axis by a scale of its own. */
  readonly apart?: boolean;
  /** Leave out what is far from the rest; left out, only where nothing could be learned beside it. */
  readonly clip?: boolean;
  /** Of the choice among more rows than are used. */
  readonly seed?: number;
}

/** Points ready to be trained on. */
export interface ImportedSample {
  /** Rows in the file. */
  readonly rows: number;
  /** [n][2] data units, (file − centre)·scale. */
  readonly points: Float64Array;
  readonly table: PointsTable;
  readonly columns: { readonly x: string; readonly y: string; readonly class: string | null };
  /** What was done, in sentences. */
  readonly notes: readonly string[];
}

/** A file as it was understood, for a person to look at before anything is replaced. */
export interface OpenedTable {
  readonly format: Format;
  readonly columns: readonly { readonly label: string; readonly numeric: boolean }[];
  readonly roles: Roles;
  /** The first rows, as text. */
  readonly preview: readonly (readonly string[])[];
  readonly rows: number;
  /** What was understood, in one sentence. */
  readonly sentence: string;
  readonly apart: boolean;
  /** Points far from the rest; they can be left out. */
  readonly outside: number;
  /** Whether they are left out. */
  readonly clipped: boolean;
  /** The points, or why there are none. */
  readonly result:
    | { readonly ok: true; readonly sample: ImportedSample }
    | { readonly ok: false; readonly message: string; readonly advice: string };
}

/**
 * Opens a file of points.
 * @throws PointsFileError when there is no table in it
 */
export function openTable(bytes: Uint8Array, fileName: string, choices: TableChoices): OpenedTable {
  const text = decodeText(bytes, fileName);
  rejectLines(text, fileName);
  const isJson = /\.(json|jsonl|ndjson|geojson)$/i.test(fileName) || /^\s*[[{]/.test(text);
  const raw = isJson ? readJsonTable(text, fileName, choices) : readTextTable(text, fileName, choices);
  rejectRows(raw.rows.length, fileName);
  if (raw.rows.length === 0) throw new PointsFileError(`${fileName} has no rows of data.`, POINTS_FORMATS);
  const columns = describeColumns(raw);
  const roles = rolesOf(raw, guessRoles(columns, raw.names), choices, fileName);
  const shared = {
    format: raw.format,
    columns: columns.map(({ label, nNumbers, nWords }) => ({ label, numeric: nNumbers > nWords })),
    roles,
    preview: raw.rows
      .slice(0, PREVIEWED)
      .map((row) => columns.map((_, column) => textOf(row[column]).slice(0, 40))),
    rows: raw.rows.length,
  };
  const labelOf = (column: number | null) => (column === null ? null : columns[column]!.label);
  const named = { x: labelOf(roles.x) ?? '', y: labelOf(roles.y) ?? '', class: labelOf(roles.class) };
  const sentence = understood(raw.format, raw.rows.length, named);
  try {
    const read = readPoints(raw, columns, roles, choices.seed ?? 1, fileName);
    const fit = fitToView(read.points, choices.apart ?? null, fileName);
    const clipped = choices.clip ?? reachesTooFar(read.points, fit);
    const sample = sampleOf(raw, read, fit, named, clipped);
    const { apart, outside } = fit;
    return { ...shared, sentence, apart, outside, clipped, result: { ok: true, sample } };
  } catch (error) {
    if (!(error instanceof PointsFileError)) throw error;
    const { message, advice } = error;
    const clipped = choices.clip === true;
    return { ...shared, sentence, apart: false, outside: 0, clipped, result: { ok: false, message, advice } };
  }
}

function rolesOf(raw: RawTable, guess: Roles, choices: TableChoices, fileName: string): Roles {
  const find = (wanted: string | number): number => {
    const names = raw.names.map((name, i) => (name === '' ? `column ${i + 1}` : name));
    const same = (name: string) => name.toLowerCase() === String(wanted).toLowerCase();
    const found = typeof wanted === 'number' ? (wanted in names ? wanted : -1) : names.findIndex(same);
    if (found >= 0) return found;
    throw new PointsFileError(
      `${fileName} has no column "${wanted}".`,
      `Its columns are ${names.join(', ')}.`,
    );
  };
  const chosen = choices.class;
  const label = chosen === undefined ? guess.class : chosen === null ? null : find(chosen);
  const x = choices.x === undefined ? guess.x : find(choices.x);
  const y = choices.y === undefined ? guess.y : find(choices.y);
  // What was asked for has the first claim on a column.
  const free = (role: 'x' | 'y', other: number | null) =>
    [guess.x, guess.y].find((column) => column !== other && column !== label) ?? (role === 'x' ? x : y);
  const settledX = choices.x === undefined && (x === y || x === label) ? free('x', y) : x;
  const settledY = choices.y === undefined && (y === settledX || y === label) ? free('y', settledX) : y;
  const taken = label === settledX || label === settledY;
  return { x: settledX, y: settledY, class: taken && chosen === undefined ? null : label };
}

function sampleOf(
  raw: RawTable,
  read: ReadPoints,
  fit: Fit,
  columns: ImportedSample['columns'],
  clip: boolean,
): ImportedSample {
  const notes = [...raw.notes, ...read.notes, ...codeNotes(fit, columns)];
  let { points, labels } = read;
  if (clip && fit.middle) {
    const inside = insideMiddle(points, fit.middle);
    notes.push(`Left out ${pointsInWords(fit.outside)} far from the rest.`);
    points = Float64Array.from(
      { length: 2 * inside.length },
      (_, i) => read.points[2 * inside[i >> 1]! + (i & 1)]!,
    );
    labels = labels.length === 0 ? [] : Array.from(inside, (i) => read.labels[i]!);
  } else if (fit.middle) {
    const all = pointsInWords(points.length / 2);
    notes.push(
      `The axes fit most of the points; ${fit.outside.toLocaleString('en')} of ${all} are outside, and can be left out.`,
    );
  }
  notes.push(...fitNotes(fit, columns));
  const { centre, scale } = fit;
  const present = read.classes.flatMap((name, y) => (labels.includes(y) ? [{ name, y }] : []));
  const kept = present.length >= 2 ? present : [];
  const table: PointsTable = {
    names: [shortName(columns.x), shortName(columns.y)],
    centre: [centre[0] + 0, centre[1] + 0],
    scale,
    classes: kept.map(({ name }) => name),
    labels: kept.length === 0 ? [] : labels.map((label) => kept.findIndex(({ y }) => y === label)),
  };
  return { rows: raw.rows.length, points: toDataUnits(points, fit), table, columns, notes };
}

const codeNotes = ({ codes }: Fit, { x, y }: ImportedSample['columns']): readonly string[] =>
  codes.map(
    ({ axis, value, rows }) =>
      `${axis === 0 ? x : y} is ${value} in ${rows.toLocaleString('en')} rows, far from everything else: it may stand for a missing number.`,
  );

function fitNotes({ centre, scale, apart }: Fit, { x, y }: ImportedSample['columns']): readonly string[] {
  if (scale[0] === 1 && scale[1] === 1 && centre[0] === 0 && centre[1] === 0) return [];
  const from = `(${short(centre[0])}, ${short(centre[1])})`;
  if (!apart) return [`Centred from ${from} and scaled by ${short(scale[0])}, so that it fits the view.`];
  return [
    `Centred from ${from}; ${x} is scaled by ${short(scale[0])} and ${y} by ${short(scale[1])}, each on its own, as one scale would lose an axis.`,
  ];
}

const short = (value: number) => String(Number(value.toPrecision(3)));
