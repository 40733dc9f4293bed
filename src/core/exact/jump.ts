import { requireBetween } from '../check.ts';
import { gaussianPosterior } from '../posterior.ts';
import type { Kernel } from '../types.ts';

/** q_σ(x_s|x_t, x_0) = N(ofX0·x_0 + ofX·x_t, variance·I), s before t. */
export interface Jump {
  readonly from: Kernel;
  readonly to: Kernel;
  readonly ofX0: number;
  readonly ofX: number;
  readonly variance: number;
  /** σ²_{t|s}, the variance of the forward step s → t. */
  readonly beta: number;
}

/**
 * A step of DDIM's family, whose member η = 1 is the Markov chain's posterior (Song et al. 2021, Eq. 7 and 16; Ho et al. 2020, Eq. 7).
 * @param from kernel at t, with noise; to kernel at an earlier s
 * @param eta η in 0…1
 * @throws RangeError where η leaves 0…1, or the later time has no noise, or less of it
 */
export function jumpOf(from: Kernel, to: Kernel, eta: number): Jump {
  requireBetween('eta', eta, 0, 1);
  const posterior = gaussianPosterior(from, to);
  const variance = eta ** 2 * posterior.variance;
  const ofX = Math.sqrt(Math.max(0, to.sigma ** 2 - variance)) / from.sigma;
  return { from, to, ofX0: to.alpha - ofX * from.alpha, ofX, variance, beta: posterior.beta };
}

/** An isotropic Gaussian of the plane. */
export interface Round {
  readonly mean: readonly [number, number];
  readonly variance: number;
}

/** The factors of q_σ(x_s|x_t, x_0) as functions of x_s, and itself. */
export interface Factors {
  /** q(x_s|x_0). */
  readonly prior: Round;
  /** q_σ(x_t|x_s, x_0), scaled to have the mass 1: what, times the prior, gives the product. For η = 1 it is q(x_t|x_s). Null where it is constant or a point. */
  readonly likelihood: Round | null;
  readonly product: Round;
}

/** @param x0, x points, in the units of the kernels */
export function factorsOf(jump: Jump, x0: readonly [number, number], x: readonly [number, number]): Factors {
  const { to, ofX0, ofX, variance } = jump;
  const along = (a: number, b: number): readonly [number, number] => [
    a * x0[0] + b * x[0],
    a * x0[1] + b * x[1],
  ];
  const prior: Round = { mean: along(to.alpha, 0), variance: to.sigma ** 2 };
  const product: Round = { mean: along(ofX0, ofX), variance };
  // Precisions of factors add up, and so do precisions times means.
  const precision = 1 / variance - 1 / prior.variance;
  if (!(precision > 0 && Number.isFinite(precision))) return { prior, likelihood: null, product };
  const axis = (at: 0 | 1) => (product.mean[at] / variance - prior.mean[at] / prior.variance) / precision;
  return { prior, likelihood: { mean: [axis(0), axis(1)], variance: 1 / precision }, product };
}
