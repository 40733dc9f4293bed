import { useMemo } from 'react';
import type { Figure, Line } from '../../charts/figure.ts';
import { figureOverTime } from '../../charts/overTime.ts';
import { ChartCard } from '../../pages/charts/ChartCard.tsx';
import { useClock } from '../../pages/clockContext.ts';
import type { WorldChart } from '../../pages/worlds/parts.ts';
import '../../pages/worlds/worldTable.css';
import { useWorldRecording, useWorldSettings } from '../../store/worlds/react.ts';
import type { ExactTable, TableGap } from './recordings.ts';
import type { CategoriesSettings } from './world.ts';

const MOST_POINTS = 200;
const ABOUT =
  'What each step of the way back adds to the bound of −log₂ p, in bits. Exact is what even the best network of this kind pays: ' +
  'two independent answers cannot say which pairs go together. The upright line is the time of the stages.';

export const categoriesCharts: readonly WorldChart[] = [
  { name: 'bound', what: 'The chart “Bound by t”', Card: BoundChart },
  { name: 'table', what: 'The table of bounds', Card: BoundTable },
];

function BoundChart() {
  const clock = useClock();
  const exact = useWorldRecording<ExactTable>('exactBound')?.data ?? null;
  const gap = useWorldRecording<TableGap>('learnedGap')?.data ?? null;
  const figure = useMemo(() => boundFigure(exact, gap), [exact, gap]);
  return <ChartCard menu={<span>Bound by t</span>} figure={figure} cursor={clock} about={ABOUT} />;
}

function boundFigure(exact: ExactTable | null, gap: TableGap | null): Figure {
  const lines: Line[] = [];
  if (exact) {
    const every = Math.max(1, Math.ceil(exact.T / MOST_POINTS));
    const kept = Array.from(exact.byStep.keys()).filter((k) => k % every === 0);
    if (gap) {
      const inside = Array.from(gap.times.keys()).filter((k) => gap.times[k]! <= exact.T);
      const x = inside.map((k) => gap.times[k]! / exact.T);
      const y = inside.map((k) => exact.byStep[gap.times[k]! - 1]! + gap.gaps[k]!);
      lines.push({ name: 'your network', x, y, colour: 'accent', width: 2.5 });
    }
    const x = kept.map((k) => (k + 1) / exact.T);
    lines.push({ name: 'exact', x, y: kept.map((k) => exact.byStep[k]!), colour: 'data', dash: [8, 4] });
  }
  return figureOverTime({
    title: 'cost of each reverse step',
    yTitle: 'bits',
    lines,
    empty: 'the exact costs are being summed…',
  });
}

function BoundTable() {
  const { variables } = useWorldSettings<CategoriesSettings>();
  const exact = useWorldRecording<ExactTable>('exactBound')?.data ?? null;
  const gap = useWorldRecording<TableGap>('learnedGap')?.data ?? null;
  const best = exact && (variables === 'one' ? exact.joint : exact.factorised);
  const rows = [
    { of: 'your network, at most', bits: best !== null && gap ? best + gap.sum : null },
    { of: 'best of two independent answers', bits: exact?.factorised ?? null },
    { of: 'best of one variable of 1 024', bits: exact?.joint ?? null },
    { of: 'entropy of the data', bits: exact?.entropy ?? null },
    { of: 'coordinates by themselves', bits: exact?.coordinates ?? null },
    { of: 'any cell alike', bits: 10 },
  ];
  return (
    <div className="chart-card world-table">
      <table>
        <caption>
          <span>How many bits a cell takes</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">of</th>
            <th scope="col">bits</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ of, bits }) => (
            <tr key={of}>
              <th scope="row">{of}</th>
              <td>{bits === null ? '…' : bits.toFixed(3)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
