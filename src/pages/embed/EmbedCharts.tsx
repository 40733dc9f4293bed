import type { ChartId } from '../../experiment/charts.ts';
import { Boundary } from '../Boundary.tsx';
import { charts } from '../charts/index.ts';

/** The charts that the link asks for, under the stages. */
export default function EmbedCharts({ chosen }: { readonly chosen: readonly ChartId[] }) {
  return (
    <section className="chart-row" aria-label="Charts">
      {chosen.map((id) => {
        const ChosenChart = charts[id];
        return (
          <Boundary key={id} what="The chart" className="chart-card">
            <ChosenChart />
          </Boundary>
        );
      })}
    </section>
  );
}
