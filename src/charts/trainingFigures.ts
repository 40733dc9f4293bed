import type { Figure, Line } from './figure.ts';
import { axisEnd, logRange, smooth, thin } from './series.ts';

export interface LossHistory {
  readonly steps: ArrayLike<number>;
  /** Mean squared error of the prediction of ε, per coordinate. */
  readonly losses: ArrayLike<number>;
  /** Loss of the exact answer; null until it is known. */
  readonly least: number | null;
}

/** Steps after which a loss counts half in the smoothed curve: a fiftieth of the run, at least 10. */
const halfLifeFor = (nSteps: number): number => Math.max(10, nSteps / 50);

/** Training loss against steps: every recorded value faintly, its moving average, and what no network can beat. */
export function lossFigure({ steps, losses, least }: LossHistory): Figure {
  const n = steps.length;
  const last = steps[n - 1] ?? 0;
  const raw = thin(steps, losses);
  const smoothed = thin(steps, smooth(steps, losses, halfLifeFor(last)));
  const lines: Line[] =
    n === 0
      ? []
      : [
          { name: 'per batch', ...raw, colour: 'muted', width: 1, opacity: 0.5 },
          { name: 'smoothed', ...smoothed, colour: 'accent', width: 2.5 },
        ];
  const end = axisEnd(Math.max(last, 100));
  if (n > 0 && least !== null) {
    lines.push({ name: 'exact answer', x: [0, end], y: [least, least], colour: 'data', dash: 'dash' });
  }
  return {
    title: 'Training loss',
    xTitle: 'training step',
    yTitle: 'MSE of ε̂',
    xRange: [0, end],
    yRange: logRange(lines.flatMap((line) => line.y)),
    yLog: true,
    lines,
    empty: 'no training step yet',
  };
}
