import { useMemo } from 'react';
import { Chart } from '../../charts/Chart.tsx';
import { qualityFigure } from '../../charts/qualityFigure.ts';
import { usePlayground } from '../../store/react.ts';
import { Hint } from '../../ui/Hint.tsx';

const ABOUT =
  'How good your model’s samples are, as so many times what true draws have, on a logarithmic axis. Strays are samples where the data are not: ' +
  'less likely than 99 % of the data, or farther from every data point than they are from each other; 1 % of true draws. ' +
  'Missed are data points in whose neighbourhood there are no samples; 3.1 % with true draws. ' +
  'Sliced W₂ is how far points must travel to turn samples into data: it sees the whole and hardly notices strays.';

/** How good the person's own model was by step. */
export function QualityChart() {
  const points = usePlayground((state) => state.ownQuality);
  const figure = useMemo(() => qualityFigure(points), [points]);
  return (
    <div className="chart-card">
      <Chart figure={figure} hint={<Hint subject={figure.title} text={ABOUT} />} />
    </div>
  );
}
