import { type Figure, type Line, SERIES_TOKENS } from './figure.ts';
import { TIME_AXIS } from './overTime.ts';
import { axisEnd, domain, logRange, thin } from './series.ts';

/** How one process loses its signal; each table is [T], and entry i belongs to t = (i + 1)/T. */
export interface ScheduleCurve {
  readonly label: string;
  /** α²/(α² + σ²); ᾱ of a chain. */
  readonly signal: ArrayLike<number>;
  /** ln(α²/σ²). */
  readonly logSnr: ArrayLike<number>;
  /** β of the chain that loses as much per step. */
  readonly betas: ArrayLike<number>;
  /** Whether it is the one in force; the others are overlays. */
  readonly active: boolean;
}

export type ScheduleQuantity = 'beta' | 'alpha-bar' | 'log-snr';

interface Quantity {
  readonly title: string;
  /** What a chain calls it. */
  readonly ofChain: string;
  /** What it is for any process. */
  readonly ofProcess: string;
  table(curve: ScheduleCurve): ArrayLike<number>;
}

const QUANTITIES: Readonly<Record<ScheduleQuantity, Quantity>> = {
  beta: {
    title: 'noise that each step adds',
    ofChain: 'noise per step β',
    ofProcess: 'equivalent β',
    table: ({ betas }) => betas,
  },
  'alpha-bar': {
    title: 'signal left',
    ofChain: 'signal left ᾱ',
    ofProcess: 'α²/(α² + σ²)',
    table: ({ signal }) => signal,
  },
  'log-snr': {
    title: 'signal to noise',
    ofChain: 'log-SNR',
    ofProcess: 'log-SNR',
    table: ({ logSnr }) => logSnr,
  },
};

/** Less signal or noise than this, in nats of the ratio, would send the axis off for a point or two. */
const LARGEST_LOG_SNR = 27;

/** Strokes and gaps of the overlays, so that nine curves differ without their colours too. */
const DASHES: readonly (readonly number[])[] = [
  [8, 4],
  [2, 3],
  [8, 3, 2, 3],
  [14, 4],
  [5, 2],
  [8, 3, 2, 3, 2, 3],
  [14, 3, 2, 3],
  [2, 6],
];

function scheduleLine(curve: ScheduleCurve, shown: ScheduleQuantity, overlay: number): Line {
  const table = QUANTITIES[shown].table(curve);
  const nSteps = table.length;
  const t = Float64Array.from({ length: nSteps }, (_, i) => (i + 1) / nSteps);
  const bounded = (value: number) =>
    shown === 'log-snr' ? Math.min(LARGEST_LOG_SNR, Math.max(-LARGEST_LOG_SNR, value)) : value;
  const style = {
    colour: SERIES_TOKENS[overlay % SERIES_TOKENS.length]!,
    dash: DASHES[overlay % DASHES.length]!,
  };
  return {
    name: curve.label,
    ...thin(t, Float64Array.from(table, bounded)),
    ...(curve.active ? { colour: 'accent', width: 2.5 } : { ...style, width: 1.75 }),
  };
}

/** A schedule may end in one huge step; what nearly all of the steps are is to be seen. */
const MOST_STEPS = 0.97;

function yRangeOf(lines: readonly Line[], shown: ScheduleQuantity, log: boolean): readonly [number, number] {
  if (shown === 'alpha-bar') return [0, 1];
  const values = lines.flatMap((line) => line.y);
  if (shown === 'beta') return log ? logRange(values) : [0, evenEnd(lines)];
  const found = domain(values) ?? [-1, 1];
  return [Math.floor(found[0] / 2) * 2, Math.ceil(found[1] / 2) * 2];
}

function evenEnd(lines: readonly Line[]): number {
  const tops = lines.map(
    ({ y }) => y.toSorted((a, b) => a - b)[Math.floor(MOST_STEPS * (y.length - 1))] ?? 0,
  );
  return axisEnd(1.02 * Math.max(...tops, 0));
}

interface FigureOptions {
  /** Whether the curves are those of DDPM's chain, whose quantities have names of their own; true when left out. */
  readonly chain?: boolean;
  /** Whether β is on a logarithmic axis; an even one, on which the linear schedule is a straight line, when left out. */
  readonly log?: boolean;
}

/** Signal left, ln SNR or noise per step of what is in force, over the same of others, against the scrubber's t. */
export function scheduleFigure(
  curves: readonly ScheduleCurve[],
  shown: ScheduleQuantity,
  { chain = true, log = false }: FigureOptions = {},
): Figure {
  const { title, ofChain, ofProcess } = QUANTITIES[shown];
  const ordered = [...curves].sort((a, b) => Number(b.active) - Number(a.active));
  let overlays = 0;
  const lines = ordered.map((curve) => scheduleLine(curve, shown, curve.active ? 0 : overlays++));
  return {
    title,
    ...TIME_AXIS,
    yTitle: chain ? ofChain : ofProcess,
    yRange: yRangeOf(lines, shown, log),
    yLog: shown === 'beta' && log,
    lines,
    empty: 'no schedule',
  };
}
