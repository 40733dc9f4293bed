import { requireField } from './exact/requireField.ts';
import { noisedDensity, type PointAnswer } from './noisedDensity.ts';
import type { Denoiser, Density, ForwardProcess, Kernel, Vector } from './types.ts';

/**
 * ln p_t at points.
 * @param x [n][2] points, in the units of the density
 * @returns [n] nats; −Infinity where the density is 0 (only without noise, outside the boxes)
 */
export function exactLogDensity(density: Density, kernel: Kernel, x: Vector): Float64Array {
  const out = new Float64Array(x.length / 2);
  forEachPoint(density, kernel, x, (i, { logDensity }) => {
    out[i / 2] = logDensity;
  });
  return out;
}

/**
 * ∇ ln p_t at points; without noise that of the density itself (0 within a box).
 * @param x [n][2] points, in the units of the density
 * @returns [n][2], 1/unit
 */
export function exactScore(density: Density, kernel: Kernel, x: Vector): Vector {
  const out = new Float64Array(x.length);
  forEachPoint(density, kernel, x, (i, { scoreX, scoreY }) => {
    out[i] = scoreX;
    out[i + 1] = scoreY;
  });
  return out;
}

/**
 * ε* = E[ε | x_t = x] = −σ·score: the noise that a perfect network would predict.
 * @param x [n][2] points, in the units of the density
 * @returns [n][2], no unit; 0 at σ = 0
 */
export function exactEps(density: Density, kernel: Kernel, x: Vector): Vector {
  return exactScore(density, kernel, x).map((value) => -kernel.sigma * value);
}

/** E[x_0 | x_t] of the density itself: the denoiser that a perfect network would be. At σ = 0 it returns x/α. */
export function exactDenoiser(density: Density, process: ForwardProcess): Denoiser<Vector> {
  return (x, t) => {
    const kernel = process.kernel(t);
    if (kernel.sigma === 0) return x.map((value) => value / kernel.alpha);
    const out = new Float64Array(x.length);
    forEachPoint(density, kernel, x, (i, { x0X, x0Y }) => {
      out[i] = x0X;
      out[i + 1] = x0Y;
    });
    return out;
  };
}

function forEachPoint(
  density: Density,
  kernel: Kernel,
  x: Vector,
  take: (i: number, answer: PointAnswer) => void,
): void {
  requireField(density, kernel, x);
  const at = noisedDensity(density, kernel);
  for (let i = 0; i < x.length; i += 2) take(i, at(x[i]!, x[i + 1]!));
}
