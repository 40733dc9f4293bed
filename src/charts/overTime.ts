import type { Figure, Line } from './figure.ts';

export const TIME_AXIS = { xTitle: 'time t: data 0, noise 1', xRange: [0, 1] } as const;

interface Measure {
  readonly title: string;
  readonly yTitle: string;
  readonly lines: readonly Line[];
  /** What is said while there are none. */
  readonly empty: string;
}

/** What is at least 0, over the whole way from data to noise. */
export function figureOverTime({ title, yTitle, lines, empty }: Measure): Figure {
  const top = Math.max(1e-6, ...lines.flatMap(({ y }) => Array.from(y)));
  return { title, ...TIME_AXIS, yTitle, yRange: [0, 1.1 * top], yLog: false, lines, empty };
}
