import { useMemo } from 'react';
import { Chart } from '../charts/Chart.tsx';
import { distanceFigure, lossFigure } from '../charts/trainingFigures.ts';
import { usePlayground } from '../store/react.ts';
import { LikelihoodChart } from './LikelihoodChart.tsx';
import { ScheduleChart } from './ScheduleChart.tsx';

/** The schedule, the loss, the distance and the likelihood. */
export function ChartRow() {
  return (
    <section className="chart-row" aria-label="Charts">
      <ScheduleChart />
      <div className="chart-card">
        <LossChart />
      </div>
      <div className="chart-card">
        <DistanceChart />
      </div>
      <LikelihoodChart />
    </section>
  );
}

function LossChart() {
  const { steps, values } = usePlayground((state) => state.loss);
  const least = usePlayground(({ quality }) => quality?.leastLoss ?? null);
  const figure = useMemo(() => lossFigure({ steps, losses: values, least }), [steps, values, least]);
  return <Chart figure={figure} />;
}

function DistanceChart() {
  const { steps, values } = usePlayground((state) => state.distance);
  const perfect = usePlayground(({ quality }) => quality?.perfect ?? null);
  const figure = useMemo(
    () => distanceFigure({ steps, distances: values, perfect }),
    [steps, values, perfect],
  );
  return <Chart figure={figure} />;
}
