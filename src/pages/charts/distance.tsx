import { useMemo } from 'react';
import { distanceFigure } from '../../charts/qualityFigure.ts';
import { usePlayground } from '../../store/react.ts';
import { ChartCard, type ChartInRow } from './ChartCard.tsx';

const ABOUT =
  'Sliced Wasserstein-2: how far points must travel to turn your model’s samples into fresh data, in data units. It sees the whole and hardly notices a few strays. ' +
  'The band is what fresh data have to other fresh data: within it, your model is as good as can be measured.';

/** How far the samples of the person's own model were from the data, by step. */
export function DistanceChart({ menu }: ChartInRow) {
  const points = usePlayground((state) => state.ownQuality);
  const figure = useMemo(() => distanceFigure(points), [points]);
  return <ChartCard menu={menu} figure={figure} about={ABOUT} />;
}
