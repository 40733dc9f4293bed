import { requireBetween, requirePositive } from '../check.ts';
import { betasOf, MAX_BETA, requireChainLength } from './ddpmRange.ts';

/**
 * The betas of a chain whose ᾱ_t is ᾱ(t/T)/ᾱ(0): β_t = min(1 − ᾱ(t/T)/ᾱ((t−1)/T), max)
 * (Nichol & Dhariwal 2021, §3.2; `betas_for_alpha_bar` of improved-diffusion).
 * @param nSteps T, 1…100 000
 * @param alphaBar positive and decreasing on [0,1]
 * @param maxBeta where to clip, in (0,1]
 * @returns [T]
 */
export function betasForAlphaBar(
  nSteps: number,
  alphaBar: (t: number) => number,
  maxBeta: number = MAX_BETA,
): Float64Array {
  requireChainLength(nSteps);
  requirePositive('The greatest beta', maxBeta);
  requireBetween('The greatest beta', maxBeta, 0, 1);
  return betasOf(nSteps, (i) => Math.min(1 - alphaBar((i + 1) / nSteps) / alphaBar(i / nSteps), maxBeta));
}
