import { useMemo } from 'react';
import type { Figure, Line } from '../../charts/figure.ts';
import { figureOverTime } from '../../charts/overTime.ts';
import { formatShare } from '../../experiment/numberText.ts';
import { ChartCard } from '../../pages/charts/ChartCard.tsx';
import { useClock } from '../../pages/clockContext.ts';
import type { WorldChart } from '../../pages/worlds/parts.ts';
import { useWorldRecording, useWorldSettings } from '../../store/worlds/react.ts';
import '../../pages/worlds/worldTable.css';
import type { BitFrames, ExactBound, LearnedGap, ProductFrames } from './recordings.ts';
import type { BitsSettings } from './world.ts';

/** What the 2015 paper has for the heartbeat, bits per sequence. */
const PAPER = { K: -2.414, aboveNull: 12.024 };
const MOST_POINTS = 200;

const ABOUT =
  'What each step of the way back costs: the divergence between the true step q, which knows the data, and the network’s, in bits per row. ' +
  'Exact is the best that independent bits can do. The upright line is the time of the stages.';

export const bitsCharts: readonly WorldChart[] = [
  { name: 'kl', what: 'The chart “KL by t”', Card: KlChart },
  { name: 'bound', what: 'The table of 2015', Card: BoundTable },
  { name: 'shares', what: 'The patterns’ shares', Card: SharesTable },
];

function KlChart() {
  const clock = useClock();
  const exact = useWorldRecording<ExactBound>('exactBound')?.data ?? null;
  const gap = useWorldRecording<LearnedGap>('learnedGap')?.data ?? null;
  const figure = useMemo(() => klFigure(exact, gap), [exact, gap]);
  return <ChartCard menu={<span>KL by t</span>} figure={figure} cursor={clock} about={ABOUT} />;
}

function klFigure(exact: ExactBound | null, gap: LearnedGap | null): Figure {
  const lines: Line[] = [];
  if (exact) {
    const every = Math.max(1, Math.ceil(exact.kls.length / MOST_POINTS));
    const kept = Array.from(exact.kls.keys()).filter((k) => k % every === 0);
    const x = kept.map((k) => (k + 2) / exact.T);
    if (gap && gap.gaps.length === exact.kls.length) {
      const y = kept.map((k) => exact.kls[k]! + gap.gaps[k]!);
      lines.push({ name: 'your network', x, y, colour: 'accent', width: 2.5 });
    }
    lines.push({ name: 'exact', x, y: kept.map((k) => exact.kls[k]!), colour: 'data', dash: [8, 4] });
  }
  return figureOverTime({
    title: 'cost of each reverse step',
    yTitle: 'bits per row',
    lines,
    empty: 'the exact costs are being summed…',
  });
}

const bits = (value: number | null) => (value === null ? '…' : value.toFixed(3).replace('-', '−'));

function BoundTable() {
  const exact = useWorldRecording<ExactBound>('exactBound')?.data ?? null;
  const gap = useWorldRecording<LearnedGap>('learnedGap')?.data ?? null;
  const settings = useWorldSettings<BitsSettings>();
  const learned = exact && gap && gap.gaps.length === exact.kls.length ? exact.K - gap.sum : null;
  const above = (K: number | null) => (exact && K !== null ? K - exact.nullBound : null);
  const isHeartbeat = settings.patterns.length === 5 && Math.abs((exact?.nullBound ?? 0) + 14.4386) < 1e-3;
  return (
    <div className="chart-card world-table">
      <table>
        <caption>
          <span>The bound of 2015, bits per row</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">of</th>
            <th scope="col">K</th>
            <th scope="col">K − L_null</th>
          </tr>
        </thead>
        <tbody>
          <BoundRow of="your network" K={learned} above={above(learned)} />
          <BoundRow
            of={`perfect, T = ${settings.nChain}${exact && !exact.isSummed ? ' (drawn)' : ''}`}
            K={exact?.K ?? null}
            above={above(exact?.K ?? null)}
          />
          <BoundRow of="the truth" K={exact?.truth ?? null} above={above(exact?.truth ?? null)} />
          {isHeartbeat && <BoundRow of="the paper" K={PAPER.K} above={PAPER.aboveNull} />}
          <BoundRow of="coin flips, L_null" K={exact?.nullBound ?? null} above={exact && 0} />
        </tbody>
      </table>
    </div>
  );
}

function BoundRow({
  of,
  K,
  above,
}: {
  readonly of: string;
  readonly K: number | null;
  readonly above: number | null;
}) {
  return (
    <tr>
      <th scope="row">{of}</th>
      <td>{bits(K)}</td>
      <td>{bits(above)}</td>
    </tr>
  );
}

const share = (value: number | undefined) => (value === undefined ? '…' : formatShare(value));

/** How far shares of so many rows scatter at most: their standard error at one half. */
const scatter = (rows: number | undefined) =>
  rows ? `, ±\u00a0${(50 / Math.sqrt(rows)).toFixed(0)}\u00a0%` : '';

/** How often rows end as each pattern, beside what is exact. */
function SharesTable() {
  const { patterns } = useWorldSettings<BitsSettings>();
  const reverse = useWorldRecording<BitFrames>('reverse')?.data ?? null;
  const product = useWorldRecording<ProductFrames>('product')?.data ?? null;
  // A pattern that was given twice is one row, with the shares of both.
  const rows = [
    ...[...new Set(patterns)].map((name) => ({
      name,
      places: patterns.flatMap((pattern, p) => (pattern === name ? [p] : [])),
      exact: patterns.filter((pattern) => pattern === name).length / patterns.length,
    })),
    { name: 'no pattern', places: [patterns.length], exact: 0 },
  ];
  const sum = (of: ArrayLike<number>, places: readonly number[]) =>
    places.reduce((total, p) => total + (of[p] ?? 0), 0);
  return (
    <div className="chart-card world-table">
      <table>
        <caption>
          <span>{`How often rows end as each pattern${scatter(reverse?.counted)}`}</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">pattern</th>
            <th scope="col">learned</th>
            <th scope="col">exact</th>
            <th scope="col">× r(x)</th>
            <th scope="col">exact × r(x)</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, places, exact }) => (
            <tr key={name}>
              <th scope="row">
                <PatternCells pattern={name} />
              </th>
              <td>{share(reverse?.shares ? sum(reverse.shares, places) : undefined)}</td>
              <td>{share(exact)}</td>
              <td>{share(product?.shares ? sum(product.shares, places) : undefined)}</td>
              <td>
                {product === null ? '…' : product.exact === null ? 'none' : share(sum(product.exact, places))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A pattern as small cells, in words for those who do not see them. */
function PatternCells({ pattern }: { readonly pattern: string }) {
  if (!/^[01]+$/.test(pattern)) return <span>{pattern}</span>;
  return (
    <>
      <span className="pattern-cells" aria-hidden="true">
        {Array.from(pattern, (bit, i) => ({ bit, name: `bit ${i + 1}` })).map(({ bit, name }) => (
          <i key={name} data-on={bit === '1'} />
        ))}
      </span>
      <span className="visually-hidden">{pattern}</span>
    </>
  );
}
