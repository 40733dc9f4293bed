import '../charts/chartRow.css';
import { useMemo } from 'react';
import { domain, thin } from '../../charts/series.ts';
import { stepAxis } from '../../charts/trainingFigures.ts';
import { useWorldState } from '../../store/worlds/react.ts';
import { Boundary } from '../Boundary.tsx';
import { ChartCard } from '../charts/ChartCard.tsx';
import type { WorldParts } from './parts.ts';

const ABOUT = 'The training loss by step, as a mean over a tenth of a second.';

/** The loss, and the charts of the world. */
export function WorldCharts({ parts: { Charts } }: { readonly parts: WorldParts }) {
  return (
    <section className="chart-area" aria-label="Charts">
      <div className="chart-row">
        <Charts />
        <Boundary what="The chart “Learning”" className="chart-card">
          <LossChart />
        </Boundary>
      </div>
    </section>
  );
}

function LossChart() {
  const { steps, values } = useWorldState((state) => state.losses);
  const figure = useMemo(() => {
    const [low, high] = domain(values) ?? [0, 1];
    const room = 0.1 * Math.max(high - low, 0.02 * Math.abs(high));
    return {
      title: 'training loss',
      yTitle: 'nats',
      ...stepAxis(steps[0] ?? 1, steps.at(-1) ?? 0),
      yRange: [low - room, high + room] as const,
      yLog: false,
      lines:
        values.length === 0
          ? []
          : [{ name: 'your network', ...thin(steps, values), colour: 'accent' as const, width: 2.5 }],
      empty: 'no training step yet',
    };
  }, [steps, values]);
  return <ChartCard menu={<span>Learning</span>} figure={figure} about={ABOUT} />;
}
