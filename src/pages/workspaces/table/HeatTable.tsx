import { formatNumber } from '../../../experiment/numberText.ts';
import type { TableCell, TableResult } from '../../../protocol/studies.ts';
import type { PaperTable, TableMeasure } from '../../../store/paperTables.ts';
import { cellAt, cellNote, isGain, measuredOf } from '../../../store/tableWords.ts';
import './table.css';

interface HeatTableProps {
  readonly table: PaperTable;
  readonly result: TableResult | null;
  readonly measure: TableMeasure;
}

const SHARES: readonly TableMeasure[] = ['strays', 'missed', 'accuracy'];

/** Each cell has the network's number, the exact answer's and the paper's; the deeper its colour, the further from the best. */
export function HeatTable({ table, result, measure }: HeatTableProps) {
  const { rows, columns, paper } = table;
  const values = (result?.cells ?? []).flatMap((cell) => measuredOf(cell, measure) ?? []);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const depth = (value: number | null) =>
    value === null || high <= low
      ? 0
      : Math.round((60 * (isGain(measure) ? high - value : value - low)) / (high - low));
  return (
    <section className="workspace-table" aria-label="Table of cells">
      <table className="heat">
        <caption>
          {`Network, and exact answer below${paper ? `; in italics the paper’s ${paper.what}` : ''}.`}
        </caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="c-visually-hidden">Row</span>
            </th>
            {columns.map(({ label }) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label }, row) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {columns.map((column, j) => {
                const cell = result ? cellAt(result, row, j, 'learned') : undefined;
                const exact = result ? cellAt(result, row, j, 'exact') : undefined;
                const ofPaper = paper?.cells[row]?.[j];
                return (
                  <td
                    key={column.label}
                    title={cellNote(table, row, j) ?? undefined}
                    style={{
                      background: `color-mix(in srgb, var(--sample) ${depth(measuredOf(cell, measure))}%, transparent)`,
                    }}
                  >
                    <span className="heat-own">{textOf(cell, measure)}</span>
                    <span className="heat-exact">{textOf(exact, measure)}</span>
                    {typeof ofPaper === 'number' && <span className="heat-paper">{ofPaper.toFixed(2)}</span>}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <BlankReasons cells={result?.cells ?? []} table={table} />
    </section>
  );
}

/** Why cells are blank, each reason once for a cell. */
function BlankReasons({
  cells,
  table,
}: {
  readonly cells: readonly TableCell[];
  readonly table: PaperTable;
}) {
  const blank = cells.filter((cell) => cell.blank !== null);
  if (blank.length === 0) return null;
  return (
    <ul className="heat-blank">
      {blank.map(({ row, column, denoiser, blank: why }) => (
        <li key={`${row} ${column} ${denoiser}`}>
          {`${table.rows[row]?.label}, ${table.columns[column]?.label}${denoiser === 'exact' ? ', exact' : ''}: ${why}`}
        </li>
      ))}
    </ul>
  );
}

function textOf(cell: TableCell | undefined, measure: TableMeasure): string {
  const value = measuredOf(cell, measure);
  if (value === null) return cell ? '–' : '·';
  return SHARES.includes(measure) ? `${(100 * value).toFixed(1)} %` : formatNumber(value, 3);
}
