import { formatCount, formatNumber } from '../../../experiment/numberText.ts';
import type { Run } from '../../../store/runs/run.ts';
import './runsTable.css';

interface RunsTableProps {
  readonly runs: readonly Run[];
  /** The id of the run whose numbers are being found. */
  readonly measuring: string | null;
  readonly onShow: (run: Run) => void;
  readonly onShowOnStage: (run: Run) => void;
  readonly onExport: (run: Run) => void;
  readonly onRemove: (run: Run) => void;
}

/** What differs, how good each is, and what can be done with it. */
export function RunsTable({ runs, measuring, onShow, onShowOnStage, onExport, onRemove }: RunsTableProps) {
  return (
    <section className="workspace-table" aria-label="Runs that were kept">
      <table>
        <caption>
          Each is named by what differs from the default; seconds are those of training alone, and bits are
          measured where training rests.
        </caption>
        <thead>
          <tr>
            <th scope="col">Run</th>
            <th scope="col">Step</th>
            <th scope="col">Loss</th>
            <th scope="col">W₂</th>
            <th scope="col">Strays</th>
            <th scope="col">Bits</th>
            <th scope="col">Seconds</th>
            <th scope="col">
              <span className="c-visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.id}>
              <th scope="row" className="run-name" title={run.name}>
                {run.name}
              </th>
              <td>{formatCount(run.step)}</td>
              <td>{text(run.loss)}</td>
              <td>{text(run.w2, run.id === measuring)}</td>
              <td>
                {run.strays === null ? none(run.id === measuring) : `${(100 * run.strays).toFixed(1)} %`}
              </td>
              <td>{text(run.bits, run.id === measuring)}</td>
              <td>{run.seconds === null ? '–' : formatNumber(run.seconds, 1)}</td>
              <td>
                {(
                  [
                    ['Show', onShow],
                    ['On a stage', onShowOnStage],
                    ['Export', onExport],
                    ['Delete', onRemove],
                  ] as const
                ).map(([label, act]) => (
                  <button
                    key={label}
                    type="button"
                    className="workspace-cell"
                    aria-label={`${label} ${run.name}`}
                    onClick={() => act(run)}
                  >
                    {label}
                  </button>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const none = (isMeasured: boolean): string => (isMeasured ? '…' : '–');
const text = (value: number | null, isMeasured = false): string =>
  value === null ? none(isMeasured) : formatNumber(value, 3);
