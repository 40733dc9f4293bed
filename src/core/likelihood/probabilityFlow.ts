import { requireBetween } from '../check.ts';
import { requirePairs } from '../exact/requireField.ts';
import type { ForwardProcess, Kernel, Vector } from '../types.ts';
import { type DivergenceEstimate, exactDivergence } from './divergence.ts';
import { type FlowAnswer, flowSlope } from './flowInNoise.ts';
import { rk45 } from './rk45.ts';
import type { ScoreField, ScoreForms } from './scoreField.ts';

export interface FlowOptions {
  /** Where the path starts: the smallest time, in [0,1); score_sde takes 1e-5. */
  readonly tMin: number;
  /** Tolerances of the solver; score_sde takes 1e-5 for both. */
  readonly rtol: number;
  readonly atol: number;
  readonly divergence: DivergenceEstimate;
}

export const FLOW_DEFAULTS: FlowOptions = { tMin: 1e-5, rtol: 1e-7, atol: 1e-7, divergence: exactDivergence };

export interface FlowLikelihood {
  /** [n] ln p at the points, nats. */
  readonly logDensity: Float64Array;
  /** [n][2] where the flow carries them at t = 1. */
  readonly latent: Vector;
  /** [n] ∫∇·(dx/dt) dt: by how much the flow has thinned the density, nats. */
  readonly logVolume: Float64Array;
  /** Evaluations of the score. */
  readonly nfe: number;
}

/**
 * ln p of points by the probability flow dx/dt = f(t)x − ½g(t)²·score (Song et al. 2021, Eq. 13): ln p(x) = ln p_1(x(1)) +
 * ∫∇·(dx/dt) dt along the path from x (Eq. 39). The slope is that of `flowInNoise`; RK45 solves it in the angle θ with
 * tan θ = σ/α, where it is smooth also where the rate of a chain jumps from step to step: in time, the solver's estimate of
 * its error misses such jumps. With the exact score this differs from the true ln p by the solver's tolerance, by tMin, and
 * by how far p_1 is from the prior.
 * @param process with its time of a ratio σ/α
 * @param x [n][2], in the units of the process
 * @param prior ln p_1 of points [n][2], [n] nats: the process's Gaussian, or the exact one
 * @param options those that differ from FLOW_DEFAULTS; the tolerances are those of y, and of the integral in nats
 * @throws RangeError on half a point, options out of range, or a process without signal at t = 1; Error when the solver
 * cannot go on
 */
export function flowLogLikelihood(
  field: ScoreField,
  process: ForwardProcess & { timeOf(noiseToSignal: number): number },
  x: Vector,
  prior: (z: Vector) => Float64Array,
  options: Partial<FlowOptions> = {},
): FlowLikelihood {
  requirePairs(x);
  const { tMin, rtol, atol, divergence } = { ...FLOW_DEFAULTS, ...options };
  requireBetween('The start tMin', tMin, 0, 1 - 1e-9);
  const [first, last] = [placeOf(process.kernel(tMin)), placeOf(process.kernel(1))];
  if (last.theta === Math.PI / 2)
    throw new RangeError('The flow needs a process that leaves signal at t = 1.');
  const n = x.length / 2;
  const probes = divergence.probes(n);
  // The state is the n points y, then the n integrals of the divergence.
  const start = new Float64Array(3 * n);
  start.set(x.map((value) => value / first.size));
  const { y, nfe } = rk45(
    (theta, state) => {
      if (theta === 0) return new Float64Array(3 * n); // Without noise dx/dθ is 0.
      const t = process.timeOf(Math.tan(theta));
      const kernel = process.kernel(t);
      const { size } = placeOf(kernel);
      const z = state.subarray(0, 2 * n);
      const x = z.map((value) => size * value);
      const answer = answerOf(kernel, x, field(x, t, probes), probes, divergence.factor);
      // d ln λ = dθ/(sin θ cos θ)
      const perAngle = 2 / Math.sin(2 * theta);
      return flowSlope(size / kernel.alpha, kernel.alpha, z, answer).map((value) => perAngle * value);
    },
    first.theta,
    last.theta,
    start,
    { rtol, atol },
  );
  const latent = y.slice(0, 2 * n).map((value) => last.size * value);
  const growth = 2 * Math.log(last.size / first.size);
  const logVolume = y.slice(2 * n).map((value) => value + growth);
  return { logDensity: prior(latent).map((value, i) => value + logVolume[i]!), latent, logVolume, nfe };
}

/** A score in the denoiser's words: x̂_0 = (x + σ²·score)/α (Tweedie), tr ∂x̂_0/∂x by the probes. */
function answerOf(
  { alpha, sigma }: Kernel,
  x: Vector,
  { score, forms }: ScoreForms,
  probes: readonly Vector[],
  factor: number,
): FlowAnswer {
  const x0Hat = x.map((value, i) => (value + sigma ** 2 * score[i]!) / alpha);
  const trace = Float64Array.from({ length: x.length / 2 }, (_, i) => {
    let sum = 0; // vᵀ(I + σ²·∂score/∂x)v over the probes
    probes.forEach((v, k) => {
      sum += v[2 * i]! ** 2 + v[2 * i + 1]! ** 2 + sigma ** 2 * forms[k]![i]!;
    });
    return (factor * sum) / alpha;
  });
  return { x0Hat, trace };
}

/** The angle of a kernel, and the size √(α² + σ²) of its points. */
function placeOf({ alpha, sigma }: Kernel): { readonly theta: number; readonly size: number } {
  return { theta: Math.atan2(sigma, alpha), size: Math.hypot(alpha, sigma) };
}
