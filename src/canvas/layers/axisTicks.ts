/** Round numbers along an axis. */
export interface AxisTicks {
  readonly values: readonly number[];
  /** As short as the distance between them allows. */
  format(value: number): string;
}

/**
 * About `count` round numbers (1, 2 or 5 times a power of ten apart) from low to high.
 * @throws nothing: an empty range has no ticks
 */
export function axisTicks(low: number, high: number, count: number): AxisTicks {
  const rough = (high - low) / count;
  if (!(rough > 0) || !Number.isFinite(rough)) return { values: [], format: String };
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10) * power;
  const first = Math.ceil(low / step);
  const n = Math.max(0, Math.floor(high / step) - first + 1);
  // Rounding may put a tick beyond an end, by the last digit.
  const within = (value: number) => Math.min(high, Math.max(low, value));
  const values = Array.from({ length: Math.min(n, 50) }, (_, i) => within((first + i) * step));
  return { values, format: formatOf(step, Math.max(Math.abs(low), Math.abs(high))) };
}

function formatOf(step: number, largest: number): (value: number) => string {
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  if (decimals > 4) return (value) => written(value === 0 ? '0' : value.toExponential(1));
  // Thousands and millions by their letter, where the numbers still differ.
  const unit = largest >= 1e6 && step >= 1e4 ? 1e6 : largest >= 1e4 && step >= 100 ? 1e3 : 1;
  const letter = unit === 1e6 ? 'M' : unit === 1e3 ? 'k' : '';
  const digits = Math.max(0, -Math.floor(Math.log10(step / unit) + 1e-9));
  return (value) => written(value === 0 ? '0' : `${(value / unit).toFixed(digits)}${letter}`);
}

const written = (text: string) => text.replace('-', '−');
