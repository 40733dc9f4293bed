import { useMemo } from 'react';
import { lossFigure } from '../../charts/trainingFigures.ts';
import { usePlayground } from '../../store/react.ts';
import { ChartCard, type ChartInRow } from './ChartCard.tsx';

const ABOUT =
  'How far the training loss is above that of the exact answer: all that is left to learn. The loss itself never falls to 0, as what was noised cannot be known for certain. ' +
  'Faint: each batch. In the shaded part, chance alone can make the difference. ' +
  'A network gets below the exact answer only by chance, or by learning few training points by heart.';

/** How far the training loss is above that of the exact answer, by step. */
export function LossChart({ menu }: ChartInRow) {
  const { steps, values } = usePlayground((state) => state.loss);
  const least = usePlayground(({ exactLoss, quality }) => exactLoss ?? quality?.leastLoss ?? null);
  const figure = useMemo(() => lossFigure({ steps, losses: values, least }), [steps, values, least]);
  return <ChartCard menu={menu} figure={figure} about={ABOUT} />;
}
