import { requireInteger } from './check.ts';
import type { ChainTables, Kernel } from './types.ts';

/** q(x_s|x_t, x_0) = N(coefX0·x_0 + coefX·x_t, variance·I) for s before t. */
export interface Posterior {
  readonly coefX0: number;
  readonly coefX: number;
  /** β̃ of the step; 0 when it arrives at the data. */
  readonly variance: number;
  /** The variance that the forward step s → t adds, σ²_{t|s}: β_t for neighbours in a chain. */
  readonly beta: number;
}

/**
 * The posterior of one jump (Ho et al. 2020, Eq. 6 and 7; Kingma et al. 2021, App. A), for any α and σ.
 * @param from kernel at t, with σ > 0
 * @param to kernel at an earlier s: no more noise, no less signal
 * @throws RangeError when there is no noise at t, or more of it at s
 */
export function gaussianPosterior(from: Kernel, to: Kernel): Posterior {
  if (!(from.sigma > 0))
    throw new RangeError(`A posterior needs noise at its later time, not σ = ${from.sigma}.`);
  const alpha = from.alpha / to.alpha; // α_{t|s}
  const beta = from.sigma ** 2 - (alpha * to.sigma) ** 2; // σ²_{t|s}
  if (!(beta >= -1e-12 * from.sigma ** 2)) {
    throw new RangeError(
      `A posterior goes to a time with less noise; σ/α rises from ${ratio(from)} to ${ratio(to)}.`,
    );
  }
  return posteriorOf(from, to, alpha, Math.max(0, beta));
}

/**
 * α = √ᾱ_t and σ = √(1 − ᾱ_t) of a chain, as the references count its ends: t = 0 is the data {1, 0}, and t = T + 1,
 * one step beyond the chain, is noise alone {0, 1}.
 * @param alphasCumprod [T]
 */
export function chainKernel(alphasCumprod: Float64Array, t: number): Kernel {
  requireInteger('The step t', t, 0, alphasCumprod.length + 1);
  if (t === 0) return { alpha: 1, sigma: 0 };
  const alphaBar = alphasCumprod[t - 1] ?? 0;
  return { alpha: Math.sqrt(alphaBar), sigma: Math.sqrt(1 - alphaBar) };
}

/** One step t → t − 1 of a chain, with all that DDPM and DDIM need to know of it. */
export interface ChainStep extends Posterior {
  /** The kernel at t. */
  readonly from: Kernel;
  /** The kernel at t − 1; {1, 0} at t = 1. */
  readonly to: Kernel;
  /** The kernel at t + 1, for encoding; {0, 1} at t = T, where the chain has ended in noise. */
  readonly next: Kernel;
  /** ln β̃_t, where t = 1 takes that of t = 2 because β̃_1 = 0 (ln β_1 in a chain of one step). */
  readonly logVarianceClipped: number;
  /** σ_t² of "fixed large": β_t, and at t = 1 β̃_2 (β_1 in a chain of one step). */
  readonly largeVariance: number;
}

/**
 * Step t of a chain (Ho et al. 2020, Eq. 7; the clipping is that of improved-diffusion's `GaussianDiffusion`).
 * @param t 1…T
 * @throws RangeError when t is outside the chain
 */
export function chainStep({ betas, alphasCumprod, posteriorVariance }: ChainTables, t: number): ChainStep {
  requireInteger('The step t', t, 1, betas.length);
  const beta = betas[t - 1]!;
  const [to, from, next] = [t - 1, t, t + 1].map((at) => chainKernel(alphasCumprod, at));
  const clipped = t > 1 ? posteriorVariance[t - 1]! : (posteriorVariance[1] ?? beta);
  return {
    ...posteriorOf(from!, to!, Math.sqrt(1 - beta), beta),
    from: from!,
    to: to!,
    next: next!,
    logVarianceClipped: Math.log(clipped),
    largeVariance: t > 1 ? beta : clipped,
  };
}

/** The step of a respaced chain from kernel to kernel, which is neither clipped nor has a next one. */
export function jumpStep(from: Kernel, to: Kernel): ChainStep {
  const posterior = gaussianPosterior(from, to);
  const { beta, variance } = posterior;
  const logVarianceClipped = Math.log(variance > 0 ? variance : beta);
  return { ...posterior, from, to, next: { alpha: 0, sigma: 1 }, logVarianceClipped, largeVariance: beta };
}

function posteriorOf(from: Kernel, to: Kernel, alpha: number, beta: number): Posterior {
  const total = from.sigma ** 2;
  return {
    coefX0: (to.alpha * beta) / total,
    coefX: (alpha * to.sigma ** 2) / total,
    variance: (beta * to.sigma ** 2) / total,
    beta,
  };
}

const ratio = ({ alpha, sigma }: Kernel) => sigma / alpha;
