import { type Figure, heightOnAxis, type Line } from './figure.ts';

/** Where a line ends at the right edge of the plot, and where its name stands; CSS pixels from the plot's top. */
export interface EndLabel {
  readonly line: Line;
  readonly end: number;
  readonly middle: number;
}

/**
 * The names of a figure's lines beside their ends, moved as little as keeps them apart. Where lines end together, the one that
 * was higher on the way is named above.
 * @param height of the plot
 * @param spacing between two names
 */
export function endLabels(figure: Figure, height: number, spacing: number): readonly EndLabel[] {
  const named = figure.lines.filter(({ y, unnamed }) => y.length > 0 && unnamed !== true);
  const placed = named
    .map((line) => ({
      line,
      end: height * (1 - heightOnAxis(figure, line.y.at(-1)!)),
      way: mean(line.y.map((y) => heightOnAxis(figure, y))),
    }))
    .toSorted((a, b) => (Math.abs(a.end - b.end) > 2 ? a.end - b.end : b.way - a.way));
  const middles = spreadOut(
    placed.map(({ end }) => end),
    spacing,
    [spacing / 2, Math.max(height, spacing * placed.length) - spacing / 2],
  );
  return placed.map(({ line, end }, i) => ({ line, end, middle: middles[i]! }));
}

/**
 * The places nearest to those wanted that are at least so far apart.
 * @param wanted rising
 * @param within where the first and the last may lie; where that is too short, the last go beyond
 */
export function spreadOut(
  wanted: readonly number[],
  spacing: number,
  [low, high]: readonly [number, number],
): readonly number[] {
  // In places from which the i-th has taken i spacings, being apart is being in order: neighbours that are not are averaged.
  const groups: { sum: number; count: number }[] = [];
  const last = high - spacing * (wanted.length - 1);
  for (const [i, place] of wanted.entries()) {
    groups.push({ sum: place - i * spacing, count: 1 });
    while (groups.length > 1 && level(groups.at(-2)!) > level(groups.at(-1)!)) {
      const { sum, count } = groups.pop()!;
      groups.at(-1)!.sum += sum;
      groups.at(-1)!.count += count;
    }
  }
  return groups
    .flatMap((group) => Array.from({ length: group.count }, () => level(group)))
    .map((place, i) => Math.max(low, Math.min(last, place)) + i * spacing);
}

const level = ({ sum, count }: { readonly sum: number; readonly count: number }) => sum / count;

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
