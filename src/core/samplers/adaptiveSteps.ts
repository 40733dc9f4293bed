import { A, B, C, E, errorNorm, stepFactor } from '../likelihood/rk45.ts';
import type { AdaptiveSteps, SampleState, StepContext } from '../types.ts';
import { timeOfHalfLogSnr } from './steps.ts';

/** Part of the whole angle that the first step tries. */
const FIRST_STEP = 1 / 20;
const MOST_ATTEMPTS = 1000;

/**
 * The probability-flow ODE by the Dormand–Prince pair of orders 5 and 4, choosing its own steps, on any space.
 * Divided by √(α² + σ²), the points of every process follow dy/dθ = cos θ ε̂ − sin θ x̂₀ = cot θ y − x̂₀/sin θ with
 * tan θ = σ/α: smooth from noise to data, also where the rate of a chain jumps from step to step.
 * @param tEnd before or after the state's time; there is noise at both
 * @throws RangeError at a time without noise; Error when the error is not finite or too many steps are needed
 */
export function* adaptiveSteps<X>(
  context: StepContext<X>,
  state: SampleState<X>,
  tEnd: number,
): AdaptiveSteps<X> {
  const { space } = context;
  const flow = flowOf(context);
  let theta = flow.angle(state.t);
  const end = flow.angle(tEnd);
  const { size: startSize } = flow.at(theta);
  let y = space.combine([1 / startSize, state.x]);
  space.release(state.x);
  let slope = space.scope(() => flow.velocity(theta, y));
  let nfe = state.nfe + 1;
  let step = FIRST_STEP * (end - theta);
  let mayGrow = true;
  try {
    for (let attempts = 0; theta !== end; attempts++) {
      if (attempts === MOST_ATTEMPTS) throw new Error(`RK45 needs more than ${MOST_ATTEMPTS} steps.`);
      const last = Math.abs(end - theta) <= Math.abs(step);
      const next = last ? end : theta + step;
      const h = next - theta;
      const trial = space.scope(() => attempt(context, flow, theta, y, slope, h));
      nfe += C.length;
      let kept = false;
      try {
        const error = yield { kind: 'measure', error: trial.error, from: y, to: trial.y };
        if (!Number.isFinite(error)) throw new Error('RK45 met a number that is not finite.');
        kept = error < 1;
        step = h * (kept && !mayGrow ? Math.min(1, stepFactor(error)) : stepFactor(error));
        mayGrow = kept; // A step that follows a refused one does not grow.
        if (!kept) continue;
        const { cos, sin } = flow.at(theta);
        const { size, t } = flow.at(next);
        const accepted: SampleState<X> = space.scope(() => ({
          t: last ? tEnd : t,
          x: space.combine([size, trial.y]),
          x0Hat: space.combine([cos, y], [-sin, slope]),
          nfe,
          history: [],
        }));
        space.release([y, slope]);
        ({ y, slope } = trial);
        theta = next;
        yield { kind: 'accepted', state: accepted };
      } finally {
        space.release(kept ? trial.error : trial);
      }
    }
  } finally {
    space.release([y, slope]);
  }
}

/**
 * The state at tEnd, by `adaptiveSteps`, on a space whose numbers can be had at once.
 * @param tolerance rtol and atol (units of y); all points share the steps
 * @throws as `adaptiveSteps`, and Error where numbers must be awaited
 */
export function adaptiveStepsTo<X>(
  context: StepContext<X>,
  state: SampleState<X>,
  tEnd: number,
  { rtol, atol }: { readonly rtol: number; readonly atol: number },
): SampleState<X> {
  const { space } = context;
  const valuesOf = (x: X) => {
    if (!space.values) throw new Error('Points that must be awaited need the adaptive steps, one by one.');
    return space.values(x);
  };
  const steps = adaptiveSteps(context, { ...state, x: space.combine([1, state.x]) }, tEnd);
  let reached = state;
  for (let next = steps.next(); !next.done; ) {
    const event = next.value;
    if (event.kind === 'accepted') {
      if (reached !== state) space.release(reached);
      reached = event.state;
      next = steps.next(Number.NaN);
    } else {
      next = steps.next(
        errorNorm(valuesOf(event.error), valuesOf(event.from), valuesOf(event.to), rtol, atol),
      );
    }
  }
  return reached;
}

interface Flow<X> {
  /** θ of a time. */
  angle(t: number): number;
  at(theta: number): {
    readonly t: number;
    readonly size: number;
    readonly cos: number;
    readonly sin: number;
  };
  velocity(theta: number, y: X): X;
}

function flowOf<X>({ space, process, denoise }: StepContext<X>): Flow<X> {
  const at: Flow<X>['at'] = (theta) => {
    const t = timeOfHalfLogSnr(process, -Math.log(Math.tan(theta)), 0, 1);
    const { alpha, sigma } = process.kernel(t);
    const size = Math.hypot(alpha, sigma);
    return { t, size, cos: alpha / size, sin: sigma / size };
  };
  return {
    at,
    angle(t) {
      const { alpha, sigma } = process.kernel(t);
      if (sigma === 0) throw new RangeError(`The adaptive flow needs noise; there is none at t = ${t}.`);
      return Math.atan2(sigma, alpha);
    },
    velocity(theta, y) {
      const { t, size, cos, sin } = at(theta);
      return space.combine([cos / sin, y], [-1 / sin, denoise(space.combine([size, y]), t)]);
    },
  };
}

function attempt<X>(
  { space }: StepContext<X>,
  { velocity }: Flow<X>,
  theta: number,
  y: X,
  slope: X,
  h: number,
): { readonly y: X; readonly slope: X; readonly error: X } {
  const k = [slope];
  const advance = (coefficients: readonly number[]) =>
    space.combine([1, y], ...coefficients.map((coef, j) => [h * coef, k[j]!] as const));
  for (let stage = 1; stage < C.length; stage++) {
    k.push(velocity(theta + C[stage]! * h, advance(A[stage]!)));
  }
  const end = advance(B);
  const endSlope = velocity(theta + h, end);
  k.push(endSlope);
  const error = space.combine(...E.map((coef, j) => [h * coef, k[j]!] as const));
  return { y: end, slope: endSlope, error };
}
