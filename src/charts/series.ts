/** More points than this are not seen at a chart's width, and cost main-thread time. */
export const MOST_POINTS = 400;

export interface Series {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/**
 * At most `most` points (≥ 4) of a series: of each bin of equal counts the lowest and the highest point stay, and the
 * first and last of all, so that no extreme is lost. Points that are not finite are dropped.
 */
export function thin(x: ArrayLike<number>, y: ArrayLike<number>, most: number = MOST_POINTS): Series {
  const finite: number[] = [];
  for (let i = 0; i < x.length; i++) if (Number.isFinite(x[i]!) && Number.isFinite(y[i]!)) finite.push(i);
  const kept = finite.length <= most ? finite : extremes(finite, y, most);
  return { x: kept.map((i) => x[i]!), y: kept.map((i) => y[i]!) };
}

function extremes(indices: readonly number[], y: ArrayLike<number>, most: number): number[] {
  const inner = indices.slice(1, -1);
  const nBins = (most - 2) >> 1;
  const kept = [indices[0]!];
  for (let bin = 0; bin < nBins; bin++) {
    const from = Math.floor((bin * inner.length) / nBins);
    const to = Math.floor(((bin + 1) * inner.length) / nBins);
    let low = inner[from]!;
    let high = low;
    for (let k = from; k < to; k++) {
      const i = inner[k]!;
      if (y[i]! < y[low]!) low = i;
      if (y[i]! > y[high]!) high = i;
    }
    if (low === high) kept.push(low);
    else kept.push(Math.min(low, high), Math.max(low, high));
  }
  kept.push(indices[indices.length - 1]!);
  return kept;
}

/** A smoothed series, and how much of it may be chance. */
export interface Smoothed {
  readonly mean: readonly number[];
  /** Standard error of each mean, by the scatter of the values around it. */
  readonly error: readonly number[];
}

/**
 * Exponential moving average over steps, corrected for its start (Adam's way), so that it neither begins at 0 nor
 * clings to the first value. Unevenly spaced points weigh by their distance.
 * @param halfLife steps after which a value counts half, at a step
 */
export function smooth(
  steps: ArrayLike<number>,
  values: ArrayLike<number>,
  halfLife: (step: number) => number,
): Smoothed {
  let [sum, weight, weights2, squares, counted] = [0, 0, 0, 0, 0];
  let last = steps[0] ?? 0;
  const mean: number[] = [];
  const error: number[] = [];
  for (let i = 0; i < values.length; i++) {
    const keep = 0.5 ** (Math.max(0, steps[i]! - last) / halfLife(steps[i]!));
    last = steps[i]!;
    if (Number.isFinite(values[i]!)) {
      // Around the mean of the values before, which this one has no part in.
      const miss = weight === 0 ? 0 : values[i]! - sum / weight;
      squares = keep * squares + (weight === 0 ? 0 : miss ** 2);
      counted = keep * counted + (weight === 0 ? 0 : 1);
      sum = keep * sum + values[i]!;
      weight = keep * weight + 1;
      weights2 = keep ** 2 * weights2 + 1;
    }
    mean.push(weight === 0 ? Number.NaN : sum / weight);
    error.push(counted === 0 ? Number.NaN : Math.sqrt((squares / counted) * weights2) / weight);
  }
  return { mean, error };
}

/** The end of an axis from 0 that holds still for a while as values grow: one or two digits times a power of ten. */
export function axisEnd(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10]
    .map((step) => step * power)
    .find((end) => end >= value * (1 - 1e-9))!;
}

/** Lowest and highest finite value; positive ones only where asked. */
export function domain(values: Iterable<number>, positiveOnly = false): readonly [number, number] | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (!Number.isFinite(value) || (positiveOnly && value <= 0)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : null;
}

/** A logarithmic axis around some values: whole steps of 1, 2, 5, and at least a factor of four. */
export function logRange(values: Iterable<number>): readonly [number, number] {
  const found = domain(values, true);
  if (found === null) return [0.1, 1];
  const [low, high] = found;
  const steps = (value: number): number[] => {
    const power = 10 ** Math.floor(Math.log10(value));
    return [0.5, 1, 2, 5, 10].map((step) => step * power);
  };
  let bottom = steps(low).findLast((step) => step <= low * (1 + 1e-9))!;
  const top = steps(high).find((step) => step >= high * (1 - 1e-9))!;
  while (top / bottom < 4) bottom /= 2;
  return [bottom, top];
}
