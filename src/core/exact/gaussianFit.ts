import { requireInteger } from '../check.ts';
import type { Vector } from '../types.ts';
import type { Round } from './jump.ts';
import type { ReverseConditional } from './reverseConditional.ts';

type Moments = Pick<ReverseConditional, 'mean' | 'covariance'>;

/** Deviations that quadrature reaches to, along either axis of the whitened plane. */
const REACH = 5.5;
/** Nodes along an axis: of a smooth density, and at most. */
const [FEWEST, MOST] = [64, 160] as const;

/** Lower triangular L with LLᵀ = Σ: x = mean + Lz, z of unit covariance. */
export type Factor = readonly [xx: number, yx: number, yy: number];

export function choleskyOf([xx, xy, yy]: ReverseConditional['covariance']): Factor {
  const first = Math.sqrt(Math.max(xx, Number.MIN_VALUE));
  const cross = xy / first;
  return [first, cross, Math.sqrt(Math.max(yy - cross ** 2, xx * 1e-14))];
}

/** A square grid in the whitened plane about a mean, [n (second)][n (first)][2], and the area of a cell where it lies. */
export function whitenedGrid(
  { mean, covariance }: Moments,
  n: number,
  reach: number,
): { readonly points: Vector; readonly cell: number } {
  requireInteger('The nodes of the grid', n, 2, 1000);
  const [xx, yx, yy] = choleskyOf(covariance);
  const points = new Float64Array(2 * n * n);
  const at = (k: number) => reach * ((2 * k) / (n - 1) - 1);
  for (let row = 0, i = 0; row < n; row++) {
    for (let column = 0; column < n; column++, i += 2) {
      const [u, v] = [at(column), at(row)];
      points[i] = mean[0] + xx * u;
      points[i + 1] = mean[1] + yx * u + yy * v;
    }
  }
  return { points, cell: xx * yy * ((2 * reach) / (n - 1)) ** 2 };
}

/**
 * KL(q ‖ g), nats, g the Gaussian of q's own mean and covariance, by the trapezoidal rule. The sum is of q ln(q/g) − q + g, which is
 * nowhere negative and whose last two terms integrate to 0: small divergences do not drown in what the grid leaves.
 * @param finest the standard deviation of the narrowest Gaussian that q is made of, in its units
 */
export function klToGaussian(q: ReverseConditional, finest: number): number {
  const [xx, , yy] = choleskyOf(q.covariance);
  const wide = Math.max(xx, yy);
  const n = Math.min(MOST, Math.max(FEWEST, Math.ceil((2 * REACH * wide) / Math.max(finest, 1e-12))));
  const { points, cell } = whitenedGrid(q, n, REACH);
  const logs = q.logDensity(points);
  const at = (k: number) => REACH * ((2 * k) / (n - 1) - 1);
  const constant = -Math.log(2 * Math.PI * xx * yy);
  let sum = 0;
  for (let i = 0; i < logs.length; i++) {
    const logG = constant - (at(i % n) ** 2 + at(Math.floor(i / n)) ** 2) / 2;
    const density = Math.exp(logs[i]!);
    sum += Math.exp(logG) + (density > 0 ? density * (logs[i]! - logG - 1) : 0);
  }
  return cell * sum;
}

/** KL(g ‖ N(mean, variance·I)), nats, g the Gaussian of these moments; Infinity without variance. */
export function klOfMoments({ mean, covariance: [xx, xy, yy] }: Moments, model: Round): number {
  const { variance } = model;
  if (!(variance > 0)) return Number.POSITIVE_INFINITY;
  const square = (mean[0] - model.mean[0]) ** 2 + (mean[1] - model.mean[1]) ** 2;
  const determinant = xx * yy - xy ** 2;
  return ((xx + yy + square) / variance - 2 - Math.log(determinant / variance ** 2)) / 2;
}
