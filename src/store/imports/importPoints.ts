import { ConfigError, show } from '../../experiment/errors.ts';
import type { ImportedSample } from '../../experiment/import/openFile.ts';
import { PointsFileError } from '../../experiment/import/pointsFileError.ts';
import { checkChoices, type ImportChoices } from './checkChoices.ts';
import { openFile } from './openFile.ts';
import { isPicture, openPicture } from './openPicture.ts';

/** What a program is told of a file that it has imported. */
export interface Imported {
  /** Rows in the file. */
  readonly rows: number;
  /** Rows that are trained on. */
  readonly used: number;
  readonly columns: { readonly x: string; readonly y: string; readonly class: string | null };
  /** data units = (file − centre)·scale */
  readonly centre: readonly [number, number];
  readonly scale: readonly [number, number];
  readonly classes: readonly string[];
  /** What was done, in sentences. */
  readonly notes: readonly string[];
}

/**
 * Reads the points of a file or text.
 * @param seed of what is random, where the choices have none
 * @throws PointsFileError with the sentence that a person would read
 * @throws ConfigError where a choice is not allowed, or one column was asked for twice
 */
export async function readSample(
  given: Blob | string,
  seed: number,
  chosen: unknown,
): Promise<ImportedSample> {
  try {
    return await sampleOf(given, seed, chosen);
  } catch (error) {
    if (!(error instanceof PointsFileError)) throw error;
    // Programs read the message alone.
    throw new PointsFileError(`${error.message} ${error.advice}`, error.advice);
  }
}

async function sampleOf(given: Blob | string, seed: number, chosen: unknown): Promise<ImportedSample> {
  const choices = { seed, ...checkChoices(chosen) };
  const file = typeof given === 'string' ? new Blob([given]) : given;
  if (!(file instanceof Blob)) {
    throw new PointsFileError('There is no file to import.', 'Give a File, a Blob or text.');
  }
  const name = choices.name ?? (file instanceof File ? file.name : 'the text');
  if (isPicture(file, name)) return (await openPicture(file, name, choices)).sample;
  const { result, roles } = await openFile(file, name, choices);
  checkColumns(choices, roles);
  if (!result.ok) throw new PointsFileError(result.message, result.advice);
  return result.sample;
}

/** @throws ConfigError where one column was asked for twice, by whatever name */
function checkColumns(
  { x, y }: ImportChoices,
  roles: { readonly x: number | null; readonly y: number | null },
): void {
  if (x === undefined || y === undefined || roles.x !== roles.y) return;
  throw new ConfigError('y', `= ${show(y)} is the same column as x`, 'another column');
}

export const importedOf = ({ rows, points, columns, table, notes }: ImportedSample): Imported => ({
  rows,
  used: points.length / 2,
  columns,
  centre: table.centre,
  scale: table.scale,
  classes: table.classes,
  notes,
});
