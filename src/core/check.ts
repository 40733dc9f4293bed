/** Throws unless `value` is an integer in low…high. */
export function requireInteger(name: string, value: number, low: number, high: number): void {
  if (!Number.isInteger(value) || value < low || value > high) {
    throw new RangeError(`${name} must be a whole number from ${low} to ${high}, not ${value}.`);
  }
}

/** Throws unless low ≤ value ≤ high; NaN is refused too. */
export function requireBetween(name: string, value: number, low: number, high: number): void {
  if (!(value >= low && value <= high)) {
    throw new RangeError(`${name} must be a number from ${low} to ${high}, not ${value}.`);
  }
}

/** Throws unless 0 < value < ∞; NaN is refused too. */
export function requirePositive(name: string, value: number): void {
  if (!(value > 0 && value < Infinity)) {
    throw new RangeError(`${name} must be a positive number, not ${value}.`);
  }
}

/** A value that may overstep its range by rounding, 1e-9 of it; brought back within. */
export function clamped(name: string, value: number, low: number, high: number): number {
  if (!(value >= low - 1e-9 * Math.abs(low) && value <= high * (1 + 1e-9))) {
    requireBetween(name, value, low, high);
  }
  return Math.min(high, Math.max(low, value));
}
