/** A growing curve of bounded length: when it is full, every second point goes and half as many are let in. */
export interface Series {
  readonly steps: readonly number[];
  readonly values: readonly number[];
  /** One in `stride` of the points offered is kept. */
  readonly stride: number;
  /** Points offered so far. */
  readonly offered: number;
}

export const MAX_SERIES_POINTS = 2000;

export const emptySeries: Series = { steps: [], values: [], stride: 1, offered: 0 };

/** The series with points added; the last point offered is not always kept. */
export function extendSeries(series: Series, steps: ArrayLike<number>, values: ArrayLike<number>): Series {
  const next = { ...series, steps: [...series.steps], values: [...series.values] };
  for (let i = 0; i < steps.length; i++) {
    if (next.offered++ % next.stride !== 0) continue;
    next.steps.push(steps[i]!);
    next.values.push(values[i]!);
    if (next.steps.length < MAX_SERIES_POINTS) continue;
    next.steps = everySecond(next.steps);
    next.values = everySecond(next.values);
    next.stride *= 2;
  }
  return next;
}

const everySecond = (values: readonly number[]) => values.filter((_, i) => i % 2 === 0);
