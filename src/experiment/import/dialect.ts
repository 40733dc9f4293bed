import { type DecimalMark, isMissing, numberOf } from './cells.ts';
import { withUnit } from './units.ts';

/** What stands between columns; ' ' is any white space, with a comma before it or not. */
export type Separator = ',' | ';' | '\t' | '|' | ' ';
export const SEPARATORS: readonly Separator[] = [',', ';', '\t', '|', ' '];

/** How a table of text is written. */
export interface Dialect {
  readonly separator: Separator;
  readonly decimal: DecimalMark;
}

/** So many lines tell how a file is written. */
const TRIED = 200;

/**
 * The separator and the decimal mark under which most lines have equally many columns, and most cells are numbers.
 * @param lines lines that are neither empty nor comments
 * @param given what is known already
 */
export function guessDialect(lines: readonly string[], given: Partial<Dialect> = {}): Dialect {
  const some = lines.slice(0, TRIED);
  if (commasMarkBoth(some) && (given.separator ?? ' ') === ' ') {
    const cells = some.flatMap((line) => splitLine(line, ' '));
    return { separator: ' ', decimal: given.decimal ?? (hasDecimalComma(cells, ' ') ? ',' : '.') };
  }
  let best: Dialect = { separator: given.separator ?? ',', decimal: given.decimal ?? '.' };
  let most = 0;
  for (const separator of given.separator ? [given.separator] : SEPARATORS) {
    const rows = some.map((line) => splitLine(line, separator));
    const width = usualWidth(rows);
    if (width < 2) continue;
    for (const decimal of given.decimal ? [given.decimal] : (['.', ','] as const)) {
      const score = fitOf(rows, width, separator, decimal);
      // What comes first in the list is the usual; another must be clearly better.
      if (score > most + 1e-9) {
        most = score;
        best = { separator, decimal };
      }
    }
  }
  return best;
}

/** Whether commas stand within numbers, and with a space after them part columns: "0,33, 1,45". */
function commasMarkBoth(lines: readonly string[]): boolean {
  const number = '[+−-]?\\d+(,\\d+)?';
  const written = new RegExp(`^\\s*${number}(,\\s+${number})+\\s*$`);
  const both = lines.filter((line) => /\d,\d/.test(line) && /,\s/.test(line));
  const few = Math.max(1, 0.1 * lines.length); // a heading, or a line that is broken
  return both.length > lines.length / 2 && lines.filter((line) => !written.test(line)).length <= few;
}

function fitOf(
  rows: readonly (readonly string[])[],
  width: number,
  separator: Separator,
  decimal: DecimalMark,
): number {
  const alike = rows.filter((row) => row.length === width);
  const cells = alike.flat();
  const numbers = cells.filter((cell) => isMissing(cell) || numberOf(cell, decimal) !== null).length;
  // A number with a unit may be one, or a number and a word.
  const maybe = numbers === cells.length ? 0 : cells.filter((cell) => withUnit(cell, decimal)).length / 2;
  const share = (alike.length / rows.length) * ((numbers + maybe) / Math.max(1, cells.length));
  return decimal === ',' && !hasDecimalComma(cells, separator) ? 0 : share + 1e-3 * Math.min(1, width / 100);
}

/** Groups of three may be thousands, unless the columns are parted as they are where commas mark decimals. */
function hasDecimalComma(cells: readonly string[], separator: Separator): boolean {
  // Two dots in one number part thousands, and so does one before a comma.
  const isGrouped = /^[+−-]?[1-9]\d{0,2}((\.\d{3}){2,}(,\d+)?|(\.\d{3})+,\d+)$/;
  if (cells.some((cell) => isGrouped.test(cell))) return true;
  const commas = cells.filter((cell) => /^[+−-]?\d*,\d+/.test(cell));
  return separator === ';'
    ? commas.length > 0
    : commas.some((cell) => !/^[+−-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/.test(cell));
}

/** The most frequent number of columns. */
export function usualWidth(rows: readonly (readonly unknown[])[]): number {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  let width = 0;
  for (const [candidate, count] of counts) if (count > (counts.get(width) ?? 0)) width = candidate;
  return width;
}

/** The cells of one line; quotes keep separators in, and are left out. */
export function splitLine(line: string, separator: Separator): string[] {
  if (separator === ' ') return wordsOf(line);
  if (!line.includes('"')) return line.split(separator).map((cell) => cell.trim());
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (const character of line) {
    if (character === '"') quoted = !quoted;
    else if (character === separator && !quoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += character;
  }
  return [...cells, cell.trim()];
}

function wordsOf(line: string): string[] {
  if (!line.includes('"')) return line.trim().split(/,?\s+/);
  return Array.from(line.matchAll(/"([^"]*)"|\S+/g), ([word, inner]) => inner ?? word);
}
