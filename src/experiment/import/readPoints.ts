import { createRng } from '../../core/rng.ts';
import { countDistinct, MIN_CUSTOM_POINTS } from '../pointsCodec.ts';
import { MAX_CLASSES, shortName } from '../pointsTableCodec.ts';
import { type Cell, isMissing, numberOf, textOf } from './cells.ts';
import type { Column, Roles } from './columns.ts';
import { POINTS_FORMATS, PointsFileError } from './pointsFileError.ts';
import type { RawTable } from './rawTable.ts';

/** So many rows are used as they are; of more, a random part. */
export const MAX_USED = 100_000;
const OTHER = 'other';

export interface ReadPoints {
  /** [n][2] file's units. */
  readonly points: Float64Array;
  readonly classes: readonly string[];
  /** [n] 0…C−1; empty without classes. */
  readonly labels: readonly number[];
  readonly notes: readonly string[];
}

/**
 * The points of the chosen columns: every row with two numbers, up to 100 000.
 * @param seed of the choice among more
 * @throws PointsFileError naming the line of what is no number, or saying what is missing
 */
export function readPoints(
  raw: RawTable,
  columns: readonly Column[],
  roles: Roles,
  seed: number,
  fileName: string,
): ReadPoints {
  const { x, y } = roles;
  if (x === null || y === null) throw noColumns(raw, columns, fileName);
  const notes: string[] = [];
  const coordinates: number[] = [];
  const kept: number[] = [];
  const skipped: number[] = [];
  for (const [i, row] of raw.rows.entries()) {
    const pair = [x, y].map((column) => {
      const cell = row[column] ?? null;
      const value = numberOf(cell, raw.format.decimal);
      if (value !== null || isMissing(cell)) return value;
      const where = `${fileName}, ${raw.place(i)}`;
      const what = `${where}: "${textOf(cell).slice(0, 24)}" in ${columns[column]!.label} is not a number.`;
      throw new PointsFileError(what, 'Correct or delete it, or choose another column.');
    });
    if (
      pair[0] === null ||
      pair[1] === null ||
      (roles.class !== null && isMissing(row[roles.class] ?? null))
    ) {
      skipped.push(i);
      continue;
    }
    coordinates.push(pair[0]!, pair[1]!);
    kept.push(i);
  }
  if (skipped.length > 0) notes.push(skippedNote(skipped, raw, roles));
  if (countDistinct(coordinates, MIN_CUSTOM_POINTS) < MIN_CUSTOM_POINTS) throw tooFew(coordinates, fileName);

  const chosen = choose(kept.length, seed);
  if (chosen.length < kept.length) {
    const counts = `${chosen.length.toLocaleString('en')} of ${kept.length.toLocaleString('en')} rows`;
    notes.push(`Used a random choice of ${counts}, by the seed ${seed}.`);
  }
  const points = new Float64Array(2 * chosen.length);
  for (const [k, i] of chosen.entries()) {
    points[2 * k] = coordinates[2 * i]!;
    points[2 * k + 1] = coordinates[2 * i + 1]!;
  }
  if (roles.class === null) return { points, classes: [], labels: [], notes };
  const column = roles.class;
  const words = Array.from(chosen, (i) => textOf(raw.rows[kept[i]!]![column]));
  return { points, ...classesOf(words, columns[column]!.label, notes), notes };
}

function noColumns(raw: RawTable, columns: readonly Column[], fileName: string): PointsFileError {
  const numeric = columns.filter(({ nNumbers }) => nNumbers > 0).length;
  const place = raw.rows.length > 0 ? `${fileName}, ${raw.place(0)}` : fileName;
  if (numeric === 0) return noNumbers(raw, fileName);
  const found = numeric === 1 ? 'one column of numbers' : 'no two columns that are mostly numbers';
  return new PointsFileError(`${place}: ${found} where two (x, y) are needed.`, POINTS_FORMATS);
}

/** Says what is there in place of numbers. */
function noNumbers(raw: RawTable, fileName: string): PointsFileError {
  const row = raw.rows.findIndex((cells) => cells.some(hasDigit));
  if (row < 0) return new PointsFileError(`${fileName}: no number was found in it.`, POINTS_FORMATS);
  const text = textOf(raw.rows[row]!.find(hasDigit)).slice(0, 24);
  const what = `${fileName}, ${raw.place(row)}: "${text}" is not a number by itself.`;
  return new PointsFileError(what, POINTS_FORMATS);
}

const hasDigit = (cell: Cell) => typeof cell === 'string' && /\d/.test(cell);

function tooFew(coordinates: readonly number[], fileName: string): PointsFileError {
  if (coordinates.length === 0) {
    return new PointsFileError(`${fileName}: no row has two numbers.`, POINTS_FORMATS);
  }
  return new PointsFileError(
    `${fileName} has fewer than ${MIN_CUSTOM_POINTS} different points.`,
    'A data set needs three different points at least; some hundreds show more.',
  );
}

function skippedNote(skipped: readonly number[], raw: RawTable, roles: Roles): string {
  const places = skipped.slice(0, 5).map((row) => raw.place(row));
  const kind = places[0]!.split(' ')[0]!;
  const numbers = places.map((place) => place.split(' ')[1]).join(', ');
  const more = skipped.length > 5 ? ', …' : '';
  const what = roles.class === null ? 'a number' : 'a number or the class';
  const [rows, lacks] = skipped.length === 1 ? ['row', 'it lacks'] : ['rows', 'they lack'];
  return `Left out ${skipped.length.toLocaleString('en')} ${rows}, as ${lacks} ${what} (${kind}${skipped.length === 1 ? '' : 's'} ${numbers}${more}).`;
}

/** Which rows are used: all of them, or a random part in the file's order. */
function choose(n: number, seed: number): Uint32Array {
  const all = Uint32Array.from({ length: n }, (_, i) => i);
  if (n <= MAX_USED) return all;
  const rng = createRng(seed).fork('rows of a file');
  for (let i = 0; i < MAX_USED; i++) {
    const j = i + rng.integer(n - i);
    const swapped = all[i]!;
    all[i] = all[j]!;
    all[j] = swapped;
  }
  return all.subarray(0, MAX_USED).sort();
}

/** Classes in the order of their names; of more than ten, the rarest are one. */
function classesOf(words: readonly string[], label: string, notes: string[]) {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const byCount = [...counts].toSorted(([, a], [, b]) => b - a).map(([word]) => word);
  if (byCount.length < 2) {
    notes.push(`${label} has one value only, so there are no classes.`);
    return { classes: [], labels: [] };
  }
  const named = byCount.length <= MAX_CLASSES ? byCount : byCount.slice(0, MAX_CLASSES - 1);
  if (named.length < byCount.length) {
    notes.push(
      `${label} has ${byCount.length} values; all but the ${named.length} most frequent are one class, "${OTHER}".`,
    );
  }
  const inOrder = named.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const index = new Map(inOrder.map((word, y) => [word, y]));
  const labels = words.map((word) => index.get(word) ?? inOrder.length);
  const classes = [...inOrder, ...(named.length < byCount.length ? [OTHER] : [])].map(shortName);
  return { classes, labels };
}
