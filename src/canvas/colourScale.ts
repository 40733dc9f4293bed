import { formatNumber } from '../experiment/numberText.ts';
import type { ColourRamp } from './colour.ts';

/** What the colours of a picture stand for. */
export interface ColourScale {
  readonly low: number;
  readonly high: number;
  readonly ramp: ColourRamp;
  /** What is shown, with its unit. */
  readonly name: string;
}

/** Colours of a gradient: more are not told apart. */
const STOPS = 16;

/** The ramp as a CSS gradient from left to right. */
export function gradientOf(ramp: ColourRamp): string {
  const stops = Array.from({ length: STOPS }, (_, k) => {
    const entry = 4 * Math.round((255 * k) / (STOPS - 1));
    return `rgb(${ramp[entry]!}, ${ramp[entry + 1]!}, ${ramp[entry + 2]!})`;
  });
  return `linear-gradient(90deg, ${stops.join(', ')})`;
}

/** An end of the scale in as few digits as say it. */
export const endText = (value: number): string =>
  (Math.abs(value) < 1e4 ? String(Number(value.toPrecision(2))) : formatNumber(value, 0)).replace('-', '−');
