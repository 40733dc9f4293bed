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
  if (betas.length < 2) {
    throw new RangeError('A chain that keeps its first step and ends in noise needs at least 2 steps.');
  }
  const signal = chainTables(betas).sqrtAlphasCumprod;
  const [first, last] = [signal[0]!, signal.at(-1)!];
  const moved = signal.map((value) => ((value - last) * first) / (first - last));
  const rescaled = moved.map((value, i) => 1 - (i === 0 ? value ** 2 : value ** 2 / moved[i - 1]! ** 2));
  return chainTables(rescaled, { zeroTerminalSnr: true });
}
