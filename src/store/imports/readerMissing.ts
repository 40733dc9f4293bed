import { PointsFileError } from '../../experiment/import/pointsFileError.ts';

/** The part of the page that reads files is not there: it loads with the first file. */
export class ReaderMissing extends PointsFileError {
  constructor() {
    super(
      'The part of the page that reads files could not be loaded.',
      'Check the connection, then give the file again.',
    );
  }
}

/** @throws ReaderMissing where a part that is asked for cannot be loaded */
export function orReaderMissing<T>(part: Promise<T>): Promise<T> {
  return part.catch(() => {
    throw new ReaderMissing();
  });
}
