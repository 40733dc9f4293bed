import { requireBetween } from '../check.ts';
import { requirePairs } from '../exact/requireField.ts';
import type { ForwardProcess, Vector } from '../types.ts';
import { type DivergenceEstimate, exactDivergence } from './divergence.ts';
import { rk45 } from './rk45.ts';
import type { ScoreField } from './scoreField.ts';

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
  /** Evaluations of the velocity. */
  readonly nfe: number;
}

/** dx/dt = f(t)x − ½g(t)²·score (Song et al. 2021, Eq. 13), whose densities are those of the process. */
export function flowVelocity(process: ForwardProcess, t: number, x: Vector, score: Vector): Vector {
  const drift = process.drift(t);
  const half = process.diffusion2(t) / 2;
  return x.map((value, i) => drift * value - half * score[i]!);
}

/**
 * ln p of points by the probability flow: ln p(x) = ln p_1(x(1)) + ∫∇·(dx/dt) dt along the path from x
 * (Song et al. 2021, Eq. 39). With the exact score this differs from the true ln p by the solver's tolerance, by tMin,
 * and by how far p_1 is from the prior.
 * @param x [n][2], in the units of the process
 * @param prior ln p_1 of points [n][2], [n] nats: the process's Gaussian, or the exact one
 * @param options those that differ from FLOW_DEFAULTS
 * @throws RangeError on half a point, or options out of range; Error when the solver cannot go on
 */
export function flowLogLikelihood(
  field: ScoreField,
  process: ForwardProcess,
  x: Vector,
  prior: (z: Vector) => Float64Array,
  options: Partial<FlowOptions> = {},
): FlowLikelihood {
  requirePairs(x);
  const { tMin, rtol, atol, divergence } = { ...FLOW_DEFAULTS, ...options };
  requireBetween('The start tMin', tMin, 0, 1 - 1e-9);
  const n = x.length / 2;
  const probes = divergence.probes(n);
  // The state is the n points, then the n integrals of the divergence.
  const start = new Float64Array(3 * n);
  start.set(x);
  const { y, nfe } = rk45(
    (t, state) => {
      const points = state.subarray(0, 2 * n);
      const { score, forms } = field(points, t, probes);
      const out = new Float64Array(3 * n);
      out.set(flowVelocity(process, t, points, score));
      const [drift, half] = [process.drift(t), process.diffusion2(t) / 2];
      for (let i = 0; i < n; i++) {
        let trace = 0; // vᵀ(f·I − ½g²·∂score/∂x)v over the probes
        probes.forEach((v, k) => {
          trace += drift * (v[2 * i]! ** 2 + v[2 * i + 1]! ** 2) - half * forms[k]![i]!;
        });
        out[2 * n + i] = trace * divergence.factor;
      }
      return out;
    },
    tMin,
    1,
    start,
    { rtol, atol },
  );
  const latent = y.slice(0, 2 * n);
  const logVolume = y.slice(2 * n);
  return { logDensity: prior(latent).map((value, i) => value + logVolume[i]!), latent, logVolume, nfe };
}
