import type { Separator } from './dialect.ts';
import type { Format } from './rawTable.ts';

export const SEPARATOR_NAMES: Readonly<Record<Separator, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'bars',
  ' ': 'spaces',
};

/** What was understood of a file, in one sentence. */
export function understood(
  { name, separator, decimal, header, skip }: Format,
  rows: number,
  columns: { readonly x: string; readonly y: string; readonly class: string | null },
): string {
  const parts = [`${rows.toLocaleString('en')} rows of ${name}`];
  if (separator) parts.push(`${SEPARATOR_NAMES[separator]} between columns`);
  if (decimal === ',') parts.push('decimal commas');
  if (header) parts.push('names in the first line');
  if (skip) parts.push(`${skip} ${skip === 1 ? 'line' : 'lines'} passed over`);
  if (columns.x && columns.y) parts.push(`x is ${columns.x} and y is ${columns.y}`);
  if (columns.class) parts.push(`classes by ${columns.class}`);
  return `${parts.join(', ')}.`;
}

export const pointsInWords = (n: number): string =>
  `${n.toLocaleString('en')} ${n === 1 ? 'point' : 'points'}`;
