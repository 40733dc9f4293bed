import { useMemo } from 'react';
import { Chart } from '../../charts/Chart.tsx';
import { lossFigure } from '../../charts/trainingFigures.ts';
import { usePlayground } from '../../store/react.ts';
import { Explain } from '../lessons/Explain.tsx';

/** The training loss by step, beside that of the exact answer. */
export function LossChart() {
  const { steps, values } = usePlayground((state) => state.loss);
  const least = usePlayground(({ quality }) => quality?.leastLoss ?? null);
  const figure = useMemo(() => lossFigure({ steps, losses: values, least }), [steps, values, least]);
  return (
    <div className="chart-card">
      <Chart figure={figure} hint={<Explain subject={figure.title} text={`${figure.title} MSE ε̂`} />} />
    </div>
  );
}
