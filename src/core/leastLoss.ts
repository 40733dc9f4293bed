import type { Denoiser, ForwardProcess, Rng, Vector } from './types.ts';

/** Points that share one time; each time has other points. */
const POINTS_PER_TIME = 25;

/**
 * The training loss of the exact answer, which no network can beat: E[w(t)‖x_0 − E[x_0|x_t]‖²] per coordinate over the
 * given times, the spread of the data that x_t leaves open. For L_simple, w = (α/σ)²:
 * ε − E[ε|x_t] = −(α/σ)(x_0 − E[x_0|x_t]). A Monte-Carlo estimate from 25 draws at each time.
 * @param points [n][2] draws of the data, in the units of the process
 * @param denoise E[x_0|x_t]
 * @param weight of the squared error of x̂_0 at the k-th of the times
 */
export function leastLoss(
  points: Vector,
  denoise: Denoiser<Vector>,
  process: ForwardProcess,
  times: ArrayLike<number>,
  weight: (k: number) => number,
  rng: Rng,
): number {
  let sum = 0;
  for (let k = 0; k < times.length; k++) {
    const t = times[k]!;
    const { alpha, sigma } = process.kernel(t);
    const x0 = drawn(points, rng);
    const x0Hat = denoise(
      x0.map((value) => alpha * value + sigma * rng.normal()),
      t,
    );
    const factor = weight(k);
    for (const [i, value] of x0.entries()) sum += factor * (value - x0Hat[i]!) ** 2;
  }
  return sum / (2 * POINTS_PER_TIME * times.length);
}

function drawn(points: Vector, rng: Rng): Vector {
  const out = new Float64Array(2 * POINTS_PER_TIME);
  for (let k = 0; k < out.length; k += 2) {
    const index = 2 * rng.integer(points.length / 2);
    out.set(points.subarray(index, index + 2), k);
  }
  return out;
}
