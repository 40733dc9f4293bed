import { useMemo } from 'react';
import { qualityFigure } from '../../charts/qualityFigure.ts';
import { usePlayground } from '../../store/react.ts';
import { ChartCard, type ChartInRow } from './ChartCard.tsx';

const ABOUT =
  'How good your model’s samples are. Strays are samples where the data are not: ' +
  'less likely than 99 % of the data, or farther from every data point than they are from each other; 1 % of true draws are. ' +
  'Missed are data points in whose neighbourhood there are no samples; 3.1 % with true draws. ' +
  'The bands are where true draws lie by chance: within them, nothing is better than anything else.';

/** How good the person's own model was by step. */
export function QualityChart({ menu }: ChartInRow) {
  const points = usePlayground((state) => state.ownQuality);
  const figure = useMemo(() => qualityFigure(points), [points]);
  return <ChartCard menu={menu} figure={figure} about={ABOUT} />;
}
