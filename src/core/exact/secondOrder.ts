import { truncatedNormal, truncatedVariance } from '../truncatedNormal.ts';
import type { Density, DensityComponent, Kernel } from '../types.ts';

type Gaussian = Extract<DensityComponent, { kind: 'gaussian' }>;
type Box = Extract<DensityComponent, { kind: 'box' }>;
/** A symmetric matrix. */
type Symmetric = [xx: number, xy: number, yy: number];

/** What one component says of one point. */
interface Part {
  /** ln of its weight times its noised density. */
  logit: number;
  score: [number, number];
  /** ∇∇ᵀ of its log-density. */
  hessian: Symmetric;
  /** E[x_0|x_t] and Cov[x_0|x_t] of the component alone. */
  x0: [number, number];
  covariance: Symmetric;
}

/** The mixture at one point. */
export type SecondOrder = Part;

/** Components below e^−80 of the density: even times a squared distance they stay below the rounding of a variance. */
const NEGLIGIBLE = 80;

const LOG_2PI = Math.log(2 * Math.PI);

/**
 * p_t of a mixture at one point, to second order. With responsibilities r_k and scores s_k of the components,
 * ∇∇ᵀ ln p = Σ r_k(∇s_k + (s_k − s)(s_k − s)ᵀ), and the posterior covariance follows the same law of total variance.
 * @returns a function that answers for (x, y) in the same object each time; `logit` is ln p_t
 */
export function secondOrder(density: Density, kernel: Kernel): (x: number, y: number) => SecondOrder {
  const parts = density.map((component) =>
    component.kind === 'gaussian' ? gaussianPart(component, kernel) : boxPart(component, kernel),
  );
  const weights = new Float64Array(parts.length);
  const answer = blank();
  return (x, y) => {
    const found = parts.map((part) => part(x, y));
    const top = found.reduce((most, { logit }) => Math.max(most, logit), -Infinity);
    if (top === -Infinity) return outside(x, y, kernel, answer);
    let total = 0;
    found.forEach(({ logit }, k) => {
      weights[k] = logit < top - NEGLIGIBLE ? 0 : Math.exp(logit - top);
      total += weights[k]!;
    });
    answer.logit = top + Math.log(total);
    for (let k = 0; k < weights.length; k++) weights[k]! /= total;
    mixFirst(found, weights, answer);
    mixSecond(found, weights, answer);
    return answer;
  };
}

function mixFirst(parts: readonly Part[], weights: Float64Array, out: Part): void {
  out.score.fill(0);
  out.x0.fill(0);
  for (let k = 0; k < parts.length; k++) {
    const { score, x0 } = parts[k]!;
    const weight = weights[k]!;
    if (weight === 0) continue;
    out.score[0] += weight * score[0];
    out.score[1] += weight * score[1];
    out.x0[0] += weight * x0[0];
    out.x0[1] += weight * x0[1];
  }
}

function mixSecond(parts: readonly Part[], weights: Float64Array, out: Part): void {
  out.hessian.fill(0);
  out.covariance.fill(0);
  for (let k = 0; k < parts.length; k++) {
    const { score, hessian, x0, covariance } = parts[k]!;
    const weight = weights[k]!;
    if (weight === 0) continue;
    addSpread(out.hessian, weight, hessian, score[0] - out.score[0], score[1] - out.score[1]);
    addSpread(out.covariance, weight, covariance, x0[0] - out.x0[0], x0[1] - out.x0[1]);
  }
}

/** sum += weight·(within + dxdxᵀ). */
function addSpread(sum: Symmetric, weight: number, within: Symmetric, dx: number, dy: number): void {
  sum[0] += weight * (within[0] + dx * dx);
  sum[1] += weight * (within[1] + dx * dy);
  sum[2] += weight * (within[2] + dy * dy);
}

/** Noised, N(m, Σ) is N(αm, S) with S = α²Σ + σ²I; E[x_0|x_t] = m + αΣS⁻¹(x_t − αm), Cov[x_0|x_t] = σ²ΣS⁻¹. */
function gaussianPart(component: Gaussian, { alpha, sigma }: Kernel): (x: number, y: number) => Part {
  const {
    weight,
    mean,
    covariance: [xx, xy, yy],
  } = component;
  const clean = xx * yy - xy * xy;
  const noise = sigma ** 2;
  const determinant = alpha ** 4 * clean + alpha ** 2 * noise * (xx + yy) + noise ** 2;
  const inverse = [alpha ** 2 * yy + noise, -(alpha ** 2) * xy, alpha ** 2 * xx + noise].map(
    (value) => value / determinant,
  ) as Symmetric;
  // ΣS⁻¹ = (α² det Σ·I + σ²Σ)/det S, since the adjugate of a 2×2 matrix is linear in it.
  const gain = [alpha ** 2 * clean + noise * xx, noise * xy, alpha ** 2 * clean + noise * yy].map(
    (value) => value / determinant,
  ) as Symmetric;
  const constant = Math.log(weight) - Math.log(determinant) / 2 - LOG_2PI;
  const part = blank();
  part.hessian = inverse.map((value) => -value) as Symmetric;
  part.covariance = gain.map((value) => noise * value) as Symmetric;
  return (x, y) => {
    const dx = x - alpha * mean[0];
    const dy = y - alpha * mean[1];
    part.score[0] = -(inverse[0] * dx + inverse[1] * dy);
    part.score[1] = -(inverse[1] * dx + inverse[2] * dy);
    part.logit = constant + (part.score[0] * dx + part.score[1] * dy) / 2;
    part.x0[0] = mean[0] + alpha * (gain[0] * dx + gain[1] * dy);
    part.x0[1] = mean[1] + alpha * (gain[1] * dx + gain[2] * dy);
    return part;
  };
}

/** A uniform box separates into its axes; x_t − αu = −σz makes z a truncated normal (see `noisedDensity`). */
function boxPart({ weight, low, high }: Box, { alpha, sigma }: Kernel): (x: number, y: number) => Part {
  const part = blank();
  const moments = { logMean: 0, mean: 0, offset: 0 };
  const axis = (at: 0 | 1, value: number): number => {
    const width = high[at] - low[at];
    const start = (alpha * low[at] - value) / sigma;
    truncatedNormal(start, (alpha * width) / sigma, moments);
    const variance = alpha > 0 ? truncatedVariance(start, (alpha * width) / sigma) : 0;
    part.score[at] = moments.mean / sigma;
    part.hessian[2 * at] = (variance - 1) / sigma ** 2;
    part.x0[at] = alpha > 0 ? low[at] + (moments.offset * sigma) / alpha : (low[at] + high[at]) / 2;
    part.covariance[2 * at] = alpha > 0 ? variance * (sigma / alpha) ** 2 : width ** 2 / 12;
    return moments.logMean - Math.log(sigma);
  };
  const clean = Math.log(weight / (alpha ** 2 * (high[0] - low[0]) * (high[1] - low[1])));
  return (x, y) => {
    if (sigma > 0) {
      part.logit = Math.log(weight) + axis(0, x) + axis(1, y);
      return part;
    }
    part.x0 = [x / alpha, y / alpha];
    const inside = part.x0.every((value, at) => value >= low[at as 0 | 1] && value <= high[at as 0 | 1]);
    part.logit = inside ? clean : -Infinity;
    return part;
  };
}

const blank = (): Part => ({
  logit: 0,
  score: [0, 0],
  hessian: [0, 0, 0],
  x0: [0, 0],
  covariance: [0, 0, 0],
});

/** Where the density is 0 (without noise, outside every box): no direction is better than another. */
function outside(x: number, y: number, { alpha }: Kernel, answer: Part): Part {
  answer.logit = -Infinity;
  answer.score.fill(0);
  answer.hessian.fill(0);
  answer.x0 = [x / alpha, y / alpha];
  answer.covariance.fill(0);
  return answer;
}
