import type { Denoiser, ForwardProcess, Rng, Vector } from './types.ts';

/** Points that share one time; each time has other points. */
const POINTS_PER_TIME = 25;

/**
 * The loss L_simple of the exact answer, which no network can beat: E‖ε − E[ε|x_t]‖² per coordinate over uniform
 * t = 1/T…1. Since ε − E[ε|x_t] = −(α/σ)(x_0 − E[x_0|x_t]), it is the spread of the data that x_t leaves open.
 * A Monte-Carlo estimate from 25·T draws.
 * @param points [n][2] draws of the data, in the units of the process
 * @param denoise E[x_0|x_t]
 */
export function leastLoss(
  points: Vector,
  denoise: Denoiser<Vector>,
  process: ForwardProcess,
  nChain: number,
  rng: Rng,
): number {
  let sum = 0;
  for (let i = 1; i <= nChain; i++) {
    const t = i / nChain;
    const { alpha, sigma } = process.kernel(t);
    const x0 = drawn(points, rng);
    const x0Hat = denoise(
      x0.map((value) => alpha * value + sigma * rng.normal()),
      t,
    );
    for (const [k, value] of x0.entries()) sum += ((alpha / sigma) * (value - x0Hat[k]!)) ** 2;
  }
  return sum / (2 * POINTS_PER_TIME * nChain);
}

function drawn(points: Vector, rng: Rng): Vector {
  const out = new Float64Array(2 * POINTS_PER_TIME);
  for (let k = 0; k < out.length; k += 2) {
    const index = 2 * rng.integer(points.length / 2);
    out.set(points.subarray(index, index + 2), k);
  }
  return out;
}
