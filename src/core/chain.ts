import type { ChainTables } from './types.ts';

/** @throws RangeError unless there is a beta, and every one lies in (0,1) */
export function requireBetas(betas: Float64Array): void {
  if (betas.length === 0) throw new RangeError('A chain needs at least one beta.');
  for (const [i, beta] of betas.entries()) {
    if (!(beta > 0 && beta < 1)) {
      throw new RangeError(`Every beta must lie between 0 and 1; the one of step ${i + 1} is ${beta}.`);
    }
  }
}

/**
 * The tables of a T-step chain (Ho et al. 2020, §2); entry i belongs to t = i + 1.
 * @param betas [T], each in (0,1); kept, not copied
 */
export function chainTables(betas: Float64Array): ChainTables {
  requireBetas(betas);
  const alphas = betas.map((beta) => 1 - beta);
  const alphasCumprod = new Float64Array(betas.length);
  const posteriorVariance = new Float64Array(betas.length);
  let previous = 1; // ᾱ_{t−1}
  for (let i = 0; i < betas.length; i++) {
    const current = previous * alphas[i]!;
    alphasCumprod[i] = current;
    posteriorVariance[i] = (betas[i]! * (1 - previous)) / (1 - current); // β̃_t, Eq. 7
    previous = current;
  }
  return { betas, alphas, alphasCumprod, posteriorVariance };
}
