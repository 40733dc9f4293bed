import { betasOf, MAX_BETA, requireChainLength } from './ddpmRange.ts';
import { monotoneSpline } from './monotoneSpline.ts';

/** A point that the drawn curve goes through, at time t ∈ [0,1]. */
export interface ControlPoint {
  readonly t: number;
  /** ᾱ(t) or ln ᾱ(t), as the axis that is drawn on says. */
  readonly value: number;
}

/** What is drawn: ᾱ itself, or its logarithm, in which the end of a chain can be told from nothing. */
export type DrawnAxis = 'alpha-bar' | 'log-alpha-bar';

export interface DrawnSchedule {
  /** ᾱ(t) for t ∈ [0,1]: smooth, strictly decreasing, ᾱ(0) = 1. */
  alphaBar(t: number): number;
  /** d ln ᾱ/dt = −β(t) of the variance-preserving process; at most 0. */
  logSlope(t: number): number;
  /** [T] the betas of the chain with this ᾱ at t = i/T, each in (0, 0.999] */
  betas(nSteps: number): Float64Array;
}

/** ᾱ − ᾱβ can be told from ᾱ for every β from here on. */
const MIN_BETA = Number.EPSILON;

/**
 * A schedule drawn by hand: a monotone spline through control points.
 * @param points ordered by t, from t = 0, where ᾱ = 1, to t = 1; at least 2; values strictly decreasing, ᾱ > 0
 * @throws RangeError that says which point breaks this
 */
export function drawnSchedule(points: readonly ControlPoint[], axis: DrawnAxis): DrawnSchedule {
  requireCurve(points, axis);
  const spline = monotoneSpline(
    points.map(({ t }) => t),
    points.map(({ value }) => value),
  );
  const isLog = axis === 'log-alpha-bar';
  const logAlphaBar = isLog ? spline.value : (t: number) => Math.log(spline.value(t));
  return {
    alphaBar: isLog ? (t) => Math.exp(spline.value(t)) : spline.value,
    logSlope: isLog ? spline.slope : (t) => spline.slope(t) / spline.value(t),
    betas(nSteps) {
      requireChainLength(nSteps);
      return betasOf(nSteps, (i) => {
        const beta = -Math.expm1(logAlphaBar((i + 1) / nSteps) - logAlphaBar(i / nSteps));
        return Math.min(Math.max(beta, MIN_BETA), MAX_BETA);
      });
    },
  };
}

function requireCurve(points: readonly ControlPoint[], axis: DrawnAxis): void {
  if (axis !== 'alpha-bar' && axis !== 'log-alpha-bar') {
    throw new RangeError(`The axis must be 'alpha-bar' or 'log-alpha-bar', not '${axis}'.`);
  }
  const name = axis === 'alpha-bar' ? 'ᾱ' : 'ln ᾱ';
  const start = axis === 'alpha-bar' ? 1 : 0;
  if (points.length < 2) throw new RangeError(`A drawn curve needs at least 2 points, not ${points.length}.`);
  const [first, last] = [points[0]!, points.at(-1)!];
  if (first.t !== 0 || first.value !== start) {
    throw new RangeError(
      `The first point must be t = 0, ${name} = ${start}, not (${first.t}, ${first.value}).`,
    );
  }
  if (last.t !== 1) throw new RangeError(`The last point must be at t = 1, not ${last.t}.`);
  for (let k = 1; k < points.length; k++) {
    const { t, value } = points[k]!;
    if (!(t > points[k - 1]!.t)) {
      throw new RangeError(`The times must increase; ${t} comes after ${points[k - 1]!.t}.`);
    }
    if (!(value < points[k - 1]!.value)) {
      throw new RangeError(
        `${name} must fall from point to point; ${value} comes after ${points[k - 1]!.value}.`,
      );
    }
  }
  const end = axis === 'alpha-bar' ? last.value : Math.exp(last.value);
  if (!(end > 0)) throw new RangeError(`ᾱ must stay above 0; it ends in ${end}.`);
}
