import { useMemo, useState } from 'react';
import { Chart } from '../charts/Chart.tsx';
import { type ScheduleQuantity, scheduleFigure } from '../charts/scheduleFigure.ts';
import { distanceFigure, lossFigure } from '../charts/trainingFigures.ts';
import { Segmented } from '../controls/Segmented.tsx';
import { chainTables } from '../core/chain.ts';
import { schedules } from '../core/schedules/index.ts';
import { useField, usePlayground } from '../store/react.ts';
import { useClock } from './clockContext.ts';

const QUANTITIES: readonly {
  readonly value: ScheduleQuantity;
  readonly label: string;
  readonly name: string;
}[] = [
  { value: 'alpha-bar', label: 'ᾱ', name: 'Signal left, alpha bar' },
  { value: 'beta', label: 'β', name: 'Noise per step, beta' },
  { value: 'log-snr', label: 'SNR', name: 'Log signal-to-noise ratio' },
];

/** The schedule, the loss and the distance. */
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
    </section>
  );
}

function ScheduleChart() {
  const clock = useClock();
  const [shown, setShown] = useState<ScheduleQuantity>('alpha-bar');
  const schedule = useField('schedule');
  const overlays = useField('overlays');
  const nChain = useField('nChain');
  const rescale = useField('rescale');
  const figure = useMemo(() => {
    const ids = [schedule, ...overlays.filter((id) => id !== schedule)];
    const curves = ids.map((id) => {
      const { label, betas } = schedules.get(id);
      const { alphasCumprod, betas: table } = chainTables(betas(nChain, { rescale }));
      return { label, betas: table, alphasCumprod, active: id === schedule };
    });
    return scheduleFigure(curves, shown);
  }, [schedule, overlays, nChain, rescale, shown]);
  return (
    <div className="chart-card">
      <Chart
        figure={figure}
        cursor={clock}
        corner={
          <div className="chart-corner">
            <Segmented label="Quantity" hideLabel value={shown} options={QUANTITIES} onChange={setShown} />
          </div>
        }
      />
    </div>
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
