import { type Cell, type DecimalMark, isMissing, numberOf } from './cells.ts';
import type { Dialect } from './dialect.ts';

/** A number whose one mark stands before three digits. */
const THREE = /^[+−-]?[1-9]\d{0,2}[.,]\d{3}$/;
const PLAIN = /^[+−-]?\d{1,3}$/;
const NAMES = { '.': 'point', ',': 'comma' } as const;
const other = (mark: DecimalMark): DecimalMark => (mark === '.' ? ',' : '.');

/**
 * What a mark means that always stands before three digits: it may part thousands or begin decimals.
 * It is taken for thousands where smaller whole numbers stand in the same columns.
 * @returns the decimal mark, and a note where a person should look
 */
export function settleMark(
  rows: readonly (readonly string[])[],
  { separator, decimal }: Dialect,
): { readonly decimal: DecimalMark; readonly notes: readonly string[] } {
  // With other separators the guess follows English use, and is seldom wrong.
  const cells = separator === ';' ? markedColumns(rows, decimal) : [];
  const example = cells.find((cell) => THREE.test(cell));
  const mark = example?.includes(',') ? ',' : '.';
  const isOpen = cells.every((cell) => PLAIN.test(cell) || (THREE.test(cell) && cell.includes(mark)));
  if (!example || !isOpen) return { decimal, notes: [] };
  const whole = example.replace(mark, '');
  const taken = `Took the ${NAMES[mark]} in ${example}`;
  if (cells.some((cell) => PLAIN.test(cell))) {
    const note = `${taken} for one between thousands (${whole}), as smaller whole numbers stand beside it. If it begins decimals, choose the ${NAMES[mark]} as the decimal mark.`;
    return { decimal: other(mark), notes: [note] };
  }
  const note = `${taken} for a decimal mark. If it parts thousands (${whole}), choose the ${NAMES[other(mark)]} as the decimal mark.`;
  return { decimal: mark, notes: [note] };
}

/** The numbers of the columns where some have a mark. */
function markedColumns(rows: readonly (readonly string[])[], decimal: DecimalMark): readonly string[] {
  const columns = Array.from({ length: rows[0]?.length ?? 0 }, (_, column) =>
    rows.flatMap((cells) => (numberOf(cells[column] ?? '', decimal) === null ? [] : [cells[column]!])),
  );
  return columns.filter((cells) => cells.some((cell) => /[.,]/.test(cell))).flat();
}

/** The decimal mark under which most cells of text are numbers. */
export function guessMark(rows: readonly (readonly Cell[])[]): DecimalMark {
  const texts = rows.flat().filter((cell) => typeof cell === 'string' && !isMissing(cell));
  const numbers = (mark: DecimalMark) => texts.filter((cell) => numberOf(cell, mark) !== null).length;
  return numbers(',') > numbers('.') ? ',' : '.';
}
