import '../charts/chartRow.css';
import './worldCharts.css';
import { useMemo } from 'react';
import { lossFigure } from '../../charts/trainingFigures.ts';
import { useWorldState } from '../../store/worlds/react.ts';
import { Boundary } from '../Boundary.tsx';
import { ChartCard } from '../charts/ChartCard.tsx';
import type { WorldChart, WorldParts } from './parts.ts';

const ABOUT = 'The training loss by step. Faint: as it came; the line is its moving average.';

const LOSS: WorldChart = { name: 'loss', what: 'The chart “Learning”', Card: LossChart };

/** The wide ones last. */
const chartsOf = ({ charts }: WorldParts): readonly WorldChart[] => [
  ...charts.filter(({ wide }) => !wide),
  LOSS,
  ...charts.filter(({ wide }) => wide),
];

/** By which an embed asks for them. */
export const worldChartNames = (parts: WorldParts): readonly string[] =>
  chartsOf(parts).map(({ name }) => name);

interface WorldChartsProps {
  readonly parts: WorldParts;
  /** Their names; all where it is left out. */
  readonly chosen?: readonly string[];
}

/** The charts of the world, and the loss. */
export function WorldCharts({ parts, chosen = worldChartNames(parts) }: WorldChartsProps) {
  const settings = useWorldState((state) => state.settings);
  const shown = chartsOf(parts).filter(
    ({ name, suits }) => chosen.includes(name) && (suits?.(settings) ?? true),
  );
  const small = shown.filter(({ wide }) => !wide);
  return (
    <section className="chart-area world-charts" aria-label="Charts">
      {small.length > 0 && (
        <div className="chart-row" data-count={small.length}>
          {small.map(cardOf)}
        </div>
      )}
      {shown
        .filter(({ wide }) => wide)
        .map((chart) => (
          <div key={chart.name} className="chart-row" data-count={1}>
            {cardOf(chart)}
          </div>
        ))}
    </section>
  );
}

const cardOf = ({ name, what, Card }: WorldChart) => (
  <Boundary key={name} what={what} className="chart-card">
    <Card />
  </Boundary>
);

function LossChart() {
  const { steps, values } = useWorldState((state) => state.losses);
  const figure = useMemo(() => lossFigure({ steps, losses: values, least: null }), [steps, values]);
  return <ChartCard menu={<span>Learning</span>} figure={figure} about={ABOUT} />;
}
