import { requirePairs } from '../exact/requireField.ts';
import type { ForwardProcess, Kernel, Vector } from '../types.ts';

/** What the flow asks of a denoiser: its answers at points of one time, and how they change with the points. */
export interface FlowQuestion {
  /** [n][2] x_t, in the units of the process. */
  readonly x: Vector;
  readonly t: number;
}

export interface FlowAnswer {
  /** [n][2] E[x_0|x_t]. */
  readonly x0Hat: Vector;
  /** [n] tr ∂x̂_0/∂x_t. */
  readonly trace: ArrayLike<number>;
}

/**
 * ln p of points by the probability flow, on a grid, asking for one evaluation after another, so that whoever answers
 * may take time. In y = x/α and the ratio λ = σ/α the flow of every process is the same, dy/d ln λ = y − x̂_0
 * (Karras et al. 2022, Eq. 4, after the change of variables of its §3), without the infinite rates that some processes have
 * at their ends and the jumps that a chain has. Where noise prevails y grows as λ does, which costs a solver most of its
 * error. In z = y/√(1 + λ²), the units of a process that keeps the variance, points of N(0, I) stand still:
 *   dz/d ln λ = z/(1 + λ²) − x̂_0/√(1 + λ²),
 * and Eq. 39 of Song et al. 2021 is ln p(z) = ln p_1 + ∫ (2/(1 + λ²) − tr ∂x̂_0/∂y) d ln λ.
 * Steps are those of the classical Runge–Kutta method of order 4 in ln λ.
 * @param process with its time of a ratio
 * @param x0 [n][2] where the paths start: the density is that of the flow's points at the first time, divided by α
 * @param times increasing, at least 2, each with noise and signal
 * @param prior ln p of x at the last time, [n][2] → [n] nats
 * @returns [n] nats
 * @throws RangeError on half a point, or times that are too few, do not increase, or lack noise or signal
 */
export function* flowInNoise(
  process: ForwardProcess & { timeOf(noiseToSignal: number): number },
  x0: Vector,
  times: readonly number[],
  prior: (x: Vector) => Float64Array,
): Generator<FlowQuestion, Float64Array, FlowAnswer> {
  requirePairs(x0);
  const nodes = times.map((t) => logRatio(process.kernel(t), t));
  if (nodes.length < 2 || nodes.some((node, k) => k > 0 && !(node > nodes[k - 1]!))) {
    throw new RangeError('The flow needs two times or more, with ever more noise.');
  }
  const n = x0.length / 2;
  const startSize = sizeAt(nodes[0]!);
  // The state is the n points z, then the n integrals.
  let state: Float64Array = new Float64Array(3 * n);
  state.set(x0.map((value) => value / startSize));
  function* slope(u: number, at: Float64Array): Generator<FlowQuestion, Float64Array, FlowAnswer> {
    const t = process.timeOf(Math.exp(u));
    const { alpha } = process.kernel(t);
    const size = sizeAt(u);
    const z = at.subarray(0, 2 * n);
    return flowSlope(size, alpha, z, yield { x: z.map((value) => alpha * size * value), t });
  }
  for (let k = 0; k + 1 < nodes.length; k++) {
    const [u, h] = [nodes[k]!, nodes[k + 1]! - nodes[k]!];
    const k1 = yield* slope(u, state);
    const k2 = yield* slope(u + h / 2, moved(state, h / 2, k1));
    const k3 = yield* slope(u + h / 2, moved(state, h / 2, k2));
    const k4 = yield* slope(u + h, moved(state, h, k3));
    state = state.map((value, i) => value + (h / 6) * (k1[i]! + 2 * k2[i]! + 2 * k3[i]! + k4[i]!));
  }
  const { alpha } = process.kernel(times.at(-1)!);
  const endSize = alpha * sizeAt(nodes.at(-1)!);
  const end = prior(state.slice(0, 2 * n).map((value) => endSize * value));
  // Densities in the plane: x at the end is endSize·z, y at the start is startSize·z.
  return end.map((value, i) => value + 2 * Math.log(endSize / startSize) + state[2 * n + i]!);
}

/**
 * The change of z and of the integral with ln λ.
 * @param size √(1 + λ²)
 * @param z [n][2]
 * @returns [3n]: of the n points z, then of the n integrals
 */
export function flowSlope(
  size: number,
  alpha: number,
  z: Vector,
  { x0Hat, trace }: FlowAnswer,
): Float64Array {
  const n = z.length / 2;
  const pull = 1 / size ** 2;
  const out = new Float64Array(3 * n);
  for (let i = 0; i < 2 * n; i++) out[i] = pull * z[i]! - x0Hat[i]! / size;
  for (let i = 0; i < n; i++) out[2 * n + i] = 2 * pull - alpha * trace[i]!;
  return out;
}

function logRatio({ alpha, sigma }: Kernel, t: number): number {
  if (!(alpha > 0 && sigma > 0)) {
    throw new RangeError(`The flow needs noise and signal; at t = ${t} they are ${sigma} and ${alpha}.`);
  }
  return Math.log(sigma / alpha);
}

/** √(1 + λ²), by which y = z√(1 + λ²), at u = ln λ. */
const sizeAt = (u: number): number => Math.hypot(1, Math.exp(u));

const moved = (state: Float64Array, h: number, slope: Float64Array): Float64Array =>
  state.map((value, i) => value + h * slope[i]!);
