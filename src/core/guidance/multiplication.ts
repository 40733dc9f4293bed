import { requireBetween } from '../check.ts';
import { requirePairs } from '../exact/requireField.ts';
import type { Density, DensityComponent, Vector } from '../types.ts';

type Symmetric = readonly [xx: number, xy: number, yy: number];

/** r(x) = exp(−½(x − mean)ᵀ covariance⁻¹ (x − mean)), up to a factor: a Gaussian belief, a noisy measurement, a prompt. */
export interface GaussianFactor {
  readonly mean: readonly [number, number];
  /** Positive definite, units². */
  readonly covariance: Symmetric;
}

/** ∇ln r at points: −covariance⁻¹(x − mean). @param x [n][2] @returns [n][2], 1/unit */
export function logFactorGradient(r: GaussianFactor, x: Vector): Vector {
  requirePairs(x);
  const [ixx, ixy, iyy] = inverse(requireFactor(r).covariance);
  const out = new Float64Array(x.length);
  for (let i = 0; i < x.length; i += 2) {
    const dx = x[i]! - r.mean[0];
    const dy = x[i + 1]! - r.mean[1];
    out[i] = -(ixx * dx + ixy * dy);
    out[i + 1] = -(ixy * dx + iyy * dy);
  }
  return out;
}

/**
 * A reverse step times r, when r is smooth beside it: the mean moves by Σ·∇ln r, taken at the mean, and the variance stays
 * (Sohl-Dickstein et al. 2015, §2.5 and App. C).
 * @param mean [n][2]; variance of the step, at least 0
 */
export function perturbedMean(mean: Vector, variance: number, r: GaussianFactor): Vector {
  requireBetween('The variance', variance, 0, Number.MAX_VALUE);
  const gradient = logFactorGradient(r, mean);
  return mean.map((value, i) => value + variance * gradient[i]!);
}

/**
 * A reverse step N(mean, variance·I) times r, exactly: the product of two Gaussians (the paper's case of an r that can be
 * multiplied in closed form).
 * @param mean [n][2]; variance above 0
 * @returns the new means [n][2] and the one covariance of all
 */
export function multipliedStep(
  mean: Vector,
  variance: number,
  r: GaussianFactor,
): { readonly mean: Vector; readonly covariance: Symmetric } {
  requirePairs(mean);
  requireBetween('The variance', variance, Number.MIN_VALUE, Number.MAX_VALUE);
  requireFactor(r);
  const out = new Float64Array(mean.length);
  let covariance: Symmetric = [variance, 0, variance];
  for (let i = 0; i < mean.length; i += 2) {
    const product = multiplied([mean[i]!, mean[i + 1]!], [variance, 0, variance], r);
    out.set(product.mean, i);
    covariance = product.covariance;
  }
  return { mean: out, covariance };
}

/**
 * p̃(x) ∝ p(x)·r(x) of a Gaussian mixture: again a mixture. Its exact fields are those that sampling from p times r should
 * follow, so they say what the perturbed steps cost.
 * @throws RangeError on a box, whose product with a Gaussian is neither
 */
export function multiplyDensity(density: Density, r: GaussianFactor): Density {
  requireFactor(r);
  if (density.length === 0) throw new RangeError('A density needs at least one component.');
  const products = density.map((component) => {
    if (component.kind !== 'gaussian') {
      throw new RangeError('Only Gaussian components can be multiplied by a Gaussian; there is a box.');
    }
    const { mean, covariance, weight } = component;
    return {
      ...multiplied(mean, covariance, r),
      logWeight: Math.log(weight) + logOverlap(mean, covariance, r),
    };
  });
  const top = products.reduce((most, { logWeight }) => Math.max(most, logWeight), -Infinity);
  const total = products.reduce((sum, { logWeight }) => sum + Math.exp(logWeight - top), 0);
  return products.map(
    ({ mean, covariance, logWeight }): DensityComponent => ({
      kind: 'gaussian',
      weight: Math.exp(logWeight - top) / total,
      mean,
      covariance,
    }),
  );
}

/** N(m, Σ)·r ∝ N(m + G(g − m), G·R), with the gain G = Σ(Σ + R)⁻¹. */
function multiplied(mean: readonly [number, number], covariance: Symmetric, r: GaussianFactor) {
  const [ixx, ixy, iyy] = inverse(sum(covariance, r.covariance));
  const [xx, xy, yy] = covariance;
  const gain = [xx * ixx + xy * ixy, xx * ixy + xy * iyy, xy * ixx + yy * ixy, xy * ixy + yy * iyy] as const;
  const dx = r.mean[0] - mean[0];
  const dy = r.mean[1] - mean[1];
  const [rxx, rxy, ryy] = r.covariance;
  return {
    mean: [mean[0] + gain[0] * dx + gain[1] * dy, mean[1] + gain[2] * dx + gain[3] * dy] as const,
    covariance: [
      gain[0] * rxx + gain[1] * rxy,
      gain[0] * rxy + gain[1] * ryy,
      gain[2] * rxy + gain[3] * ryy,
    ] as const,
  };
}

/** ln ∫N(x; m, Σ) r(x) dx, up to what depends on r alone: ln N(g; m, Σ + R). */
function logOverlap(mean: readonly [number, number], covariance: Symmetric, r: GaussianFactor): number {
  const total = sum(covariance, r.covariance);
  const [ixx, ixy, iyy] = inverse(total);
  const dx = r.mean[0] - mean[0];
  const dy = r.mean[1] - mean[1];
  return -(ixx * dx * dx + 2 * ixy * dx * dy + iyy * dy * dy + Math.log(determinant(total))) / 2;
}

const sum = (a: Symmetric, b: Symmetric): Symmetric => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
const determinant = ([xx, xy, yy]: Symmetric) => xx * yy - xy * xy;

function inverse(matrix: Symmetric): Symmetric {
  const det = determinant(matrix);
  return [matrix[2] / det, -matrix[1] / det, matrix[0] / det];
}

function requireFactor(r: GaussianFactor): GaussianFactor {
  const [xx, , yy] = r.covariance;
  if (
    !(xx > 0 && yy > 0 && determinant(r.covariance) > 0 && Number.isFinite(xx + yy + r.mean[0] + r.mean[1]))
  ) {
    throw new RangeError(
      `r needs a finite mean and a positive definite covariance xx, xy, yy; not ${r.covariance.join(', ')}.`,
    );
  }
  return r;
}
