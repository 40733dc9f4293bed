import '../charts/chartRow.css';
import { useMemo } from 'react';
import { lossFigure } from '../../charts/trainingFigures.ts';
import { useWorldState } from '../../store/worlds/react.ts';
import { Boundary } from '../Boundary.tsx';
import { ChartCard } from '../charts/ChartCard.tsx';
import type { WorldChart, WorldParts } from './parts.ts';

const ABOUT = 'The training loss by step. Faint: as it came; the line is its moving average.';

const LOSS: WorldChart = { name: 'loss', what: 'The chart “Learning”', Card: LossChart };

const chartsOf = ({ charts }: WorldParts): readonly WorldChart[] => [...charts, LOSS];

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
  return (
    <section className="chart-area" aria-label="Charts">
      <div className="chart-row">
        {chartsOf(parts)
          .filter(({ name }) => chosen.includes(name))
          .map(({ name, what, Card }) => (
            <Boundary key={name} what={what} className="chart-card">
              <Card />
            </Boundary>
          ))}
      </div>
    </section>
  );
}

function LossChart() {
  const { steps, values } = useWorldState((state) => state.losses);
  const figure = useMemo(() => lossFigure({ steps, losses: values, least: null }), [steps, values]);
  return <ChartCard menu={<span>Learning</span>} figure={figure} about={ABOUT} />;
}
