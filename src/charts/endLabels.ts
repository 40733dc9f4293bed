import { type Band, type ColourToken, type Figure, heightOnAxis, type Line } from './figure.ts';

/** The name of a line or a band, where that ends at the right edge of the plot, and where its name stands. */
export interface EndLabel {
  readonly name: string;
  readonly colour: ColourToken;
  /** How it is drawn: a stroke, a single point, or an area. */
  readonly look: 'line' | 'point' | 'area';
  readonly dash?: readonly number[];
  /** CSS pixels from the plot's top. */
  readonly end: number;
  readonly middle: number;
}

type Named = Omit<EndLabel, 'end' | 'middle'> & {
  /** Shares of the axis: at its end, and in the mean on its way there. */
  readonly last: number;
  readonly way: number;
};

/**
 * The names of a figure's lines and bands beside their ends, moved as little as keeps them apart. Where they end together, the one
 * that was higher on the way is named above.
 * @param height of the plot
 * @param spacing between two names
 */
export function endLabels(figure: Figure, height: number, spacing: number): readonly EndLabel[] {
  const lines = figure.lines.filter(({ y, unnamed }) => y.length > 0 && unnamed !== true);
  const bands = figure.bands?.filter(({ x }) => x.length > 0) ?? [];
  const placed = [...lines.map((line) => ofLine(figure, line)), ...bands.map((band) => ofBand(figure, band))]
    .map(({ last, ...label }) => ({ ...label, end: height * (1 - last) }))
    .toSorted((a, b) => (Math.abs(a.end - b.end) > 2 ? a.end - b.end : b.way - a.way));
  const middles = spreadOut(
    placed.map(({ end }) => end),
    spacing,
    [spacing / 2, Math.max(height, spacing * placed.length) - spacing / 2],
  );
  return placed.map(({ way: _, ...label }, i) => ({ ...label, middle: middles[i]! }));
}

function ofLine(figure: Figure, { name, colour, dash, x, y }: Line): Named {
  const heights = y.map((value) => heightOnAxis(figure, value));
  const look = x.length === 1 ? 'point' : 'line';
  return { name, colour, look, ...(dash && { dash }), last: heights.at(-1)!, way: mean(heights) };
}

function ofBand(figure: Figure, { name, colour, low, high }: Band): Named {
  const last = mean([low.at(-1)!, high.at(-1)!].map((value) => heightOnAxis(figure, value)));
  return { name, colour, look: 'area', last, way: last };
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
