import type { Density, Kernel, Vector } from '../types.ts';
import { requireField } from './requireField.ts';
import { type SecondOrder, secondOrder } from './secondOrder.ts';

/** ∂score/∂x = ∇∇ᵀ ln p_t, and what comes with it for free. */
export interface ScoreJacobian {
  /** [n][2], 1/unit. */
  readonly score: Vector;
  /** [n][3] as xx, xy, yy: the Jacobian is symmetric. 1/unit². */
  readonly jacobian: Float64Array;
}

/**
 * Cov[x_0 | x_t = x]: how much of the data x_t leaves open. By Tweedie's second formula it is
 * (σ²/α²)(I + σ²∇∇ᵀ ln p_t); computed here from the components, without that cancellation.
 * @param x [n][2] points, in the units of the density
 * @returns [n][3] as xx, xy, yy, in units²; 0 at σ = 0
 * @throws RangeError on an empty density, half a point, or a negative or infinite kernel
 */
export function exactCovariance(density: Density, kernel: Kernel, x: Vector): Float64Array {
  const out = new Float64Array((x.length / 2) * 3);
  forEachPoint(density, kernel, x, (i, { covariance }) => out.set(covariance, 3 * i));
  return out;
}

/** The score and its Jacobian at points; arguments and errors as `exactCovariance`. */
export function exactScoreJacobian(density: Density, kernel: Kernel, x: Vector): ScoreJacobian {
  const score = new Float64Array(x.length);
  const jacobian = new Float64Array((x.length / 2) * 3);
  forEachPoint(density, kernel, x, (i, answer) => {
    score.set(answer.score, 2 * i);
    jacobian.set(answer.hessian, 3 * i);
  });
  return { score, jacobian };
}

/**
 * ∇·score = Δ ln p_t, which the probability flow's likelihood integrates (Song et al. 2021, Eq. 39).
 * @returns [n], 1/unit²; arguments and errors as `exactCovariance`
 */
export function exactScoreDivergence(density: Density, kernel: Kernel, x: Vector): Float64Array {
  const out = new Float64Array(x.length / 2);
  forEachPoint(density, kernel, x, (i, { hessian }) => {
    out[i] = hessian[0] + hessian[2];
  });
  return out;
}

function forEachPoint(
  density: Density,
  kernel: Kernel,
  x: Vector,
  take: (i: number, answer: SecondOrder) => void,
): void {
  requireField(density, kernel, x);
  const at = secondOrder(density, kernel);
  for (let i = 0; i < x.length / 2; i++) take(i, at(x[2 * i]!, x[2 * i + 1]!));
}
