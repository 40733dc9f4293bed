import type { ReactNode } from 'react';
import { Chart, type ChartProps } from '../../charts/Chart.tsx';
import { Explain } from '../lessons/Explain.tsx';

/** What a chart is given by the row that it stands in. */
export interface ChartInRow {
  /** What it is called, as a menu of what may stand in its place. */
  readonly menu: ReactNode;
}

interface ChartCardProps extends ChartInRow, Omit<ChartProps, 'menu' | 'hint'> {
  /** What is plotted and how it is read, behind a small “?”. */
  readonly about: string;
}

/** One chart of the row. */
export function ChartCard({ menu, about, ...chart }: ChartCardProps) {
  return (
    <div className="chart-card">
      <Chart
        {...chart}
        menu={menu}
        hint={<Explain subject={chart.figure.title} text={`${chart.figure.title} ${about}`} about={about} />}
      />
    </div>
  );
}
