import { gaussianKl } from '../gaussianKl.ts';
import type { ChainTables, Vector } from '../types.ts';

/** What is known of x_0 at n points x_t: E[x_0|x_t] and the diagonal of Cov[x_0|x_t], each [n][2]. */
export interface PosteriorMoments {
  readonly mean: Vector;
  readonly variance: Vector;
}

const LOG_2PI = Math.log(2 * Math.PI);

/**
 * The bound's term at given x_t in the mean over all x_0 that may be behind them, where `variationalBound` takes the one
 * x_0 that was drawn: L_{t−1} for t ≥ 2, L_0 with the continuous decoder for t = 1 (Ho et al. 2020, Eq. 5). x_0 enters as
 * (x_0 − x̂_0)² alone, whose mean is Var[x_0|x_t] + (E[x_0|x_t] − x̂_0)²; so the same x_t tell far more.
 * @param t 1…T
 * @param x0Hat [n][2] the model's answers at the points
 * @param logVariance ln σ² of the reverse step: one for all, or [n][2]
 * @returns [n] nats, summed over the two coordinates
 */
export function expectedBoundStep(
  tables: ChainTables,
  t: number,
  moments: PosteriorMoments,
  x0Hat: Vector,
  logVariance: number | ArrayLike<number>,
): Float64Array {
  return boundOfSquares(tables, t, expectedSquares(tables, t, moments, x0Hat), logVariance);
}

/** The same where (μ̃_t − μ_θ)² is known. @param squares [n][2] @returns [n] nats, summed over the two coordinates */
export function boundOfSquares(
  tables: ChainTables,
  t: number,
  squares: Float64Array,
  logVariance: number | ArrayLike<number>,
): Float64Array {
  const term = termOf(tables, t);
  const at = (i: number) => (typeof logVariance === 'number' ? logVariance : logVariance[i]!);
  const ofCoordinate = (i: number) => term(squares[i]!, at(i));
  return Float64Array.from(
    { length: squares.length / 2 },
    (_, i) => ofCoordinate(2 * i) + ofCoordinate(2 * i + 1),
  );
}

/** (μ̃_t − μ_θ)² in the mean over all x_0 that may be behind given x_t: the term is linear in it. @returns [n][2] */
export function expectedSquares(
  tables: ChainTables,
  t: number,
  { mean, variance }: PosteriorMoments,
  x0Hat: Vector,
): Float64Array {
  // μ̃_t − μ_θ = √ᾱ_{t−1}β_t/(1−ᾱ_t)·(x_0 − x̂_0) (Eq. 7); 1 at t = 1, where μ_θ = x̂_0.
  const coefficient = tables.posteriorMeanCoef1[t - 1]!;
  return Float64Array.from(
    variance,
    (spread, i) => coefficient ** 2 * (spread + (mean[i]! - x0Hat[i]!) ** 2),
  );
}

/** The term of one coordinate by its mean (μ̃_t − μ_θ)² and ln σ², nats. */
export function termOf(tables: ChainTables, t: number): (square: number, logVariance: number) => number {
  if (t === 1) return (square, logVariance) => (LOG_2PI + logVariance + square * Math.exp(-logVariance)) / 2;
  const trueLogVariance = Math.log(tables.posteriorVariance[t - 1]!);
  return (square, logVariance) => gaussianKl(square, trueLogVariance, logVariance);
}

/**
 * ln of the one variance of all points and axes that makes a term the least beside given means: β̃ and the mean square of
 * their error. Where the means are exact it is that of Bao et al. 2022, Theorem 1.
 */
export function optimalLogVarianceOfAll(tables: ChainTables, t: number, meanSquare: number): number {
  return Math.log(tables.posteriorVariance[t - 1]! + meanSquare);
}

/**
 * ln of the variance of q(x_{t−1}|x_t), axis by axis: the reverse step's best (Bao et al. 2022, Theorem 1), which makes
 * the term the least that any Gaussian of independent axes can have.
 * @param variance [n][2] the diagonal of Cov[x_0|x_t] @returns [n][2]
 */
export function optimalLogVarianceOf(tables: ChainTables, t: number, variance: Vector): Float64Array {
  const coefficient = tables.posteriorMeanCoef1[t - 1]!;
  return variance.map((spread) => Math.log(tables.posteriorVariance[t - 1]! + coefficient ** 2 * spread));
}

/**
 * L_T in the mean over data whose mean square per coordinate is given: the term is linear in x_0² (Eq. 5).
 * @returns nats, both coordinates
 */
export function expectedPriorTerm({ alphasCumprod }: ChainTables, meanSquare: number): number {
  const alphaBar = alphasCumprod.at(-1)!;
  return 2 * gaussianKl(alphaBar * meanSquare, Math.log1p(-alphaBar), 0);
}
