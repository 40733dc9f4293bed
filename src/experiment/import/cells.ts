/** A cell as a file has it. */
export type Cell = string | number | boolean | null;
export type DecimalMark = '.' | ',';

const MISSING =
  /^(|n\/?a|#n\/a( n\/a)?|<na>|nan|-nan|nat|null|none|nil|missing|[+-]?inf(inity)?|[-–—.?]|--|1\.#\w+|#(div\/0|value|num|ref|name)[!?])$/i;

const PLAIN = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Whether a cell stands for a number that is not there, or for one too large to be had. */
export function isMissing(cell: Cell): boolean {
  if (cell === null) return true;
  if (typeof cell === 'number') return !Number.isFinite(cell);
  if (typeof cell !== 'string') return false;
  return MISSING.test(cell) || (PLAIN.test(cell) && !Number.isFinite(Number(cell)));
}

/** Thousands in groups of three, the first of which is not 0: by commas, spaces (the narrow and the unbreakable too), apostrophes or points. */
const GROUPED = {
  '.': /^[+-]?[1-9]\d{0,2}(?:([,'’ \u00a0\u2009\u202f])\d{3})(?:\1\d{3})*(\.\d+)?$/,
  ',': /^[+-]?[1-9]\d{0,2}(?:([.'’ \u00a0\u2009\u202f])\d{3})(?:\1\d{3})*(,\d+)?$/,
} as const;

/** The number in a cell, or null where it is none. */
export function numberOf(cell: Cell, decimal: DecimalMark): number | null {
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : null;
  if (typeof cell !== 'string' || cell === '') return null;
  // A minus sign as typesetters write it, and the exponents of Fortran.
  let text = cell.replace('−', '-');
  if (/^[+-]?[\d.,]+d[+-]?\d+$/i.test(text)) text = text.replace(/d/i, 'e');
  if (GROUPED[decimal].test(text)) text = text.replace(decimal === '.' ? /[,'’\s]/g : /[.'’\s]/g, '');
  if (decimal === ',') {
    if (text.includes('.')) return null;
    text = text.replace(',', '.');
  }
  if (!PLAIN.test(text)) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

/** A cell as text, as short as a table shows it. */
export const textOf = (cell: Cell | undefined): string =>
  cell === null || cell === undefined ? '' : String(cell);
