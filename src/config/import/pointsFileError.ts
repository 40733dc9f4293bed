/** A file that is not points. `message` names the place and the problem, `advice` says what to do. */
export class PointsFileError extends Error {
  override readonly name = 'PointsFileError';
  readonly advice: string;

  constructor(message: string, advice: string) {
    super(message);
    this.advice = advice;
  }
}

/** What to do about a file of another kind. */
export const POINTS_FORMATS = 'Give two numbers per line (x, y), or JSON like [[0, 1], [2, 3]].';

const MAX_FILE_ROWS = 1_000_000;

/** @throws PointsFileError when there are more rows than a page can take */
export function rejectRows(count: number, fileName: string): void {
  if (count <= MAX_FILE_ROWS) return;
  throw new PointsFileError(
    `${fileName} has more than ${MAX_FILE_ROWS.toLocaleString('en')} rows.`,
    'Keep a random part of it; no more than 100,000 points are used.',
  );
}
