import { useMemo } from 'react';
import { Chart } from '../charts/Chart.tsx';
import { lossFigure } from '../charts/trainingFigures.ts';
import { usePlayground } from '../store/react.ts';
import { Boundary } from './Boundary.tsx';
import { LikelihoodChart } from './LikelihoodChart.tsx';
import { QualityChart } from './QualityChart.tsx';
import { ScheduleChart } from './ScheduleChart.tsx';

/** The schedule, the loss, the quality and the likelihood. */
export function ChartRow() {
  return (
    <section className="chart-row" aria-label="Charts">
      <Boundary what="The schedule" className="chart-card">
        <ScheduleChart />
      </Boundary>
      <Boundary what="The loss" className="chart-card">
        <div className="chart-card">
          <LossChart />
        </div>
      </Boundary>
      <Boundary what="The quality" className="chart-card">
        <QualityChart />
      </Boundary>
      <Boundary what="The likelihood" className="chart-card">
        <LikelihoodChart />
      </Boundary>
    </section>
  );
}

function LossChart() {
  const { steps, values } = usePlayground((state) => state.loss);
  const least = usePlayground(({ quality }) => quality?.leastLoss ?? null);
  const figure = useMemo(() => lossFigure({ steps, losses: values, least }), [steps, values, least]);
  return <Chart figure={figure} />;
}
