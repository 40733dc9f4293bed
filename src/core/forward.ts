import { requireBetas } from './chain.ts';
import type { ForwardProcess, Rng, Vector } from './types.ts';

/**
 * One jump: x_t = α x_0 + σ ε (Ho et al. 2020, Eq. 4).
 * @param x0 [n][2] clean points; eps [n][2] standard normal noise
 */
export function closedForm(process: ForwardProcess, x0: Vector, eps: Vector, t: number): Vector {
  if (eps.length !== x0.length) throw new RangeError(`x0 has ${x0.length} numbers and eps ${eps.length}.`);
  const { alpha, sigma } = process.kernel(t);
  return x0.map((value, i) => alpha * value + sigma * eps[i]!);
}

/**
 * The Markov chain of small steps: x_t = √(1−β_t) x_{t−1} + √β_t ε_t (Ho et al. 2020, Eq. 2).
 * Yields x_0, …, x_T, each a new array. Step t draws its noise from `rng.fork(t)`, in order of the points.
 */
export function* forwardChain(betas: Float64Array, x0: Vector, rng: Rng): Generator<Vector, void, void> {
  requireBetas(betas);
  let x = x0.slice();
  yield x;
  for (let t = 1; t <= betas.length; t++) {
    const keep = Math.sqrt(1 - betas[t - 1]!);
    const std = Math.sqrt(betas[t - 1]!);
    const noise = rng.fork(t);
    x = x.map((value) => keep * value + std * noise.normal());
    yield x;
  }
}
