import { requireBetween, requireInteger } from '../check.ts';
import { erf, erfcx } from '../erf.ts';

/** ln p(x_0|x_1) of one coordinate, given the mean and ln variance of the last reverse step; nats. */
export type Decoder = (x0: number, mean: number, logVariance: number) => number;

const LOG_2PI = Math.log(2 * Math.PI);

/** The density itself: for data that can be any number. */
export const continuousDecoder: Decoder = (x0, mean, logVariance) =>
  -(LOG_2PI + logVariance + (x0 - mean) ** 2 * Math.exp(-logVariance)) / 2;

export interface Grid {
  /** The first and the last value that data can have. */
  readonly low: number;
  readonly high: number;
  /** How many values, evenly spaced; 2…10⁶. DDPM: 256 on [−1,1]. */
  readonly values: number;
}

/** The probability that DDPM's code gives to nothing, so that its logarithm stays finite. */
const CODE_FLOOR = 1e-12;

/**
 * DDPM's decoder for gridded data: the Gaussian's mass between the midpoints to the neighbouring values, the first and the
 * last bin reaching to infinity (Ho et al. 2020, Eq. 13).
 * @param cdf 'exact', or 'tanh' as the published code computes it: an approximation of the normal distribution function
 * (to 2e-4), and no mass below 1e-12
 * @throws RangeError when the grid has no width or fewer than two values
 */
export function discretisedDecoder(grid: Grid, cdf: 'exact' | 'tanh'): Decoder {
  const { low, high, values } = grid;
  requireBetween('The first value of the grid', low, -Number.MAX_VALUE, Number.MAX_VALUE);
  if (!(high > low && Number.isFinite(high))) {
    throw new RangeError(`The last value of the grid must lie above the first, ${low}; got ${high}.`);
  }
  requireInteger('The number of values of the grid', values, 2, 1e6);
  const half = (high - low) / (values - 1) / 2;
  // How near to an end a value counts as that end: the code's 0.999 of [−1,1], but never half a bin away.
  const edge = Math.min((high - low) / 2000, half / 2);
  const logMass = cdf === 'exact' ? exactLogMass : tanhLogMass;
  return (x0, mean, logVariance) => {
    const inverseStd = Math.exp(-logVariance / 2);
    const from = x0 < low + edge ? -Infinity : (x0 - half - mean) * inverseStd;
    const to = x0 > high - edge ? Infinity : (x0 + half - mean) * inverseStd;
    return logMass(from, to);
  };
}

/** ln(Φ(b) − Φ(a)), a < b, without underflow in the tails. */
function exactLogMass(a: number, b: number): number {
  if (a + b < 0 || b === -Infinity) return exactLogMass(-b, -a);
  if (a <= 0) return Math.log((erf(b * Math.SQRT1_2) - erf(a * Math.SQRT1_2)) / 2);
  // Both in the upper tail: Q(a) − Q(b), with Q(z) = erfcx(z/√2)·exp(−z²/2)/2.
  const upper = b === Infinity ? 0 : Math.exp(-((b - a) * (b + a)) / 2) * erfcx(b * Math.SQRT1_2);
  return Math.log((erfcx(a * Math.SQRT1_2) - upper) / 2) - (a * a) / 2;
}

/** improved-diffusion's losses.py, `discretized_gaussian_log_likelihood`. */
function tanhLogMass(a: number, b: number): number {
  if (a === -Infinity) return Math.log(Math.max(tanhCdf(b), CODE_FLOOR));
  if (b === Infinity) return Math.log(Math.max(1 - tanhCdf(a), CODE_FLOOR));
  return Math.log(Math.max(tanhCdf(b) - tanhCdf(a), CODE_FLOOR));
}

const tanhCdf = (z: number) => 0.5 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z ** 3)));
