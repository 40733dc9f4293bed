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

/** Lines that may come before the rows, or be empty. */
const OTHER_LINES = 50;

/** Refuses far too many lines before they are parsed. @throws PointsFileError */
export function rejectLines(text: string, fileName: string): void {
  const mark = text.includes('\n') ? '\n' : '\r';
  let count = 0;
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) count += 1;
  if (count > MAX_FILE_ROWS + OTHER_LINES) rejectRows(count, fileName);
}

/** @throws PointsFileError when there are more rows than a page can take */
export function rejectRows(count: number, fileName: string): void {
  if (count <= MAX_FILE_ROWS) return;
  throw new PointsFileError(
    `${fileName} has more than ${MAX_FILE_ROWS.toLocaleString('en')} rows.`,
    'Keep a random part of it; no more than 100,000 points are used.',
  );
}
