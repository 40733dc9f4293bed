import { exactLogDensity } from '../exact.ts';
import type { Density, Vector } from '../types.ts';
import type { Jump } from './jump.ts';
import { secondOrder } from './secondOrder.ts';

/** q(x_s|x_t) at one x_t: what a reverse step should draw from. */
export interface ReverseConditional {
  readonly mean: readonly [number, number];
  readonly covariance: readonly [xx: number, xy: number, yy: number];
  /** E[x_0|x_t]. */
  readonly x0: readonly [number, number];
  /** ln q(x_s|x_t) of points [n][2]; −Infinity where it is 0. */
  logDensity(x: Vector): Float64Array;
}

/** Components of less than e^−40 of p_t(x_t) cannot be seen in a float64 sum. */
const NEGLIGIBLE = 40;

/** Those components of a mixture that count at a point of time t; their weights stay as they are. */
export function partsAt(
  density: Density,
  { from }: Pick<Jump, 'from'>,
  x: readonly [number, number],
): Density {
  const at = Float64Array.from(x);
  const logits = density.map((component) => exactLogDensity([component], from, at)[0]!);
  const top = Math.max(...logits);
  return density.filter((_, k) => logits[k]! >= top - NEGLIGIBLE);
}

/**
 * q_σ(x_s|x_t) = ∫ q_σ(x_s|x_t, x_0) p(x_0|x_t) dx_0, exactly. Two Gaussians in x_0, of x_t and of y = x_s − ofX·x_t = ofX0·x_0 + noise,
 * are one Gaussian in x_0 times a constant, so that the integral is again a noised density of the data: with α of t, c = ofX0, v the
 * variance of the step and D = c²σ² + α²v, it is p_0 * N(0, σ²v/D) at (αv·x_t + cσ²·y)/D, times N(c·x_t − α·y; 0, D), over p_t(x_t).
 * @param x x_t, in the units of the density
 */
export function reverseConditional(
  density: Density,
  jump: Jump,
  x: readonly [number, number],
): ReverseConditional {
  const { from, ofX0: c, ofX, variance: v } = jump;
  const parts = partsAt(density, jump, x);
  const { x0, covariance, logit } = secondOrder(parts, from)(...x);
  const [xx, xy, yy] = covariance;
  const total = c ** 2 * from.sigma ** 2 + from.alpha ** 2 * v;
  const kernel = { alpha: 1, sigma: Math.sqrt((from.sigma ** 2 * v) / total) };
  return {
    mean: [c * x0[0] + ofX * x[0], c * x0[1] + ofX * x[1]],
    covariance: [c ** 2 * xx + v, c ** 2 * xy, c ** 2 * yy + v],
    x0: [x0[0], x0[1]],
    logDensity(points) {
      const y = points.map((value, i) => value - ofX * x[i & 1]!);
      const places = y.map((value, i) => (from.alpha * v * x[i & 1]! + c * from.sigma ** 2 * value) / total);
      const logs = exactLogDensity(parts, kernel, places);
      return logs.map((log, i) => {
        const [dx, dy] = [c * x[0] - from.alpha * y[2 * i]!, c * x[1] - from.alpha * y[2 * i + 1]!];
        return log - (dx * dx + dy * dy) / (2 * total) - Math.log(2 * Math.PI * total) - logit;
      });
    },
  };
}
