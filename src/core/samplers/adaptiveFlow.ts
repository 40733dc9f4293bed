import { requireBetween } from '../check.ts';
import { rk45 } from '../likelihood/rk45.ts';
import type { Denoiser, ForwardProcess, Vector } from '../types.ts';
import { timeOfHalfLogSnr } from './kernelAlgebra.ts';

/** Stands for θ = 0, where the velocity is 0/0; it is finite just above, and x differs by ½σ²·score only. */
const LEAST_ANGLE = 1e-7;

/**
 * The probability-flow ODE (Song et al. 2021, Eq. 13) by adaptive RK45, to a tolerance. Divided by √(α² + σ²), the points
 * of every process follow dy/dθ = cos θ ε̂ − sin θ x̂₀ with tan θ = σ/α: smooth from noise to data, also where the rate of
 * a chain jumps from step to step.
 * @param x [n][2] the points at times[0]
 * @param times one or more, in [0,1], in either direction
 * @param tolerances relative and absolute (units of y), 1e-6 each unless given; all points share the steps
 * @returns the points at each of the times, the first of them x itself, and the evaluations of the denoiser
 * @throws RangeError when times or tolerances are out of range
 */
export function adaptiveFlow(
  process: ForwardProcess,
  denoise: Denoiser<Vector>,
  x: Vector,
  times: readonly number[],
  { rtol = 1e-6, atol = 1e-6 }: { readonly rtol?: number; readonly atol?: number } = {},
): { readonly path: readonly Vector[]; readonly nfe: number } {
  if (times.length === 0) throw new RangeError('Sampling needs at least one time.');
  for (const t of times) requireBetween('A sampling time', t, 0, 1);

  const velocity = (theta: number, y: Vector): Vector => {
    const t = timeOfHalfLogSnr(process, -Math.log(Math.tan(theta)), 0, 1);
    const { alpha, sigma } = process.kernel(t);
    const size = Math.hypot(alpha, sigma);
    const x0Hat = denoise(scaled(y, size), t);
    return y.map((value, i) => {
      const epsHat = (size * value - alpha * x0Hat[i]!) / sigma;
      return (alpha * epsHat - sigma * x0Hat[i]!) / size;
    });
  };
  const nodes = times.map((t) => {
    const { alpha, sigma } = process.kernel(t);
    return { theta: Math.max(LEAST_ANGLE, Math.atan2(sigma, alpha)), size: Math.hypot(alpha, sigma) };
  });
  const path = [x];
  let y = scaled(x, 1 / nodes[0]!.size);
  let nfe = 0;
  for (let k = 1; k < nodes.length; k++) {
    const leg = rk45(velocity, nodes[k - 1]!.theta, nodes[k]!.theta, y, { rtol, atol });
    y = leg.y;
    nfe += leg.nfe;
    path.push(scaled(y, nodes[k]!.size));
  }
  return { path, nfe };
}

const scaled = (x: Vector, factor: number): Vector => x.map((value) => factor * value);
