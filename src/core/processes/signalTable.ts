import { requireInteger } from '../check.ts';
import type { ForwardProcess } from '../types.ts';

/** How the signal fades, in terms that every process shares; each is [T], entry i at t = (i + 1)/T. */
export interface SignalTable {
  /** α²/(α² + σ²), the share of the variance of x_t that is signal when the data has variance 1; ᾱ_t of a chain */
  readonly signal: Float64Array;
  /** ln(α²/σ²); −∞ where nothing is left */
  readonly logSnr: Float64Array;
  /** The β_t of the chain that would lose as much of the signal in this step, 1 − signal(t)/signal(t − 1/T) */
  readonly betas: Float64Array;
}

/** @param nSteps T, 1…100 000 */
export function signalTable({ kernel }: Pick<ForwardProcess, 'kernel'>, nSteps: number): SignalTable {
  requireInteger('The number of steps T', nSteps, 1, 100_000);
  const levels = Array.from({ length: nSteps + 1 }, (_, i) => {
    const { alpha, sigma } = kernel(i / nSteps);
    return {
      noise: (sigma / alpha) ** 2,
      signal: alpha ** 2 / (alpha ** 2 + sigma ** 2),
      logSnr: 2 * Math.log(alpha / sigma),
    };
  });
  const after = levels.slice(1);
  return {
    signal: Float64Array.from(after, ({ signal }) => signal),
    logSnr: Float64Array.from(after, ({ logSnr }) => logSnr),
    // (σ²/α²)'s rise over its end plus one is the same number, and does not cancel where there is little noise.
    betas: Float64Array.from(after, ({ noise }, i) =>
      noise === Number.POSITIVE_INFINITY ? 1 : (noise - levels[i]!.noise) / (1 + noise),
    ),
  };
}
