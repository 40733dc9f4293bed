import type { ForwardProcess, Kernel, Sampler, SampleState, StepContext } from '../types.ts';

/** A term of a linear combination. */
export type Term<X> = readonly [coef: number, x: X];

/** λ = ln(α/σ), half the log signal-to-noise ratio; ∞ without noise. */
export function halfLogSnr({ alpha, sigma }: Kernel): number {
  return Math.log(alpha / sigma);
}

/**
 * The time at which λ has a given value, by bisection; λ falls as t grows.
 * @param early, late the times between which it lies, early < late; an end is returned for a λ beyond it
 */
export function timeOfHalfLogSnr(
  process: ForwardProcess,
  halfLogSnrWanted: number,
  early: number,
  late: number,
): number {
  let [low, high] = [early, late];
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return high;
    if (halfLogSnr(process.kernel(middle)) > halfLogSnrWanted) low = middle;
    else high = middle;
  }
}

/** α_s x̂₀ + σ_s ε̂ as terms in x̂₀ and x, where ε̂ = (x − α_t x̂₀)/σ_t: DDIM's step from t (from) to s (to). */
export function noiseless<X>(x: X, x0Hat: X, from: Kernel, to: Kernel): [Term<X>, Term<X>] {
  const ratio = to.sigma / from.sigma; // σ_s/σ_t
  return [
    [to.alpha - ratio * from.alpha, x0Hat],
    [ratio, x],
  ];
}

/** factor·∇ln p_t(x) = factor·(α x̂₀ − x)/σ², Tweedie's formula, as terms in x̂₀ and x. */
export function scoreTerms<X>(x: X, x0Hat: X, { alpha, sigma }: Kernel, factor: number): [Term<X>, Term<X>] {
  return [
    [(factor * alpha) / sigma ** 2, x0Hat],
    [-factor / sigma ** 2, x],
  ];
}

/** Standard normal noise for the reverse SDE's step from t to s, shaped like x. */
export function reverseNoise<X>(
  { space, reverseNoise: of, noiseKey }: Pick<StepContext<X>, 'space' | 'reverseNoise' | 'noiseKey'>,
  x: X,
  t: number,
  s: number,
): X {
  const [[coef, key], ...others] = of?.(t, s) ?? [[1, noiseKey(s)]];
  const first = space.gaussian(x, key);
  let sum = coef === 1 ? first : space.combine([coef, first]);
  for (const [factor, other] of others) {
    const before = sum;
    // One by one, so that only two are held at a time.
    sum = space.scope(() => space.combine([1, before], [factor, space.gaussian(x, other)]));
    space.release(before);
  }
  return sum;
}

/** q(x_t|x_s) = N(ratio·x_s, variance·I) for kernels at t (later) and s (earlier); variance is β_t for neighbours. */
export function transition(later: Kernel, earlier: Kernel): { ratio: number; variance: number } {
  const ratio = later.alpha / earlier.alpha;
  return { ratio, variance: Math.max(0, later.sigma ** 2 - (ratio * earlier.sigma) ** 2) };
}

/** @throws RangeError unless the step goes towards the data, as a sampler with noise must */
export function requireTowardsData(label: string, t: number, tNext: number): void {
  if (tNext < t) return;
  throw new RangeError(`${label} goes from noise to data; it has no step from t = ${t} to ${tNext}.`);
}

/**
 * The first step of encoding. At t = 0 there is no noise to predict (σε̂ = 0), so ε̂ is taken at the step's end:
 * x_s = α_s x + σ_s ε̂(α_s x, s) = 2α_s x − α_s x̂₀(α_s x, s).
 */
export function leaveData<X>(
  { space, process, denoise }: StepContext<X>,
  { x, nfe }: SampleState<X>,
  tNext: number,
): SampleState<X> {
  const { alpha } = process.kernel(tNext);
  const x0Hat = denoise(space.combine([alpha, x]), tNext);
  const there = space.combine([2 * alpha, x], [-alpha, x0Hat]);
  return { t: tNext, x: there, x0Hat, nfe: nfe + 1, history: [] };
}

/**
 * A step with noise from where no signal is left, α_t = 0: x_s = α_s x̂₀ + σ_s z. There the reverse SDE has an infinite
 * drift, and q(x_s|x_t, x_0) does not depend on x_t.
 */
export function leaveNoise<X>(
  context: StepContext<X>,
  { t, x, nfe }: SampleState<X>,
  tNext: number,
): SampleState<X> {
  const { space, process, denoise } = context;
  const { alpha, sigma } = process.kernel(tNext);
  const x0Hat = denoise(x, t);
  const there =
    sigma === 0 ? x0Hat : space.combine([alpha, x0Hat], [sigma, reverseNoise(context, x, t, tNext)]);
  return { t: tNext, x: there, x0Hat, nfe: nfe + 1, history: [] };
}

/** A step from t to s, x̂₀ at t known, between noise levels that both have noise. */
export interface Leap<X> extends StepContext<X> {
  readonly x: X;
  readonly x0Hat: X;
  readonly t: number;
  readonly s: number;
  /** Kernels at t and s. */
  readonly from: Kernel;
  readonly to: Kernel;
}

function leap<X>(
  context: StepContext<X>,
  { t, x, nfe }: SampleState<X>,
  s: number,
  rule: (leap: Leap<X>) => X,
): SampleState<X> {
  const { process, denoise } = context;
  const [from, to] = [process.kernel(t), process.kernel(s)];
  const x0Hat = denoise(x, t);
  const there = to.sigma === 0 ? x0Hat : rule({ ...context, x, x0Hat, t, s, from, to });
  return { t: s, x: there, x0Hat, nfe: nfe + 1, history: [] };
}

/**
 * The step of a sampler that evaluates once, at t, and adds no noise; the step to σ = 0 is x̂₀, the one from there
 * `leaveData`.
 */
export function noiselessStep(rule: <X>(leap: Leap<X>) => X): Sampler['step'] {
  return (context, state, tNext) =>
    context.process.kernel(state.t).sigma === 0
      ? leaveData(context, state, tNext)
      : leap(context, state, tNext, rule);
}

/**
 * The step of a sampler that evaluates once, at t, and adds noise. The score is singular at σ = 0: the step to there is
 * Tweedie's E[x₀|x_t]; the one from α = 0 is `leaveNoise`.
 */
export function noisyStep(label: string, rule: <X>(leap: Leap<X>) => X): Sampler['step'] {
  return (context, state, tNext) => {
    requireTowardsData(label, state.t, tNext);
    return context.process.kernel(state.t).alpha === 0
      ? leaveNoise(context, state, tNext)
      : leap(context, state, tNext, rule);
  };
}
