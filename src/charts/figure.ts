import { formatNumber } from '../experiment/numberText.ts';
/** Which token of the theme a line takes its colour from. */
export type ColourToken = 'data' | 'sample' | 'prediction' | 'accent' | 'muted';

export interface Line {
  readonly name: string;
  /** Equal lengths, at most `MOST_POINTS` after thinning; x rises. */
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly colour: ColourToken;
  readonly dash?: 'dash' | 'dot' | 'dashdot';
  /** CSS pixels before the theme's emphasis; 2 unless told. */
  readonly width?: number;
  readonly opacity?: number;
  /** A mark at each point, for series of few. */
  readonly markers?: boolean;
}

/** A line chart as data: no colours, no pixels, no library. */
export interface Figure {
  readonly title: string;
  readonly xTitle: string;
  readonly yTitle: string;
  /** Fixed, so that a cursor can be placed without asking the chart. */
  readonly xRange: readonly [number, number];
  /** In the units of y, also where the axis is logarithmic. */
  readonly yRange: readonly [number, number];
  readonly yLog: boolean;
  readonly lines: readonly Line[];
  /** Sentences below the legend: what the lines come to. */
  readonly notes?: readonly string[];
  /** What stands in the middle while there is no line to draw. */
  readonly empty?: string;
}

/** Where x lies between the ends of the axis, 0…1. */
export function shareOfAxis(figure: Figure, x: number): number {
  const [low, high] = figure.xRange;
  return high === low ? 0 : Math.min(1, Math.max(0, (x - low) / (high - low)));
}

const short = (value: number): string => {
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-3 || size >= 1e5)
    ? formatNumber(value, 2)
    : String(Number(value.toPrecision(3)));
};

/** The chart in words: each line's first and last value, and what is said of them. */
export function describeFigure(figure: Figure): string {
  const lines = figure.lines
    .filter((line) => line.y.length > 0)
    .map((line) => {
      const first = line.y[0]!;
      const last = line.y[line.y.length - 1]!;
      return first === last
        ? `${line.name} ${short(last)}`
        : `${line.name} from ${short(first)} to ${short(last)}`;
    });
  const content = lines.length === 0 ? (figure.empty ?? 'nothing yet') : lines.join('; ');
  const notes = (figure.notes ?? []).map((note) => ` ${note}.`).join('');
  return `${figure.title}: ${content}.${notes} Horizontal: ${figure.xTitle}. Vertical: ${figure.yTitle}.`;
}
