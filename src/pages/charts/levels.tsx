import { useMemo } from 'react';
import { levelsFigure } from '../../charts/levelsFigure.ts';
import { useLikelihood } from '../../store/react.ts';
import { useClock } from '../clockContext.ts';
import { ChartCard, type ChartInRow } from './ChartCard.tsx';

const ABOUT =
  'The training loss on fresh points at each noise level, with its weight. The exact answer has a loss too: what was noised cannot be known for certain. ' +
  'Where the difference is large, your network still errs.';

/** Where the network still errs: its loss at each noise level, beside that of the exact answer. */
export function LevelsChart({ menu }: ChartInRow) {
  const clock = useClock();
  const losses = useLikelihood()?.losses ?? null;
  const figure = useMemo(() => levelsFigure(losses), [losses]);
  return <ChartCard menu={menu} figure={figure} cursor={clock} about={ABOUT} />;
}
