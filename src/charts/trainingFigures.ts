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

export interface DistanceHistory {
  readonly steps: ArrayLike<number>;
  /** Sliced Wasserstein-2 from samples to fresh true points, data units. */
  readonly distances: ArrayLike<number>;
  /** The same between two true draws; null until it is known. */
  readonly perfect: number | null;
}

/** Models of so large a part of the steps are nearly the same, and their distances differ by chance. */
const NEARLY_SAME = 0.95;

/** The middle one of the distances of nearly the same model, at its last step. */
function onePerModel(steps: ArrayLike<number>, values: ArrayLike<number>): [number[], number[]] {
  const groups: { first: number; last: number; values: number[] }[] = [];
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i]!;
    const latest = groups.at(-1);
    if (latest && latest.first >= NEARLY_SAME * step) {
      latest.last = step;
      latest.values.push(values[i]!);
    } else groups.push({ first: step, last: step, values: [values[i]!] });
  }
  const middle = (several: number[]) => several.sort((a, b) => a - b)[(several.length - 1) >> 1]!;
  return [groups.map(({ last }) => last), groups.map((group) => middle(group.values))];
}

/** Distance from samples to true data against steps, beside what a perfect model would score. */
export function distanceFigure({ steps, distances, perfect }: DistanceHistory): Figure {
  const n = steps.length;
  const end = axisEnd(Math.max(steps[n - 1] ?? 0, 100));
  const measured = thin(...onePerModel(steps, distances));
  const lines: Line[] = [];
  if (n > 0) lines.push({ name: 'samples', ...measured, colour: 'sample', width: 2.5, markers: n <= 40 });
  if (perfect !== null && perfect > 0) {
    const level = (factor: number): Pick<Line, 'x' | 'y'> => ({
      x: [0, end],
      y: [factor * perfect, factor * perfect],
    });
    lines.push({ name: 'perfect', ...level(1), colour: 'data', width: 2 });
    lines.push({ name: '2 × perfect', ...level(2), colour: 'data', width: 1.5, dash: 'dash' });
  }
  return {
    title: 'Sliced W₂ to the data',
    xTitle: 'training step',
    yTitle: 'data units',
    xRange: [0, end],
    yRange: logRange(lines.flatMap((line) => line.y)),
    yLog: true,
    lines,
    empty: 'no samples yet',
  };
}
