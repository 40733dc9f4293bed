import { useMemo } from 'react';
import type { Figure } from '../../charts/figure.ts';
import { figureOverTime } from '../../charts/overTime.ts';
import { ChartCard } from '../../pages/charts/ChartCard.tsx';
import { useClock } from '../../pages/clockContext.ts';
import { useWorldRecording } from '../../store/worlds/react.ts';
import type { RoundingAnswer } from './recordings.ts';

const ABOUT =
  'How far x̂₀ is from the nearest word, on average over positions and sentences, at each step of the way back. ' +
  'The exact mean of what may stand here lies between words while several are possible, and comes to one word only near the end; ' +
  'with the clamp each step goes on from a word, so that the next estimate has less to choose from.';

/** Of Diffusion-LM: when the estimates come to words. */
export function RoundingChart() {
  const clock = useClock();
  const answer = useWorldRecording<RoundingAnswer | null>('rounding')?.data ?? null;
  const figure = useMemo(() => roundingFigure(answer), [answer]);
  return <ChartCard menu={<span>Rounding by t</span>} figure={figure} cursor={clock} about={ABOUT} />;
}

export function roundingFigure(answer: RoundingAnswer | null): Figure {
  const lines = (answer?.lines ?? []).map(({ denoiser, clamp, distances }) => {
    const steps = distances.length;
    // From data to noise, as axes run: the last step stands first.
    const y = [...distances].reverse();
    return {
      name: `${denoiser === 'learned' ? 'your network' : 'exact'}${clamp ? ', clamped' : ''}`,
      x: y.map((_, k) => (k + 1) / steps),
      y,
      colour: denoiser === 'learned' ? ('accent' as const) : ('data' as const),
      width: 2.5,
      ...(clamp && { dash: [6, 4] }),
    };
  });
  return figureOverTime({
    title: 'distance of x̂₀ to the nearest word',
    yTitle: 'distance',
    lines,
    empty: 'being measured when training rests…',
  });
}
