import { useMemo, useState } from 'react';
import { formatNumber } from '../../../experiment/numberText.ts';
import type { ConditionRow } from '../../../protocol/conditionStudy.ts';
import { Button } from '../../../ui/Button.tsx';
import type { ReverseStage } from '../stage.ts';
import { useConditionRun, useConditionStudy } from './useConditionStudy.ts';

const SCALES = [0, 0.5, 1, 2, 3, 5, 8] as const;
const SWEPT = { n: 400, draws: 2, seed: 12 } as const;

/** The guidance truth test: as the scale grows, accuracy rises, recall falls, and p(x)p(y|x)^s is not reached. */
export function ScaleSweep({ stage }: { readonly stage: ReverseStage }) {
  const run = useConditionRun(stage);
  const [asked, setAsked] = useState<typeof run>(null);
  const request = useMemo(() => (asked === null ? null : { run: asked, scales: SCALES, ...SWEPT }), [asked]);
  const { result, done, problem } = useConditionStudy(request);
  const rows = result?.rows ?? [];
  const running = asked !== null && (done !== null || result === null) && problem === null;
  return (
    <section aria-label="Sweep of the scale">
      <div className="button-row">
        <Button disabled={run === null || running} onClick={() => setAsked(run && { ...run })}>
          Sweep the scale s
        </Button>
        {running && <Button onClick={() => setAsked(null)}>Cancel</Button>}
      </div>
      <p role="status">{running ? `Sweeping, ${Math.round(100 * (done ?? 0))} %.` : problem}</p>
      {rows.length > 0 && (
        <>
          <Lines rows={rows} />
          <Table rows={rows} />
        </>
      )}
    </section>
  );
}

function Table({ rows }: { readonly rows: readonly ConditionRow[] }) {
  return (
    <table className="condition-sweep">
      <caption className="c-visually-hidden">Accuracy, recall and distances by scale</caption>
      <thead>
        <tr>
          <th scope="col">s</th>
          <th scope="col">Accuracy</th>
          <th scope="col">Recall</th>
          <th scope="col">to p_s</th>
          <th scope="col">two draws</th>
          <th scope="col">to p(x|y)</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ scale, guided, distance, perfect }) => (
          <tr key={scale}>
            <th scope="row">{scale}</th>
            <td>{percent(guided?.accuracy)}</td>
            <td>{percent(guided?.recall)}</td>
            <td>{formatNumber(distance.mean, 2)}</td>
            <td>{formatNumber(perfect.mean, 2)}</td>
            <td>{guided && formatNumber(guided.toClass.mean, 2)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const percent = (share = Number.NaN): string => `${formatNumber(100 * share, 0)} %`;

const [WIDTH, HEIGHT, MARGIN] = [280, 96, 16];
const CURVES = [
  { name: 'accuracy', colour: 'var(--data)', of: ({ guided }: ConditionRow) => guided?.accuracy ?? 0 },
  { name: 'recall', colour: 'var(--sample)', of: ({ guided }: ConditionRow) => guided?.recall ?? 0 },
] as const;

/** Accuracy and recall from 0 to 1 against the scale; the table below has the numbers. */
function Lines({ rows }: { readonly rows: readonly ConditionRow[] }) {
  const most = SCALES.at(-1)!;
  const at = (row: ConditionRow, value: number) =>
    `${MARGIN + ((row.scale ?? 0) / most) * (WIDTH - 2 * MARGIN)},${HEIGHT - MARGIN - value * (HEIGHT - 2 * MARGIN)}`;
  return (
    <svg
      className="condition-lines"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label="Accuracy and recall by scale; the numbers are in the table"
    >
      <path
        d={`M${MARGIN} ${MARGIN}V${HEIGHT - MARGIN}H${WIDTH - MARGIN}`}
        fill="none"
        stroke="var(--border)"
      />
      {CURVES.map(({ name, colour, of }, k) => (
        <g key={name}>
          <polyline
            points={rows.map((row) => at(row, of(row))).join(' ')}
            fill="none"
            stroke={colour}
            strokeWidth="2"
          />
          <text x={MARGIN + 80 * k} y="11" fontSize="11" fill={colour}>
            {name}
          </text>
        </g>
      ))}
      <text x={WIDTH - MARGIN} y={HEIGHT - 3} fontSize="11" fill="var(--muted)" textAnchor="end">
        s = 8
      </text>
    </svg>
  );
}
