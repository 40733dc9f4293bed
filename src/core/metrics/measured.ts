/** A number measured on random draws, beside what draws of the data's own distribution have. */
export interface Measured {
  readonly value: number;
  /** Standard error of `value`. */
  readonly error: number;
  /** The expected value for true draws. */
  readonly perfect: number;
}

/**
 * A share 0…1, with the binomial error.
 * @param of the number of draws, at least 1
 */
export function proportion(count: number, of: number, perfect: number): Measured {
  return { value: count / of, error: binomialError(count, of), perfect };
}

/** √(p(1 − p)/n) with p = (count + ½)/(n + 1): a count of 0 is not known without error (Jeffreys' prior). */
function binomialError(count: number, n: number): number {
  const p = (count + 0.5) / (n + 1);
  return Math.sqrt((p * (1 - p)) / n);
}

/** The mean of measurements of one thing that are independent and of one size. @param several at least one */
export function pooled(several: readonly Measured[]): Measured {
  const n = several.length;
  return {
    value: mean(several.map(({ value }) => value)),
    error: Math.hypot(...several.map(({ error }) => error)) / n,
    perfect: mean(several.map(({ perfect }) => perfect)),
  };
}

/** @param values at least one */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The standard deviation of what the values were drawn from. @param values at least two */
export function standardDeviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1));
}
