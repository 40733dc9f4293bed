import type { AlongPath, RoundTripResult } from '../protocol/studies.ts';
import type { Figure, Line } from './figure.ts';
import { TIME_AXIS } from './overTime.ts';
import { logRange } from './series.ts';

const NAMES = { learned: 'your model', exact: 'exact answer' } as const;

/** How far from where they began points end, by the steps each way. */
export function roundTripFigure(result: RoundTripResult | null): Figure {
  const rows = result?.rows.filter(({ error }) => error > 0 && Number.isFinite(error)) ?? [];
  const lines = (['learned', 'exact'] as const).flatMap((denoiser): Line[] => {
    const own = rows.filter((row) => row.denoiser === denoiser);
    if (own.length === 0) return [];
    return [
      {
        name: NAMES[denoiser],
        x: own.map(({ nSteps }) => nSteps),
        y: own.map(({ error }) => error),
        colour: denoiser === 'learned' ? 'accent' : 'data',
        markers: true,
        ...(denoiser === 'exact' && { dash: [8, 4] }),
      },
    ];
  });
  const steps = rows.map(({ nSteps }) => nSteps);
  return {
    title: 'round trip error by steps',
    xTitle: 'steps each way',
    yTitle: 'mean distance, units',
    xLog: true,
    yLog: true,
    xRange: steps.length === 0 ? [5, 200] : [0.8 * Math.min(...steps), 1.25 * Math.max(...steps)],
    yRange: logRange(rows.map(({ error }) => error)),
    lines,
    empty: 'no trip has ended yet',
  };
}

/** How likely points are on their way to the noise. */
export function likelihoodAlongFigure(along: AlongPath): Figure {
  return alongFigure(along, 'likelihood along the path', 'log₂ p, bits');
}

/** How the integral of the divergence grows on the way to the noise. */
export function divergenceFigure(along: AlongPath): Figure {
  return alongFigure(along, 'integral of the divergence along the path', '∫ div f dt, bits');
}

function alongFigure(along: AlongPath, title: string, yTitle: string): Figure {
  const line = (name: string, y: Float32Array, colour: Line['colour'], dash?: readonly number[]): Line => {
    const kept = Array.from(y).flatMap((value, i) => (Number.isFinite(value) ? [i] : []));
    return {
      name,
      x: kept.map((i) => along.times[i]!),
      y: kept.map((i) => y[i]!),
      colour,
      ...(dash && { dash }),
    };
  };
  const lines = [
    line('your model', along.model, 'accent'),
    line('exact answer', along.exact, 'data', [8, 4]),
  ];
  const values = lines.flatMap(({ y }) => y);
  return {
    ...TIME_AXIS,
    title,
    yTitle,
    yLog: false,
    yRange: values.length === 0 ? [-5, 0] : [Math.min(...values) - 0.3, Math.max(...values) + 0.3],
    lines,
    empty: 'no numbers',
  };
}

/** What a round trip says, in sentences. */
export function roundTripSentences({ orders, straightness }: RoundTripResult): readonly string[] {
  const fitted = orders.map(
    ({ denoiser, order, error }) => `${NAMES[denoiser]} ${order.toFixed(2)} ± ${error.toFixed(2)}`,
  );
  const straight = straightness.map(
    ({ denoiser, value }) => `${NAMES[denoiser]} ${(100 * value).toFixed(0)} %`,
  );
  return [
    ...(fitted.length > 0 ? [`Fitted order: ${fitted.join(', ')}.`] : []),
    ...(straight.length > 0
      ? [`Straightness of the paths (distance over length): ${straight.join(', ')}.`]
      : []),
  ];
}
