import {
  countDistinct,
  MAX_CUSTOM_POINTS,
  MIN_CUSTOM_POINTS,
  POINTS_EXTENT,
  snapCoordinate,
} from './pointsCodec.ts';
import { POINTS_FORMATS, PointsFileError } from './pointsFileError.ts';
import { readPointsJson } from './pointsJson.ts';
import { readPointsTable } from './pointsTable.ts';
import { boundingSquare, thinEvenly } from './thinEvenly.ts';

const MAX_FILE_BYTES = 20 * 2 ** 20;

/** Extents in data units below which a shape would be invisible on a stage about 8 wide. */
const MIN_EXTENT = 0.5;
/** Half the extent that a rescaled shape is given. */
const TARGET_HALF_EXTENT = 3;

export interface PointsFile {
  /** Interleaved x₀,y₀,x₁,y₁,…, data units, at most 1 000 points, ready for `customPoints`. */
  readonly points: readonly number[];
  /** Rows in the file, before any were thinned out. */
  readonly nRead: number;
  /** What was done to the points, in sentences. */
  readonly notes: readonly string[];
}

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
    ? { points: readPointsJson(content, fileName), notes: [] }
    : readPointsTable(content, fileName);
  rejectTooFew(points, `${fileName} has`);
  const fitted = scaledToFit(points);
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
  if (content.trim() === '') throw new PointsFileError(`${fileName} is empty.`, POINTS_FORMATS);
  if (content.length > MAX_FILE_BYTES) {
    const size = Math.round(content.length / 2 ** 20);
    throw new PointsFileError(
      `${fileName} is too large (${size} MB; the limit is 20 MB).`,
      'Keep fewer rows.',
    );
  }
  // Text has no NUL, and U+FFFD is what bytes that are not UTF-8 turn into.
  if (/[\0\uFFFD]/.test(content.slice(0, 4096))) {
    throw new PointsFileError(`${fileName} is not a text file.`, POINTS_FORMATS);
  }
}

/** Thins, and moves and scales shapes that would not be seen on the stages. */
function scaledToFit(rows: readonly number[]): PointsFile {
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
