import { formatNumber } from '../experiment/numberText.ts';
/** Which token of the theme a line takes its colour from. */
export type ColourToken = 'data' | 'sample' | 'prediction' | 'accent' | 'muted' | SeriesToken;

/** Colours for lines beside the one that matters: as many as schedules can be laid over another. */
export const SERIES_TOKENS = [
  'series-1',
  'series-2',
  'series-3',
  'series-4',
  'series-5',
  'series-6',
  'series-7',
  'series-8',
] as const;
type SeriesToken = (typeof SERIES_TOKENS)[number];

export interface Line {
  readonly name: string;
  /** Equal lengths, at most `MOST_POINTS` after thinning; x rises. */
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly colour: ColourToken;
  /** Lengths of strokes and gaps in turn, CSS pixels; a whole line when left out. */
  readonly dash?: readonly number[];
  /** CSS pixels before the theme's emphasis; 2 unless told. */
  readonly width?: number;
  readonly opacity?: number;
  /** [points] standard errors of y, drawn as bars. */
  readonly errors?: readonly number[];
  /** A mark at each point, for series of few. */
  readonly markers?: boolean;
  /** Not named at its end: it only lies behind another. */
  readonly unnamed?: boolean;
}

/** The values between which a line may be by chance, or which are as good as they can be. */
export interface Band {
  /** In few words, beside its end. */
  readonly name: string;
  readonly x: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly colour: ColourToken;
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
  readonly xLog?: boolean;
  readonly lines: readonly Line[];
  /** Behind the lines. */
  readonly bands?: readonly Band[];
  /** Sentences below the legend: what the lines come to. */
  readonly notes?: readonly string[];
  /** What stands in the middle while there is no line to draw. */
  readonly empty?: string;
}

/** Where x lies between the ends of the axis, 0…1. */
export function shareOfAxis({ xRange, xLog = false }: Figure, x: number): number {
  return shareOf(xRange, xLog, x);
}

/** Where y lies between the ends of the axis, 0…1. */
export function heightOnAxis({ yRange, yLog }: Figure, y: number): number {
  return shareOf(yRange, yLog, y);
}

function shareOf(range: readonly [number, number], log: boolean, value: number): number {
  const on = (x: number) => (log ? Math.log(Math.max(x, Number.MIN_VALUE)) : x);
  const [low, high] = [on(range[0]), on(range[1])];
  return high === low ? 0 : Math.min(1, Math.max(0, (on(value) - low) / (high - low)));
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
    .filter((line) => line.y.length > 0 && line.unnamed !== true)
    .map((line) => {
      const first = line.y[0]!;
      const last = line.y[line.y.length - 1]!;
      return first === last
        ? `${line.name} ${short(last)}`
        : `${line.name} from ${short(first)} to ${short(last)}`;
    });
  const bands = (figure.bands ?? []).filter(({ x }) => x.length > 0).map(({ name }) => name);
  const content = lines.length === 0 ? (figure.empty ?? 'nothing yet') : [...lines, ...bands].join('; ');
  const notes = (figure.notes ?? []).map((note) => ` ${note}.`).join('');
  return `${figure.title}: ${content}.${notes} Horizontal: ${figure.xTitle}. Vertical: ${figure.yTitle}.`;
}
