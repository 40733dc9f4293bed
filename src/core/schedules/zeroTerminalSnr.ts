import { chainTables, requireBetas } from '../chain.ts';
import type { ChainTables } from '../types.ts';

/**
 * A chain moved so that it ends in nothing but noise (Lin et al. 2024, Algorithm 1): √ᾱ_t is shifted and stretched
 * until √ᾱ_T = 0 while √ᾱ_1 stays. Then β_T = 1, and the tables of reciprocals end in Infinity: at t = T a model
 * has to predict v or x_0, as ε says nothing there.
 * @param betas [T], T ≥ 2, each in (0,1)
 */
export function zeroTerminalSnr(betas: Float64Array): ChainTables {
  requireBetas(betas);
  return chainTables(betasOf(movedSignal(betas, 0)), { zeroTerminalSnr: true });
}

/** What `nearZeroTerminalSnr` leaves of the signal: at ᾱ_T = 1e-6 x̂_0 = (x_t − σε̂)/α still has three digits in float32. */
const LEAST_ALPHA_BAR = 1e-6;

/**
 * The same short of the very end, where every sampler and every parameterisation still works: ᾱ_T = 1e-6, and every β
 * stays below 1. A chain that ends in less is returned as it is.
 * @param betas [T], T ≥ 2, each in (0,1)
 * @returns [T]
 */
export function nearZeroTerminalSnr(betas: Float64Array): Float64Array {
  requireBetas(betas);
  const alphaBar = betas.reduce((product, beta) => product * (1 - beta), 1);
  return alphaBar <= LEAST_ALPHA_BAR ? betas : betasOf(movedSignal(betas, Math.sqrt(LEAST_ALPHA_BAR)));
}

/** [T] √ᾱ_t, shifted and stretched so that it ends in `end` and its first value stays. */
function movedSignal(betas: Float64Array, end: number): Float64Array {
  if (betas.length < 2) {
    throw new RangeError('A chain that keeps its first step and ends in noise needs at least 2 steps.');
  }
  const signal = chainTables(betas).sqrtAlphasCumprod;
  const [first, last] = [signal[0]!, signal.at(-1)!];
  return signal.map((value) => end + ((value - last) * (first - end)) / (first - last));
}

const betasOf = (signal: Float64Array): Float64Array =>
  signal.map((value, i) => 1 - (i === 0 ? value ** 2 : value ** 2 / signal[i - 1]! ** 2));
