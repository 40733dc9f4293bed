/**
 * - linear: multiples of `step` above `min`;
 * - integers: linear in whole numbers;
 * - log: 24 stops per decade, rounded to two significant digits;
 * - log-integers: the same stops, rounded to whole numbers.
 */
export type SliderScaleKind = 'linear' | 'integers' | 'log' | 'log-integers';

/** Maps a quantity to the track of a slider and back. Track positions are what the slider element works with. */
export interface SliderScale {
  readonly trackMin: number;
  readonly trackMax: number;
  readonly trackStep: number;
  /** Track position of a value; between two stops for a value typed by hand. */
  toTrack(value: number): number;
  /** The value at a track position, on the nearest stop. */
  fromTrack(position: number): number;
}

const STOPS_PER_DECADE = 24;

/** @throws RangeError unless min < max, and min > 0 on a logarithmic scale. */
export function sliderScale(min: number, max: number, kind: SliderScaleKind, step = 1): SliderScale {
  if (!(min < max)) throw new RangeError(`A slider needs min < max, not ${min} and ${max}.`);
  if (kind === 'log' || kind === 'log-integers') return logarithmicScale(min, max, kind === 'log-integers');
  const trackStep = kind === 'integers' ? 1 : step;
  return {
    trackMin: min,
    trackMax: max,
    trackStep,
    toTrack: (value) => clamp(value, min, max),
    fromTrack: (position) => {
      const nSteps = Math.round((clamp(position, min, max) - min) / trackStep);
      return clamp(withoutRoundingDust(min + nSteps * trackStep), min, max);
    },
  };
}

function logarithmicScale(min: number, max: number, whole: boolean): SliderScale {
  if (!(min > 0)) throw new RangeError(`A logarithmic slider needs min > 0, not ${min}.`);
  const stops = logarithmicStops(min, max, whole);
  const last = stops.length - 1;
  return {
    trackMin: 0,
    trackMax: last,
    trackStep: 1,
    toTrack: (value) => {
      const v = clamp(value, min, max);
      const above = stops.findIndex((stop) => stop >= v);
      if (above <= 0) return 0;
      const low = Math.log(stops[above - 1]!);
      return above - 1 + (Math.log(v) - low) / (Math.log(stops[above]!) - low);
    },
    fromTrack: (position) => stops[clamp(Math.round(position), 0, last)]!,
  };
}

/** Increasing and distinct; the first is `min` and the last `max`. */
function logarithmicStops(min: number, max: number, whole: boolean): readonly number[] {
  const nStops = Math.max(2, Math.ceil(Math.log10(max / min) * STOPS_PER_DECADE));
  const inner = Array.from({ length: nStops - 1 }, (_, i) => {
    const exact = min * (max / min) ** ((i + 1) / nStops);
    const tidy = Number(exact.toPrecision(2));
    return whole ? Math.round(tidy) : tidy;
  });
  const distinct = new Set([min, ...inner.filter((stop) => stop > min && stop < max), max]);
  return [...distinct].sort((a, b) => a - b);
}

/** 0.1 + 2·0.1 as 0.3. */
function withoutRoundingDust(value: number): number {
  return Number(value.toPrecision(12));
}

export function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
