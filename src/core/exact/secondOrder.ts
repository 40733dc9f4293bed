import { truncatedNormal, truncatedVariance } from '../truncatedNormal.ts';
import type { Density, DensityComponent, Kernel } from '../types.ts';

type Gaussian = Extract<DensityComponent, { kind: 'gaussian' }>;
type Box = Extract<DensityComponent, { kind: 'box' }>;
/** A symmetric matrix. */
type Symmetric = [xx: number, xy: number, yy: number];

/** The mixture at one point. */
export interface SecondOrder {
  /** ln p_t. */
  logit: number;
  score: [number, number];
  /** ∇∇ᵀ ln p_t. */
  hessian: Symmetric;
  /** E[x_0|x_t] and Cov[x_0|x_t]. */
  x0: [number, number];
  covariance: Symmetric;
}

/**
 * What one component says of one point, as numbers in a row: its score (2), E[x_0|x_t] (2), ∇∇ᵀ of its log-density (3),
 * Cov[x_0|x_t] (3).
 */
const MOMENTS = 10;

/** The components of one kind. */
interface Components {
  readonly size: number;
  /** Writes the ln of the weight times the noised density of each. */
  logits(x: number, y: number, out: Float64Array, at: number): void;
  /** Writes what the kth says, of the point that `logits` was last asked of. */
  moments(k: number, out: Float64Array, at: number): void;
}

/** Components below e^−80 of the density: even times a squared distance they stay below the rounding of a variance. */
const NEGLIGIBLE = 80;

const LOG_2PI = Math.log(2 * Math.PI);

/**
 * p_t of a mixture at one point, to second order. With responsibilities r_k and scores s_k of the components,
 * ∇∇ᵀ ln p = Σ r_k(∇s_k + (s_k − s)(s_k − s)ᵀ), and the posterior covariance follows the same law of total variance.
 * @returns a function that answers for (x, y) in the same object each time
 */
export function secondOrder(density: Density, kernel: Kernel): (x: number, y: number) => SecondOrder {
  const gaussians = noisedGaussians(
    density.filter((component) => component.kind === 'gaussian'),
    kernel,
  );
  const boxes = noisedBoxes(
    density.filter((component) => component.kind === 'box'),
    kernel,
  );
  const nGaussians = gaussians.size;
  const logits = new Float64Array(density.length);
  const shares = new Float64Array(density.length);
  const moments = new Float64Array(MOMENTS * density.length);
  const answer = blank();

  return (x, y) => {
    gaussians.logits(x, y, logits, 0);
    boxes.logits(x, y, logits, nGaussians);
    const top = largest(logits);
    if (top === Number.NEGATIVE_INFINITY) return outside(x, y, kernel, answer);
    let nNear = 0;
    let total = 0;
    for (let k = 0; k < logits.length; k++) {
      if (logits[k]! < top - NEGLIGIBLE) continue;
      if (k < nGaussians) gaussians.moments(k, moments, MOMENTS * nNear);
      else boxes.moments(k - nGaussians, moments, MOMENTS * nNear);
      shares[nNear] = Math.exp(logits[k]! - top);
      total += shares[nNear++]!;
    }
    answer.logit = top + Math.log(total);
    for (let n = 0; n < nNear; n++) shares[n]! /= total;
    mixFirst(moments, shares, nNear, answer);
    mixSecond(moments, shares, nNear, answer);
    return answer;
  };
}

function largest(values: Float64Array): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < values.length; k++) if (values[k]! > most) most = values[k]!;
  return most;
}

function mixFirst(moments: Float64Array, shares: Float64Array, nNear: number, out: SecondOrder): void {
  let [scoreX, scoreY, x0X, x0Y] = [0, 0, 0, 0];
  for (let n = 0, at = 0; n < nNear; n++, at += MOMENTS) {
    const share = shares[n]!;
    scoreX += share * moments[at]!;
    scoreY += share * moments[at + 1]!;
    x0X += share * moments[at + 2]!;
    x0Y += share * moments[at + 3]!;
  }
  out.score = [scoreX, scoreY];
  out.x0 = [x0X, x0Y];
}

function mixSecond(moments: Float64Array, shares: Float64Array, nNear: number, out: SecondOrder): void {
  const { score, x0 } = out;
  let [hessianXX, hessianXY, hessianYY] = [0, 0, 0];
  let [xx, xy, yy] = [0, 0, 0];
  for (let n = 0, at = 0; n < nNear; n++, at += MOMENTS) {
    const share = shares[n]!;
    const sx = moments[at]! - score[0];
    const sy = moments[at + 1]! - score[1];
    hessianXX += share * (moments[at + 4]! + sx * sx);
    hessianXY += share * (moments[at + 5]! + sx * sy);
    hessianYY += share * (moments[at + 6]! + sy * sy);
    const dx = moments[at + 2]! - x0[0];
    const dy = moments[at + 3]! - x0[1];
    xx += share * (moments[at + 7]! + dx * dx);
    xy += share * (moments[at + 8]! + dx * dy);
    yy += share * (moments[at + 9]! + dy * dy);
  }
  out.hessian = [hessianXX, hessianXY, hessianYY];
  out.covariance = [xx, xy, yy];
}

/** Doubles per noised Gaussian: constant, its mean (2) and that of the data (2), S⁻¹ (3), ΣS⁻¹ (3). */
const STRIDE = 11;

/** Noised, N(m, Σ) is N(αm, S) with S = α²Σ + σ²I; E[x_0|x_t] = m + αΣS⁻¹(x_t − αm), Cov[x_0|x_t] = σ²ΣS⁻¹. */
function noisedGaussians(components: readonly Gaussian[], kernel: Kernel): Components {
  const table = new Float64Array(STRIDE * components.length);
  for (const [k, component] of components.entries()) table.set(noisedGaussian(component, kernel), STRIDE * k);
  const { alpha, sigma } = kernel;
  const noise = sigma ** 2;
  let [x, y] = [0, 0];
  return {
    size: components.length,
    logits(toX, toY, out, from) {
      [x, y] = [toX, toY];
      for (let k = 0, at = 0; k < components.length; k++, at += STRIDE) {
        const dx = x - table[at + 1]!;
        const dy = y - table[at + 2]!;
        const square = dx * (table[at + 5]! * dx + 2 * table[at + 6]! * dy) + table[at + 7]! * dy * dy;
        out[from + k] = table[at]! - square / 2;
      }
    },
    moments(k, out, at) {
      const of = STRIDE * k;
      const dx = x - table[of + 1]!;
      const dy = y - table[of + 2]!;
      const [ixx, ixy, iyy] = [table[of + 5]!, table[of + 6]!, table[of + 7]!];
      const [gxx, gxy, gyy] = [table[of + 8]!, table[of + 9]!, table[of + 10]!];
      out[at] = -(ixx * dx + ixy * dy);
      out[at + 1] = -(ixy * dx + iyy * dy);
      out[at + 2] = table[of + 3]! + alpha * (gxx * dx + gxy * dy);
      out[at + 3] = table[of + 4]! + alpha * (gxy * dx + gyy * dy);
      out[at + 4] = -ixx;
      out[at + 5] = -ixy;
      out[at + 6] = -iyy;
      out[at + 7] = noise * gxx;
      out[at + 8] = noise * gxy;
      out[at + 9] = noise * gyy;
    },
  };
}

function noisedGaussian(
  { weight, mean, covariance: [xx, xy, yy] }: Gaussian,
  { alpha, sigma }: Kernel,
): readonly number[] {
  const clean = xx * yy - xy * xy;
  const noise = sigma ** 2;
  const determinant = alpha ** 4 * clean + alpha ** 2 * noise * (xx + yy) + noise ** 2;
  const inverse = [alpha ** 2 * yy + noise, -(alpha ** 2) * xy, alpha ** 2 * xx + noise];
  // ΣS⁻¹ = (α² det Σ·I + σ²Σ)/det S, since the adjugate of a 2×2 matrix is linear in it.
  const gain = [alpha ** 2 * clean + noise * xx, noise * xy, alpha ** 2 * clean + noise * yy];
  return [
    Math.log(weight) - Math.log(determinant) / 2 - LOG_2PI,
    alpha * mean[0],
    alpha * mean[1],
    ...mean,
    ...[...inverse, ...gain].map((value) => value / determinant),
  ];
}

function noisedBoxes(components: readonly Box[], kernel: Kernel): Components {
  const found = new Float64Array(MOMENTS * components.length);
  const boxes = components.map((box, k) => noisedBox(box, kernel, found, MOMENTS * k));
  return {
    size: components.length,
    logits(x, y, out, from) {
      for (let k = 0; k < boxes.length; k++) out[from + k] = boxes[k]!(x, y);
    },
    moments(k, out, at) {
      for (let i = 0; i < MOMENTS; i++) out[at + i] = found[MOMENTS * k + i]!;
    },
  };
}

/**
 * A uniform box separates into its axes; x_t − αu = −σz makes z a truncated normal (see `noisedDensity`).
 * @returns its logit at a point, and writes its moments to `out`
 */
function noisedBox(
  { weight, low, high }: Box,
  { alpha, sigma }: Kernel,
  out: Float64Array,
  at: number,
): (x: number, y: number) => number {
  const moments = { logMean: 0, mean: 0, offset: 0 };
  const axis = (i: 0 | 1, value: number): number => {
    const width = high[i] - low[i];
    const start = (alpha * low[i] - value) / sigma;
    truncatedNormal(start, (alpha * width) / sigma, moments);
    const variance = alpha > 0 ? truncatedVariance(start, (alpha * width) / sigma) : 0;
    out[at + i] = moments.mean / sigma;
    out[at + 2 + i] = alpha > 0 ? low[i] + (moments.offset * sigma) / alpha : (low[i] + high[i]) / 2;
    out[at + 4 + 2 * i] = (variance - 1) / sigma ** 2;
    out[at + 7 + 2 * i] = alpha > 0 ? variance * (sigma / alpha) ** 2 : width ** 2 / 12;
    return moments.logMean - Math.log(sigma);
  };
  const clean = Math.log(weight / (alpha ** 2 * (high[0] - low[0]) * (high[1] - low[1])));
  const isWithin = (i: 0 | 1, value: number) => value >= low[i] && value <= high[i];
  return (x, y) => {
    if (sigma > 0) return Math.log(weight) + axis(0, x) + axis(1, y);
    out[at + 2] = x / alpha;
    out[at + 3] = y / alpha;
    return isWithin(0, x / alpha) && isWithin(1, y / alpha) ? clean : Number.NEGATIVE_INFINITY;
  };
}

const blank = (): SecondOrder => ({
  logit: 0,
  score: [0, 0],
  hessian: [0, 0, 0],
  x0: [0, 0],
  covariance: [0, 0, 0],
});

/** Where the density is 0 (without noise, outside every box): no direction is better than another. */
function outside(x: number, y: number, { alpha }: Kernel, answer: SecondOrder): SecondOrder {
  answer.logit = Number.NEGATIVE_INFINITY;
  answer.score = [0, 0];
  answer.hessian = [0, 0, 0];
  answer.x0 = [x / alpha, y / alpha];
  answer.covariance = [0, 0, 0];
  return answer;
}
