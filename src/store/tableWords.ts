import type { TableCell, TableEntry, TableResult } from '../protocol/studies.ts';
import type { PaperTable, TableMeasure } from './paperTables.ts';

/** What a measure has of a cell; null for a blank one. */
export function measuredOf(cell: TableCell | undefined, measure: TableMeasure): number | null {
  const value = cell?.blank === null ? cell[measure] : null;
  return value !== null && Number.isFinite(value) ? value : null;
}

export const cellAt = (
  { cells }: TableResult,
  row: number,
  column: number,
  denoiser: TableCell['denoiser'],
): TableCell | undefined =>
  cells.find((cell) => cell.row === row && cell.column === column && cell.denoiser === denoiser);

/** Cells whose numbers differ by less than so many standard errors are not ordered. */
const SURE = 2;

const errorOf = (cell: TableCell, measure: TableMeasure): number =>
  measure === 'w2' ? cell.w2Error : measure === 'strays' ? cell.straysError : (cell.bitsError ?? 0);

interface Pairs {
  readonly same: number;
  readonly opposite: number;
  /** Too near to each other to tell. */
  readonly tied: number;
}

/** Of all pairs of cells that the paper orders, how many the toy orders alike. */
export function orderedAlike(result: TableResult, { paper, measure }: PaperTable): Pairs {
  const known = (paper?.cells ?? []).flatMap((line, row) =>
    line.flatMap((number, column) => {
      const cell = cellAt(result, row, column, 'learned');
      const value = measuredOf(cell, measure);
      return number === null || value === null || !cell
        ? []
        : [{ number, value, error: errorOf(cell, measure) }];
    }),
  );
  const pairs = { same: 0, opposite: 0, tied: 0 };
  for (const [i, a] of known.entries()) {
    for (const b of known.slice(i + 1)) {
      const sure = Math.abs(a.value - b.value) > SURE * Math.hypot(a.error, b.error);
      const alike = Math.sign(a.value - b.value) === Math.sign(a.number - b.number);
      pairs[sure ? (alike ? 'same' : 'opposite') : 'tied'] += 1;
    }
  }
  return pairs;
}

/** Whether the toy shows the paper's order, or which cell is best, in a sentence; null before there are cells. */
export function tableSentence(
  result: TableResult,
  table: PaperTable,
  names: { readonly rows: readonly TableEntry[]; readonly columns: readonly TableEntry[] } = table,
): string | null {
  const { same, opposite, tied } = orderedAlike(result, table);
  const all = same + opposite + tied;
  if (all > 0) {
    const rest = tied === 0 ? '' : `, ${tied} are too near to each other to tell`;
    const verdict =
      opposite === 0 && same > 0 ? 'The toy shows the paper’s order' : 'The toy’s order differs';
    return `${verdict}: of ${all} pairs of cells that the paper orders, it orders ${same} alike and ${opposite} the other way${rest}.`;
  }
  const filled = result.cells
    .filter((cell) => cell.denoiser === 'learned' && measuredOf(cell, table.measure) !== null)
    .toSorted((a, b) => measuredOf(a, table.measure)! - measuredOf(b, table.measure)!);
  const [best] = filled;
  if (!best || filled.length < 2) return null;
  return `Best with the network: ${names.rows[best.row]?.label}, ${names.columns[best.column]?.label}.`;
}

/** The table as comma-separated values: a line for each cell. */
export function tableCsv(
  { cells }: TableResult,
  { rows, columns }: { readonly rows: readonly TableEntry[]; readonly columns: readonly TableEntry[] },
): string {
  const quote = (text: string | number | null) => {
    const written = text === null || (typeof text === 'number' && Number.isNaN(text)) ? '' : String(text);
    return /[",\n]/.test(written) ? `"${written.replaceAll('"', '""')}"` : written;
  };
  const head = 'row,column,denoiser,w2,w2Error,strays,straysError,bits,bitsError,nfe,blank';
  const lines = cells.map((cell) =>
    [
      ...[rows[cell.row]?.label ?? '', columns[cell.column]?.label ?? '', cell.denoiser],
      ...[
        cell.w2,
        cell.w2Error,
        cell.strays,
        cell.straysError,
        cell.bits,
        cell.bitsError,
        cell.nfe,
        cell.blank,
      ],
    ]
      .map(quote)
      .join(','),
  );
  return `${[head, ...lines].join('\n')}\n`;
}
