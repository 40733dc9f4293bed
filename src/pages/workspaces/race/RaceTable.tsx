import { SERIES_TOKENS } from '../../../charts/figure.ts';
import type { RaceMeasure } from '../../../charts/raceFigure.ts';
import { samplers } from '../../../core/samplers/index.ts';
import type { RaceResult, RaceRow } from '../../../protocol/studies.ts';

interface RaceTableProps {
  readonly result: RaceResult;
  readonly measure: RaceMeasure;
  /** Of the samplers, by their place in the request. */
  readonly names: readonly string[];
  /** The run whose samples are on a stage. */
  readonly shown: RaceRow | null;
  readonly onShow: (row: RaceRow) => void;
}

/** The numbers of a race; each is a button that shows its samples on a stage. */
export function RaceTable({ result, measure, names, shown, onShow }: RaceTableProps) {
  const { rows, orders } = result;
  const steps = [...new Set(rows.map(({ nSteps }) => nSteps))].toSorted((a, b) => (a ?? 1e9) - (b ?? 1e9));
  const lines = names.flatMap((name, entry) =>
    (['learned', 'exact'] as const).map((denoiser) => ({ name, entry, denoiser })),
  );
  return (
    <section className="workspace-table" aria-label="Numbers of the race">
      <table>
        <caption>
          Press a number to see its samples on a stage. Orders are fitted over all S; in brackets is what they
          tend to as steps get small.
        </caption>
        <thead>
          <tr>
            <th scope="col">Sampler</th>
            {steps.map((count) => (
              <th key={count} scope="col">
                {count === null ? 'own' : `S = ${count}`}
              </th>
            ))}
            <th scope="col">Order</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ name, entry, denoiser }) => {
            const own = rows.filter((row) => row.entry === entry && row.denoiser === denoiser);
            const fit = orders.find((order) => order.entry === entry && order.denoiser === denoiser);
            if (own.length === 0) return null;
            return (
              <tr key={`${entry} ${denoiser}`}>
                <th scope="row">
                  <LineSwatch entry={entry} isExact={denoiser === 'exact'} />
                  <span>{denoiser === 'exact' ? `${name}, exact` : name}</span>
                </th>
                {steps.map((count) => {
                  const row = own.find(({ nSteps }) => nSteps === count);
                  return (
                    <td key={count}>
                      {row && (
                        <button
                          type="button"
                          className="workspace-cell"
                          aria-pressed={row === shown}
                          title={`${row.nfe} evaluations`}
                          onClick={() => onShow(row)}
                        >
                          {textOf(row, measure)}
                        </button>
                      )}
                    </td>
                  );
                })}
                <td>{fit ? orderText(fit) : '–'}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

/** How the chart draws the line of a row. */
function LineSwatch({ entry, isExact }: { readonly entry: number; readonly isExact: boolean }) {
  return (
    <svg className="race-swatch" viewBox="0 0 24 10" aria-hidden>
      <path
        d="M0 5H24"
        stroke={`var(--${SERIES_TOKENS[entry % SERIES_TOKENS.length]})`}
        strokeWidth="2.5"
        strokeDasharray={isExact ? '6 4' : undefined}
      />
    </svg>
  );
}

/** A fitted order, and that of the method. */
function orderText({ sampler, order, error }: RaceResult['orders'][number]): string {
  const limit = samplers.get(sampler).order;
  return `${order.toFixed(2)} ± ${error.toFixed(2)}${limit === undefined ? '' : ` (${limit})`}`;
}

function textOf({ w2, strays, toFlow }: RaceRow, measure: RaceMeasure): string {
  if (measure === 'strays') return `${(100 * strays).toFixed(1)} %`;
  const value = measure === 'w2' ? w2 : toFlow;
  if (value === null) return '–';
  return Number.isFinite(value) ? value.toPrecision(3) : '∞';
}
