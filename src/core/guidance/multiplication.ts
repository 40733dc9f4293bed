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
  if (density.some(({ kind }) => kind === 'box')) {
    throw new RangeError('Only Gaussian components can be multiplied by a Gaussian; there is a box.');
  }
  return productDensity(density, r).density;
}

/** p̃ = p·r/Z, where r is 1 at its mean. */
export interface ProductDensity {
  readonly density: Density;
  /** ln Z = ln ∫p(x)r(x)dx ≤ 0; −Infinity where r is 0 on all of p. */
  readonly logZ: number;
}

/**
 * The same of any density: exact for Gaussians; a box becomes small boxes of the mean of r over each, as far as r reaches.
 * @throws RangeError when r is not positive definite, or the density is empty
 */
export function productDensity(density: Density, r: GaussianFactor): ProductDensity {
  requireFactor(r);
  if (density.length === 0) throw new RangeError('A density needs at least one component.');
  const parts = density.flatMap((component) =>
    component.kind === 'gaussian' ? [gaussianProduct(component, r)] : boxProduct(component, r),
  );
  const top = parts.reduce((most, { logWeight }) => Math.max(most, logWeight), -Infinity);
  if (top === -Infinity) return { density, logZ: -Infinity };
  const total = parts.reduce((sum, { logWeight }) => sum + Math.exp(logWeight - top), 0);
  return {
    logZ: top + Math.log(total),
    density: parts.flatMap(({ component, logWeight }) => {
      const weight = Math.exp(logWeight - top) / total;
      return weight > 0 ? [{ ...component, weight }] : [];
    }),
  };
}

interface ProductPart {
  readonly component: DensityComponent;
  readonly logWeight: number;
}

function gaussianProduct(
  component: Extract<DensityComponent, { kind: 'gaussian' }>,
  r: GaussianFactor,
): ProductPart {
  const { mean, covariance, weight } = component;
  return {
    component: { ...component, ...multiplied(mean, covariance, r) },
    logWeight: Math.log(weight) + logOverlap(mean, covariance, r) + Math.log(determinant(r.covariance)) / 2,
  };
}

/** Sides of the small boxes in standard deviations of r, how far r reaches, and the most boxes along an axis. */
const [CELL, REACH, MOST_CELLS] = [0.4, 5, 48];

function boxProduct(box: Extract<DensityComponent, { kind: 'box' }>, r: GaussianFactor): ProductPart[] {
  const { low, high, weight } = box;
  const [xx, , yy] = r.covariance;
  const inverted = inverse(r.covariance);
  const narrowest = Math.sqrt(determinant(r.covariance) / Math.max(xx, yy));
  const [columns, rows] = [Math.sqrt(xx), Math.sqrt(yy)].map((std, axis) => {
    const from = Math.max(low[axis]!, r.mean[axis]! - REACH * std);
    const width = Math.min(high[axis]!, r.mean[axis]! + REACH * std) - from;
    const count = Math.min(MOST_CELLS, Math.ceil(width / (CELL * narrowest)));
    return { from, count, side: width / count };
  }) as [Cells, Cells];
  if (!(columns.count > 0 && rows.count > 0)) return [];
  const area = (high[0] - low[0]) * (high[1] - low[1]);
  const share = Math.log((weight * columns.side * rows.side) / area);
  const parts: ProductPart[] = [];
  for (let i = 0; i < columns.count; i++) {
    for (let j = 0; j < rows.count; j++) {
      const corner = [columns.from + i * columns.side, rows.from + j * rows.side] as const;
      const end = [corner[0] + columns.side, corner[1] + rows.side] as const;
      const mean = meanFactor(r.mean, inverted, corner, columns.side, rows.side);
      if (mean > LEAST_FACTOR)
        parts.push({
          component: { kind: 'box', weight: 0, low: corner, high: end },
          logWeight: share + Math.log(mean),
        });
    }
  }
  return parts;
}

interface Cells {
  readonly from: number;
  readonly count: number;
  readonly side: number;
}

/** r beyond its reach. */
const LEAST_FACTOR = Math.exp(-(REACH ** 2) / 2);

/** The mean of r over a cell, by the two-point rule of Gauss in each axis. */
function meanFactor(
  [mx, my]: readonly [number, number],
  [ixx, ixy, iyy]: Symmetric,
  [x, y]: readonly [number, number],
  width: number,
  height: number,
): number {
  let sum = 0;
  for (const u of GAUSS) {
    for (const v of GAUSS) {
      const [dx, dy] = [x + u * width - mx, y + v * height - my];
      sum += Math.exp(-(ixx * dx * dx + 2 * ixy * dx * dy + iyy * dy * dy) / 2) / 4;
    }
  }
  return sum;
}

const GAUSS = [0.5 - Math.sqrt(1 / 12), 0.5 + Math.sqrt(1 / 12)];

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
