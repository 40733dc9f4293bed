import type { ColourToken, Figure, Line } from './figure.ts';
import { domain, logRange, thin } from './series.ts';

export interface ScheduleCurve {
  readonly label: string;
  /** [T] entry i belongs to t = (i + 1)/T. */
  readonly betas: ArrayLike<number>;
  readonly alphasCumprod: ArrayLike<number>;
  /** Whether it is the schedule in force; the others are overlays. */
  readonly active: boolean;
}

export type ScheduleQuantity = 'beta' | 'alpha-bar' | 'log-snr';

interface Quantity {
  readonly title: string;
  readonly yTitle: string;
  value(curve: ScheduleCurve, i: number): number;
}

/** ᾱ so near 0 or 1 would send the log-SNR off the chart. */
const SMALLEST = 1e-12;

const QUANTITIES: Readonly<Record<ScheduleQuantity, Quantity>> = {
  beta: { title: 'Noise added per step', yTitle: 'βₜ', value: (curve, i) => curve.betas[i]! },
  'alpha-bar': {
    title: 'Signal left',
    yTitle: 'ᾱₜ',
    value: (curve, i) => curve.alphasCumprod[i]!,
  },
  'log-snr': {
    title: 'Signal-to-noise ratio',
    yTitle: 'ln SNR',
    value: (curve, i) => {
      const alphaBar = curve.alphasCumprod[i]!;
      return Math.log(Math.max(SMALLEST, alphaBar) / Math.max(SMALLEST, 1 - alphaBar));
    },
  },
};

const OVERLAY_STYLES: readonly { colour: ColourToken; dash: 'dash' | 'dot' | 'dashdot' }[] = [
  { colour: 'sample', dash: 'dash' },
  { colour: 'prediction', dash: 'dot' },
  { colour: 'data', dash: 'dashdot' },
];

function scheduleLine(curve: ScheduleCurve, quantity: Quantity, overlay: number): Line {
  const nSteps = curve.betas.length;
  const t = Float64Array.from({ length: nSteps }, (_, i) => (i + 1) / nSteps);
  const values = Float64Array.from({ length: nSteps }, (_, i) => quantity.value(curve, i));
  const style = OVERLAY_STYLES[overlay % OVERLAY_STYLES.length]!;
  return {
    name: curve.label,
    ...thin(t, values),
    ...(curve.active ? { colour: 'accent', width: 2.5 } : { ...style, width: 1.75 }),
  };
}

function yRangeOf(lines: readonly Line[], shown: ScheduleQuantity): readonly [number, number] {
  if (shown === 'alpha-bar') return [0, 1];
  if (shown === 'beta') return logRange(lines.flatMap((line) => line.y));
  const found = domain(lines.flatMap((line) => line.y)) ?? [-1, 1];
  return [Math.floor(found[0] / 2) * 2, Math.ceil(found[1] / 2) * 2];
}

/** β_t, ᾱ_t or ln(ᾱ_t/(1 − ᾱ_t)) of the schedule in force, over the same of others, against the scrubber's t. */
export function scheduleFigure(curves: readonly ScheduleCurve[], shown: ScheduleQuantity): Figure {
  const quantity = QUANTITIES[shown];
  const ordered = [...curves].sort((a, b) => Number(b.active) - Number(a.active));
  let overlays = 0;
  const lines = ordered.map((curve) => scheduleLine(curve, quantity, curve.active ? 0 : overlays++));
  return {
    title: quantity.title,
    xTitle: 't (0 data, 1 noise)',
    yTitle: quantity.yTitle,
    xRange: [0, 1],
    yRange: yRangeOf(lines, shown),
    yLog: shown === 'beta',
    lines,
    empty: 'no schedule',
  };
}
