import { type CSSProperties, type ReactNode, useEffect, useRef, useState } from 'react';
import {
  type ChartCursor,
  type ChartState,
  type ChartView,
  createChartView,
  type PickedPoint,
} from './chartView.ts';
import { EndLabels } from './EndLabels.tsx';
import type { Figure } from './figure.ts';
import './charts.css';

export interface ChartProps {
  readonly figure: Figure;
  /** What the chart is called, before what it shows. */
  readonly menu?: ReactNode;
  /** Whether the figure changes under the person's hand, and must keep up with it. */
  readonly live?: boolean;
  /** Marks its time on the x axis, for figures whose x is t. */
  readonly cursor?: ChartCursor;
  /** A point was pressed; what it does must be offered by key elsewhere. */
  readonly onPick?: (point: PickedPoint) => void;
  /** What explains the figure, beside its title. */
  readonly hint?: ReactNode;
  /** Controls at the right end of the title's line, or below it where there is little room. */
  readonly corner?: ReactNode;
}

const FILL: CSSProperties = { position: 'absolute', inset: 0 };
const CENTRED: CSSProperties = {
  ...FILL,
  display: 'grid',
  placeItems: 'center',
  color: 'var(--muted)',
  margin: 0,
};
const CURSOR: CSSProperties = {
  position: 'absolute',
  width: 'calc(2px * var(--emphasis, 1))',
  marginLeft: 'calc(-1px * var(--emphasis, 1))',
  background: 'var(--text)',
  opacity: 0.65,
  pointerEvents: 'none',
};

/** A chart that fills its element. Plotly is fetched when the page is idle; a figure that is not live is redrawn at most once a second. */
export function Chart(props: ChartProps) {
  const [attempt, setAttempt] = useState(0);
  return <ChartAttempt key={attempt} {...props} onRetry={() => setAttempt(attempt + 1)} />;
}

function ChartAttempt({
  figure,
  live,
  menu,
  cursor,
  hint,
  corner,
  onPick,
  onRetry,
}: ChartProps & { onRetry: () => void }) {
  const plot = useRef<HTMLDivElement>(null);
  const line = useRef<HTMLDivElement>(null);
  const view = useRef<ChartView | null>(null);
  const latest = useRef(figure);
  latest.current = figure;
  const picks = useRef(onPick);
  picks.current = onPick;
  const [state, setState] = useState<ChartState>('loading');

  useEffect(() => {
    if (plot.current === null) return;
    const elements = { plot: plot.current, line: line.current };
    const made = createChartView(elements, latest.current, cursor ?? null, setState, (point) =>
      picks.current?.(point),
    );
    view.current = made;
    return () => {
      made.dispose();
      view.current = null;
    };
  }, [cursor]);
  useEffect(() => view.current?.setFigure(figure, live), [figure, live]);

  const cursorStyle: CSSProperties = { ...CURSOR, visibility: state === 'ready' ? 'visible' : 'hidden' };
  return (
    <figure className="chart">
      <figcaption className="chart-header">
        <span className="chart-title">
          {menu !== undefined && <span className="chart-name">{menu}</span>}
          <span className="chart-what">{figure.title}</span>
          {hint}
        </span>
        {corner !== undefined && <div className="chart-corner">{corner}</div>}
        {figure.notes !== undefined && (
          <div className="chart-notes">
            {figure.notes.map((note) => (
              <span key={note}>{note}</span>
            ))}
          </div>
        )}
      </figcaption>
      <div className="chart-body">
        <div className="chart-plot">
          <div ref={plot} role="img" style={FILL} />
          {cursor !== undefined && <div ref={line} aria-hidden style={cursorStyle} />}
          {state === 'ready' && figure.lines.length === 0 && <p style={CENTRED}>{figure.empty}</p>}
          {state === 'loading' && <p style={CENTRED}>loading the chart…</p>}
          {state === 'failed' && (
            <div role="alert" style={CENTRED}>
              <p>
                <span>{`The chart “${figure.title}” could not be loaded: you are offline, or the page has been updated. `}</span>
                <button type="button" onClick={onRetry}>
                  Try again
                </button>
              </p>
            </div>
          )}
        </div>
        {figure.lines.length > 0 && <EndLabels figure={figure} />}
      </div>
    </figure>
  );
}
