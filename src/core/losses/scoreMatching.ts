import { requireBetween } from '../check.ts';
import type { ForwardProcess, Vector } from '../types.ts';

/** A score model for points of different times. @param x [n][2]; times [n] @returns [n][2] */
export type TimedScore = (x: Vector, times: Float64Array) => Vector;

/** A score model at one time. @param x [n][2] @returns [n][2] */
export type Score = (x: Vector) => Vector;

export interface DenoisingOptions {
  /** λ(t) = g²(t), which bounds the likelihood, in place of λ(t) = σ²(t). */
  readonly likelihoodWeighting?: boolean;
}

/**
 * Denoising score matching, λ(t)‖s(x_t, t) − ∇ ln q(x_t|x_0)‖² with ∇ ln q = −z/σ (Vincent 2011; Song et al. 2021, Eq. 7;
 * score_sde, `get_sde_loss_fn`). Its `reduce_mean` changes nothing in the plane: the mean over the two coordinates is half
 * their sum.
 * @param x0 [n][2] clean points; times [n] in [ε, 1], where σ > 0; z [n][2] standard normal noise
 * @returns [n]; their mean is the loss
 */
export function denoisingScoreMatching(
  process: ForwardProcess,
  score: TimedScore,
  x0: Vector,
  times: Float64Array,
  z: Vector,
  { likelihoodWeighting = false }: DenoisingOptions = {},
): Float64Array {
  if (z.length !== x0.length || 2 * times.length !== x0.length) {
    throw new RangeError(`${x0.length} numbers of x0 need as many of z and half as many times.`);
  }
  const kernels = Array.from(times, (t) => process.kernel(t));
  const x = x0.map((value, i) => kernels[i >> 1]!.alpha * value + kernels[i >> 1]!.sigma * z[i]!);
  const answers = score(x, times);
  return Float64Array.from(kernels, ({ sigma }, k) => {
    if (!(sigma > 0))
      throw new RangeError(`Denoising score matching needs noise; there is none at t = ${times[k]}.`);
    // σ²‖s + z/σ‖² is written ‖σs + z‖², which is well behaved at small σ.
    const error = (i: number) => (sigma * answers[i]! + z[i]!) ** 2;
    const total = error(2 * k) + error(2 * k + 1);
    const lambda = likelihoodWeighting ? process.diffusion2(times[k]!) / sigma ** 2 : 1;
    return (lambda * total) / 2;
  });
}

/**
 * Implicit score matching, ½‖s‖² + ∇·s (Hyvärinen 2005, Theorem 1): explicit score matching up to a constant that does not
 * depend on s, without knowing the true score.
 * @param x [n][2] draws of the density whose score is wanted
 * @param divergence ∇·s at the points, [n]; by central differences unless given
 * @returns [n]; their mean is the loss
 */
export function implicitScoreMatching(
  score: Score,
  x: Vector,
  divergence: (x: Vector) => Float64Array = (at) => numericDivergence(score, at),
): Float64Array {
  const answers = score(x);
  return divergence(x).map((value, k) => value + (answers[2 * k]! ** 2 + answers[2 * k + 1]! ** 2) / 2);
}

export interface SlicedOptions {
  /** ½‖s‖² in place of ½(vᵀs)²: the variance-reduced form, for v with E[vvᵀ] = I. */
  readonly varianceReduced?: boolean;
  /** (∂s/∂x)·v at the points, [n][2]; by central differences unless given. */
  readonly jvp?: (x: Vector, v: Vector) => Vector;
}

/**
 * Sliced score matching, ½(vᵀs)² + vᵀ(∂s/∂x)v along random v (Song, Garg et al. 2019, §3).
 * @param x [n][2] draws of the density; v [n][2] directions with E[vvᵀ] = I
 * @returns [n]; their mean is the loss
 */
export function slicedScoreMatching(
  score: Score,
  x: Vector,
  v: Vector,
  { varianceReduced = true, jvp = (at, along) => numericJvp(score, at, along) }: SlicedOptions = {},
): Float64Array {
  if (v.length !== x.length)
    throw new RangeError(`There are ${x.length} coordinates of x and ${v.length} of v.`);
  const answers = score(x);
  const slopes = jvp(x, v);
  return Float64Array.from({ length: x.length / 2 }, (_, k) => {
    const [i, j] = [2 * k, 2 * k + 1];
    const along = v[i]! * answers[i]! + v[j]! * answers[j]!;
    const square = varianceReduced ? answers[i]! ** 2 + answers[j]! ** 2 : along ** 2;
    return square / 2 + v[i]! * slopes[i]! + v[j]! * slopes[j]!;
  });
}

/** (∂s/∂x)·v by central differences over ±h·v, [n][2]; its error is O(h²). @param h > 0, in the units of x */
export function numericJvp(score: Score, x: Vector, v: Vector, h = 1e-5): Vector {
  requireBetween('The step of differences', h, Number.MIN_VALUE, 1);
  const ahead = score(x.map((value, i) => value + h * v[i]!));
  const behind = score(x.map((value, i) => value - h * v[i]!));
  return ahead.map((value, i) => (value - behind[i]!) / (2 * h));
}

/** ∇·s by central differences along both axes, [n]. @param h > 0, in the units of x */
export function numericDivergence(score: Score, x: Vector, h = 1e-5): Float64Array {
  const along = (axis: number) =>
    numericJvp(
      score,
      x,
      x.map((_, i) => +(i % 2 === axis)),
      h,
    );
  const [first, second] = [along(0), along(1)];
  return Float64Array.from({ length: x.length / 2 }, (_, k) => first[2 * k]! + second[2 * k + 1]!);
}
