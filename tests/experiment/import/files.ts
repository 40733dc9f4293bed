import { readFileSync } from 'node:fs';
import { type OpenedTable, openTable, type TableChoices } from '../../../src/experiment/import/openFile.ts';
import { PointsFileError } from '../../../src/experiment/import/pointsFileError.ts';

/** The bytes of a file that somebody's tool has written. */
export const fixture = (name: string): Uint8Array =>
  readFileSync(new URL(`../../fixtures/points/${name}`, import.meta.url));

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

export const openText = (text: string, name = 'a.csv', choices: TableChoices = {}): OpenedTable =>
  openTable(bytesOf(text), name, choices);

/** The points that a file gives. @throws an Error with what a person would read */
export function sampleOf(opened: OpenedTable) {
  if (!opened.result.ok) throw new Error(opened.result.message);
  return opened.result.sample;
}

/** The points in the file's own units. */
export function filePoints(opened: OpenedTable): number[] {
  const { points, table } = sampleOf(opened);
  return Array.from(
    points,
    (value, i) => value / table.scale[(i & 1) as 0 | 1] + table.centre[(i & 1) as 0 | 1],
  );
}

/** Why a file is refused, at once or after its table was read. */
export function refusalOf(bytes: Uint8Array, name = 'points.csv', choices: TableChoices = {}) {
  try {
    const { result } = openTable(bytes, name, choices);
    if (!result.ok) return result;
  } catch (error) {
    if (error instanceof PointsFileError) return { message: error.message, advice: error.advice };
    throw error;
  }
  throw new Error('The file was taken.');
}

export function momentsOf(points: ArrayLike<number>, axis: 0 | 1) {
  const values = Array.from(points).filter((_, i) => i % 2 === axis);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return { n: values.length, mean, sd };
}
