import { CHARTS } from '../../experiment/charts.ts';
import { useField } from '../../store/react.ts';
import { Boundary } from '../Boundary.tsx';
import { ChartMenu } from './ChartMenu.tsx';
import './chartRow.css';
import { charts } from './index.ts';

/** The charts that the person has chosen, in their order. */
export function ChartRow() {
  const chosen = useField('charts');
  if (chosen.length === 0) return null;
  return (
    <section className="chart-area" aria-label="Charts">
      <div className="chart-row" data-count={chosen.length}>
        {chosen.map((id) => {
          const ChosenChart = charts[id];
          return (
            <Boundary key={id} what={`The chart “${CHARTS[id].label}”`} className="chart-card">
              <ChosenChart menu={<ChartMenu id={id} />} />
            </Boundary>
          );
        })}
      </div>
    </section>
  );
}
