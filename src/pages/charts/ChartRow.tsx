import type { ReactNode } from 'react';
import { CHARTS, type ChartId } from '../../experiment/charts.ts';
import { useField } from '../../store/react.ts';
import { Boundary } from '../Boundary.tsx';
import { ChartMenu } from './ChartMenu.tsx';
import './chartRow.css';
import { charts } from './index.ts';

/** The charts that the person has chosen, in their order. */
export function ChartRow() {
  const chosen = useField('charts');
  return <ChartCards chosen={chosen} menuOf={(id) => <ChartMenu id={id} />} />;
}

interface ChartCardsProps {
  readonly chosen: readonly ChartId[];
  /** What stands in a chart's title. */
  readonly menuOf: (id: ChartId) => ReactNode;
}

export function ChartCards({ chosen, menuOf }: ChartCardsProps) {
  if (chosen.length === 0) return null;
  return (
    <section className="chart-area" aria-label="Charts" data-tour="charts">
      <div className="chart-row" data-count={chosen.length}>
        {chosen.map((id) => {
          const ChosenChart = charts[id];
          return (
            <Boundary key={id} what={`The chart “${CHARTS[id].label}”`} className="chart-card">
              <ChosenChart menu={menuOf(id)} />
            </Boundary>
          );
        })}
      </div>
    </section>
  );
}
