import { requireBetween, requireInteger } from '../check.ts';

/** dy/dt at (t, y); returns a new array of the length of y. */
export type Derivative = (t: number, y: Float64Array) => Float64Array;

export interface Rk45Options {
  /** Relative tolerance, 2e-14…1. */
  readonly rtol: number;
  /** Absolute tolerance, in the units of y: above 0, finite. */
  readonly atol: number;
  /** Attempted steps before giving up; 1…10⁸. */
  readonly maxSteps?: number;
  /** Called after every accepted step; y must not be changed. */
  readonly onStep?: (t: number, y: Float64Array) => void;
}

export interface Rk45Result {
  readonly y: Float64Array;
  /** Evaluations of the derivative. */
  readonly nfe: number;
  readonly accepted: number;
  readonly rejected: number;
}

const DEFAULT_MAX_STEPS = 100_000;

// Dormand & Prince (1980), Table 2: where the stages are, what they are made of, and their sum.
export const C = [0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1];
export const A = [
  [],
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
];
export const B = [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84];
/** The fifth-order answer less the fourth-order one. */
export const E = [-71 / 57600, 0, 71 / 16695, -71 / 1920, 17253 / 339200, -22 / 525, 1 / 40];

const SAFETY = 0.9;
const SHRINK = 0.2;
const GROW = 10;
/** Of the error of a step, which is of order h⁵. */
const EXPONENT = -1 / 5;

/**
 * Solves dy/dt = f(t, y) from t0 to t1 (either direction) by the Dormand–Prince pair of orders 5 and 4, with the first
 * step and the step control of Hairer, Nørsett & Wanner (Solving ODEs I, §II.4), as in scipy's `solve_ivp(method='RK45')`.
 * A step is accepted when the root mean square of error/(atol + rtol·max|y|) is below 1; all of y shares the steps.
 * @param y0 [m], kept
 * @throws RangeError on tolerances or times out of range; Error when y ceases to be finite, steps fall below the
 * resolution of t, or more than maxSteps are needed
 */
export function rk45(
  derivative: Derivative,
  t0: number,
  t1: number,
  y0: Float64Array,
  options: Rk45Options,
): Rk45Result {
  const { rtol, atol, maxSteps = DEFAULT_MAX_STEPS, onStep } = options;
  requireOptions(t0, t1, rtol, atol, maxSteps);
  const direction = t1 >= t0 ? 1 : -1;
  let t = t0;
  let y: Float64Array = y0.slice();
  let slope: Float64Array = derivative(t, y);
  if (t0 === t1) return { y, nfe: 1, accepted: 0, rejected: 0 };
  let size = firstStep(derivative, t0, t1, y, slope, rtol, atol);
  let nfe = 2;
  let accepted = 0;
  let rejected = 0;
  let growth = GROW;
  while (t !== t1) {
    if (accepted + rejected >= maxSteps) throw new Error(`RK45 needs more than ${maxSteps} steps.`);
    const least = 1e-14 * Math.max(Math.abs(t), Math.abs(t1 - t0) * 1e-6);
    if (size < least) throw new Error(`RK45 cannot step any smaller at t = ${t}.`);
    const next = Math.abs(t1 - t) <= size ? t1 : t + direction * size;
    const trial = attempt(derivative, t, y, slope, next - t);
    nfe += 6;
    const error = errorNorm(trial.error, y, trial.y, rtol, atol);
    if (Number.isNaN(error)) throw new Error(`RK45 met a number that is not finite at t = ${t}.`);
    size = Math.abs(next - t);
    if (error < 1) {
      t = next;
      y = trial.y;
      slope = trial.slope;
      accepted++;
      onStep?.(t, y);
      size *= stepFactor(error, growth);
      growth = GROW;
    } else {
      rejected++;
      size *= stepFactor(error);
      growth = 1; // A step that follows a refused one does not grow.
    }
  }
  return { y, nfe, accepted, rejected };
}

/** By how much the next step differs from one with this error: less than 1 after an error above 1. */
export function stepFactor(error: number, growth = GROW): number {
  if (error >= 1) return Math.max(SHRINK, SAFETY * error ** EXPONENT);
  return error === 0 ? growth : Math.min(growth, SAFETY * error ** EXPONENT);
}

function requireOptions(t0: number, t1: number, rtol: number, atol: number, maxSteps: number): void {
  requireBetween('The start t0', t0, -Number.MAX_VALUE, Number.MAX_VALUE);
  requireBetween('The end t1', t1, -Number.MAX_VALUE, Number.MAX_VALUE);
  requireBetween('The relative tolerance rtol', rtol, 2e-14, 1);
  requireBetween('The absolute tolerance atol', atol, Number.MIN_VALUE, Number.MAX_VALUE);
  requireInteger('The number of steps allowed', maxSteps, 1, 1e8);
}

interface Attempt {
  readonly y: Float64Array;
  readonly slope: Float64Array;
  readonly error: Float64Array;
}

function attempt(f: Derivative, t: number, y: Float64Array, slope: Float64Array, h: number): Attempt {
  const k = [slope];
  for (let stage = 1; stage < C.length; stage++) k.push(f(t + C[stage]! * h, advance(y, h, A[stage]!, k)));
  const end = advance(y, h, B, k);
  const endSlope = f(t + h, end);
  k.push(endSlope);
  return { y: end, slope: endSlope, error: advance(new Float64Array(y.length), h, E, k) };
}

/** y + h Σ coefⱼ kⱼ. */
function advance(
  y: Float64Array,
  h: number,
  coefficients: readonly number[],
  k: readonly Float64Array[],
): Float64Array {
  const out = y.slice();
  for (let j = 0; j < coefficients.length; j++) {
    const factor = h * coefficients[j]!;
    const slope = k[j]!;
    if (factor !== 0) for (let i = 0; i < out.length; i++) out[i]! += factor * slope[i]!;
  }
  return out;
}

/** A first guess of the step from the sizes of y, y′ and y″ (Hairer et al., §II.4, "starting step size"). */
function firstStep(
  f: Derivative,
  t0: number,
  t1: number,
  y: Float64Array,
  slope: Float64Array,
  rtol: number,
  atol: number,
): number {
  const span = Math.abs(t1 - t0);
  const d0 = errorNorm(y, y, y, rtol, atol);
  const d1 = errorNorm(slope, y, y, rtol, atol);
  const h0 = Math.min(span, d0 < 1e-5 || d1 < 1e-5 ? 1e-6 : (0.01 * d0) / d1);
  const signed = t1 >= t0 ? h0 : -h0;
  const euler = advance(y, signed, [1], [slope]);
  const change = f(t0 + signed, euler).map((value, i) => value - slope[i]!);
  const d2 = errorNorm(change, y, y, rtol, atol) / h0;
  const steepest = Math.max(d1, d2);
  const h1 = steepest <= 1e-15 ? Math.max(1e-6, h0 * 1e-3) : (0.01 / steepest) ** (1 / 5);
  return Math.min(100 * h0, h1, span);
}

/** The root mean square of error/(atol + rtol·max(|a|, |b|)). */
export function errorNorm(
  error: ArrayLike<number>,
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  rtol: number,
  atol: number,
): number {
  let sum = 0;
  for (let i = 0; i < error.length; i++) {
    const scale = atol + rtol * Math.max(Math.abs(a[i]!), Math.abs(b[i]!));
    sum += (error[i]! / scale) ** 2;
  }
  return Math.sqrt(sum / error.length);
}
