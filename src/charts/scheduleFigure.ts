import type { ColourToken, Figure, Line } from './figure.ts';
import { domain, logRange, thin } from './series.ts';

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
    title: 'Noise per step',
    ofChain: 'βₜ',
    ofProcess: 'equivalent βₜ',
    table: ({ betas }) => betas,
  },
  'alpha-bar': {
    title: 'Signal left',
    ofChain: 'ᾱₜ',
    ofProcess: 'α²/(α² + σ²)',
    table: ({ signal }) => signal,
  },
  'log-snr': {
    title: 'Log SNR',
    ofChain: 'ln SNR',
    ofProcess: 'ln SNR',
    table: ({ logSnr }) => logSnr,
  },
};

/** Less signal or noise than this, in nats of the ratio, would send the axis off for a point or two. */
const LARGEST_LOG_SNR = 27;

const OVERLAY_STYLES: readonly { colour: ColourToken; dash: 'dash' | 'dot' | 'dashdot' }[] = [
  { colour: 'sample', dash: 'dash' },
  { colour: 'prediction', dash: 'dot' },
  { colour: 'data', dash: 'dashdot' },
];

function scheduleLine(curve: ScheduleCurve, shown: ScheduleQuantity, overlay: number): Line {
  const table = QUANTITIES[shown].table(curve);
  const nSteps = table.length;
  const t = Float64Array.from({ length: nSteps }, (_, i) => (i + 1) / nSteps);
  const bounded = (value: number) =>
    shown === 'log-snr' ? Math.min(LARGEST_LOG_SNR, Math.max(-LARGEST_LOG_SNR, value)) : value;
  const style = OVERLAY_STYLES[overlay % OVERLAY_STYLES.length]!;
  return {
    name: curve.label,
    ...thin(t, Float64Array.from(table, bounded)),
    ...(curve.active ? { colour: 'accent', width: 2.5 } : { ...style, width: 1.75 }),
  };
}

function yRangeOf(lines: readonly Line[], shown: ScheduleQuantity): readonly [number, number] {
  if (shown === 'alpha-bar') return [0, 1];
  if (shown === 'beta') return logRange(lines.flatMap((line) => line.y));
  const found = domain(lines.flatMap((line) => line.y)) ?? [-1, 1];
  return [Math.floor(found[0] / 2) * 2, Math.ceil(found[1] / 2) * 2];
}

interface FigureOptions {
  /** Whether the curves are those of DDPM's chain, whose quantities have names of their own; true when left out. */
  readonly chain?: boolean;
}

/** Signal left, ln SNR or noise per step of what is in force, over the same of others, against the scrubber's t. */
export function scheduleFigure(
  curves: readonly ScheduleCurve[],
  shown: ScheduleQuantity,
  { chain = true }: FigureOptions = {},
): Figure {
  const { title, ofChain, ofProcess } = QUANTITIES[shown];
  const ordered = [...curves].sort((a, b) => Number(b.active) - Number(a.active));
  let overlays = 0;
  const lines = ordered.map((curve) => scheduleLine(curve, shown, curve.active ? 0 : overlays++));
  return {
    title,
    xTitle: 't (0 data, 1 noise)',
    yTitle: chain ? ofChain : ofProcess,
    xRange: [0, 1],
    yRange: yRangeOf(lines, shown),
    yLog: shown === 'beta',
    lines,
    empty: 'no schedule',
  };
}
