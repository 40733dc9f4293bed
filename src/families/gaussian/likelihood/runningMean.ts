import { bitsPerDim } from '../../../core/likelihood/units.ts';
import type { Estimate } from '../../../protocol/protocol.ts';

/** A growing sample of one quantity, nats. */
export interface Sample {
  n: number;
  sum: number;
  squares: number;
}

export const emptySample = (): Sample => ({ n: 0, sum: 0, squares: 0 });

export function addTo(sample: Sample, values: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i++) {
    sample.n += 1;
    sample.sum += values[i]!;
    sample.squares += values[i]! ** 2;
  }
}

/** Several samples of one quantity as one. */
export function pooled(samples: readonly Sample[]): Sample {
  const all = emptySample();
  for (const { n, sum, squares } of samples) {
    all.n += n;
    all.sum += sum;
    all.squares += squares;
  }
  return all;
}

/** The sample of constant + factor·quantity. */
export const affine = ({ n, sum, squares }: Sample, constant: number, factor: number): Sample => ({
  n,
  sum: n * constant + factor * sum,
  squares: n * constant ** 2 + 2 * constant * factor * sum + factor ** 2 * squares,
});

export const meanOf = ({ n, sum }: Sample): number => sum / n;

/** Of the mean: variance/n, with n − 1 in the variance's denominator. */
const squaredErrorOf = ({ n, sum, squares }: Sample): number =>
  n > 1 ? Math.max(0, squares - sum ** 2 / n) / (n - 1) / n : Number.NaN;

/**
 * The sum of independent means, and its standard error, both in bits per dimension.
 * @param constant added, nats
 */
export function totalOf(samples: readonly Sample[], constant = 0): Estimate {
  const mean = samples.reduce((sum, sample) => sum + meanOf(sample), constant);
  const squaredError = samples.reduce((sum, sample) => sum + squaredErrorOf(sample), 0);
  return { mean: bitsPerDim(mean), error: bitsPerDim(Math.sqrt(squaredError)) };
}
