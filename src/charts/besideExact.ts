import type { Line } from './figure.ts';
import { logRange } from './series.ts';

/** Terms so much smaller than the largest add nothing that can be seen. */
const MOST_DECADES = 5;

export type Points = Pick<Line, 'x' | 'y'>;

/** A model, the exact answer, and by how much the model is worse, which nobody would see in their distance. */
export function besideExact(model: Points, exact: Points): Line[] {
  const gap = { x: model.x, y: model.y.map((value, i) => value - exact.y[i]!) };
  return [
    { name: 'your model', ...model, colour: 'accent', width: 2.5 },
    { name: 'exact answer', ...exact, colour: 'data', dash: [8, 4] },
    { name: 'difference', ...gap, colour: 'prediction', dash: [2, 3] },
  ];
}

/** Lines without the points that a logarithmic axis cannot show; none that has no others. */
export function drawable(lines: readonly Line[]): Line[] {
  return lines
    .map((line) => {
      const kept = line.y.flatMap((value, i) => (value > 0 && Number.isFinite(value) ? [i] : []));
      return { ...line, x: kept.map((i) => line.x[i]!), y: kept.map((i) => line.y[i]!) };
    })
    .filter(({ y }) => y.length > 0);
}

export function withinDecades(lines: readonly Line[]): readonly [number, number] {
  const [low, high] = logRange(lines.flatMap(({ y }) => y));
  return [Math.max(low, high / 10 ** MOST_DECADES), high];
}
