import type { ChainTables } from './types.ts';

export interface ChainOptions {
  /** Allow β_T = 1: the chain then ends in nothing but noise, ᾱ_T = 0 (Lin et al. 2024). False when left out. */
  readonly zeroTerminalSnr?: boolean;
}

/** @throws RangeError unless there is a beta, and every one lies in (0,1), or is a last 1 that the options allow */
export function requireBetas(betas: Float64Array, { zeroTerminalSnr = false }: ChainOptions = {}): void {
  if (betas.length === 0) throw new RangeError('A chain needs at least one beta.');
  const last = betas.length - 1;
  for (const [i, beta] of betas.entries()) {
    const inside = beta > 0 && beta < 1;
    if (!inside && !(zeroTerminalSnr && i === last && beta === 1)) {
      throw new RangeError(`Every beta must lie between 0 and 1; the one of step ${i + 1} is ${beta}.`);
    }
  }
}

/**
 * Every table of a T-step chain (Ho et al. 2020, §2–3); entry i belongs to t = i + 1. 1 − ᾱ_t is summed from
 * positive terms while ᾱ_t > ½, so nothing cancels at small t.
 * @param betas [T], each in (0,1); kept, not copied
 * @throws RangeError as `requireBetas`
 */
export function chainTables(betas: Float64Array, options: ChainOptions = {}): ChainTables {
  requireBetas(betas, options);
  const alphas = betas.map((beta) => 1 - beta);
  const { alphasCumprod, alphasCumprodPrev, oneMinus, oneMinusPrev } = cumulative(betas, alphas);
  const over = (numerator: (i: number) => number) => betas.map((_, i) => numerator(i) / oneMinus[i]!);

  const posteriorVariance = over((i) => betas[i]! * oneMinusPrev[i]!); // β̃_t, Eq. 7
  return {
    betas,
    alphas,
    alphasCumprod,
    alphasCumprodPrev,
    alphasCumprodNext: betas.map((_, i) => alphasCumprod[i + 1] ?? 0),
    sqrtAlphasCumprod: alphasCumprod.map(Math.sqrt),
    sqrtOneMinusAlphasCumprod: oneMinus.map(Math.sqrt),
    logOneMinusAlphasCumprod: oneMinus.map(Math.log),
    sqrtRecipAlphasCumprod: alphasCumprod.map((alphaBar) => Math.sqrt(1 / alphaBar)),
    sqrtRecipm1AlphasCumprod: alphasCumprod.map((alphaBar, i) => Math.sqrt(oneMinus[i]! / alphaBar)),
    posteriorVariance,
    posteriorLogVarianceClipped: posteriorVariance.map((variance, i) =>
      Math.log(i > 0 ? variance : (posteriorVariance[1] ?? betas[0]!)),
    ),
    posteriorMeanCoef1: over((i) => Math.sqrt(alphasCumprodPrev[i]!) * betas[i]!), // Eq. 7
    posteriorMeanCoef2: over((i) => Math.sqrt(alphas[i]!) * oneMinusPrev[i]!), // Eq. 7
    snr: over((i) => alphasCumprod[i]!),
  };
}

/** ᾱ_t, ᾱ_{t−1} and one minus each: ᾱ_t = ᾱ_{t−1} α_t, 1 − ᾱ_t = (1 − ᾱ_{t−1}) + ᾱ_{t−1} β_t. */
function cumulative(betas: Float64Array, alphas: Float64Array) {
  const alphasCumprod = new Float64Array(betas.length);
  const alphasCumprodPrev = new Float64Array(betas.length);
  const oneMinus = new Float64Array(betas.length);
  const oneMinusPrev = new Float64Array(betas.length);
  let alphaBar = 1;
  let rest = 0;
  for (let i = 0; i < betas.length; i++) {
    alphasCumprodPrev[i] = alphaBar;
    oneMinusPrev[i] = oneMinus[i - 1] ?? 0;
    rest += alphaBar * betas[i]!;
    alphaBar *= alphas[i]!;
    alphasCumprod[i] = alphaBar;
    oneMinus[i] = alphaBar > 0.5 ? rest : 1 - alphaBar;
  }
  return { alphasCumprod, alphasCumprodPrev, oneMinus, oneMinusPrev };
}
