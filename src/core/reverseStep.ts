import { requireBetween } from './check.ts';
import { type NetworkOutput, predictedX0 } from './parameterizations/output.ts';
import type { ChainStep } from './posterior.ts';
import { ddimTerms } from './samplers/ddim.ts';
import type { Kernel, Vector } from './types.ts';

/**
 * σ_t² of a reverse step (Ho et al. 2020, §3.2; Nichol & Dhariwal 2021, Eq. 15), in improved-diffusion's four kinds:
 * fixed-small β̃_t; fixed-large β_t; learned-range between the two in the logarithm; learned, with ln σ² itself given.
 * `v` and `logVariance` are the network's, [n][2]; `v` runs from −1 (β̃_t) to 1 (β_t).
 */
export type ReverseVariance =
  | { readonly kind: 'fixed-small' }
  | { readonly kind: 'fixed-large' }
  | { readonly kind: 'learned-range'; readonly v: Vector }
  | { readonly kind: 'learned'; readonly logVariance: Vector };

/** p(x_{t−1}|x_t) = N(mean, variance), each [n][2]. */
export interface ReverseMoments {
  readonly mean: Vector;
  readonly variance: Vector;
  readonly logVariance: Vector;
  readonly x0Hat: Vector;
}

export interface ReverseInput {
  readonly step: ChainStep;
  /** x_t, [n][2]. */
  readonly x: Vector;
  /** The network's answer F at x_t, [n][2], of this kind. */
  readonly output: Vector;
  readonly kind: NetworkOutput;
  /** Bound of |x̂₀| per coordinate: a picture's convention. Default: none. */
  readonly clip?: number;
}

/** q(x_{t−1}|x_t, x_0)'s mean, [n][2] (Ho et al. 2020, Eq. 7). Its variance is `step.variance`. */
export function posteriorMean({ coefX0, coefX }: ChainStep, x0: Vector, x: Vector): Vector {
  return x.map((value, i) => coefX0 * x0[i]! + coefX * value);
}

/** x̂₀ of the network's answer, within the clip, [n][2]. */
export function clippedX0({ step, x, output, kind, clip = Infinity }: ReverseInput): Vector {
  requireBetween('The clip', clip, 0, Infinity);
  const x0Hat =
    kind.id === 'mu'
      ? output.map((mean, i) => (mean - step.coefX * x[i]!) / step.coefX0)
      : predictedX0(kind, output, x, step.from, step.to);
  return x0Hat.map((value) => Math.min(clip, Math.max(-clip, value)));
}

/**
 * The moments of a reverse step (improved-diffusion, `p_mean_variance`). A network that answers μ̃ is taken at its word:
 * the clip touches its x̂₀ and not its mean.
 */
export function reverseMoments(input: ReverseInput & { readonly variance: ReverseVariance }): ReverseMoments {
  const { step, x, output, kind, variance } = input;
  const x0Hat = clippedX0(input);
  const mean = kind.id === 'mu' ? output.slice() : posteriorMean(step, x0Hat, x);
  return { mean, x0Hat, ...variances(step, variance, x.length) };
}

function variances(
  step: ChainStep,
  choice: ReverseVariance,
  length: number,
): Pick<ReverseMoments, 'variance' | 'logVariance'> {
  const fixed = (variance: number, log: number) => ({
    variance: new Float64Array(length).fill(variance),
    logVariance: new Float64Array(length).fill(log),
  });
  switch (choice.kind) {
    case 'fixed-small':
      return fixed(step.variance, step.logVarianceClipped);
    case 'fixed-large':
      return fixed(step.largeVariance, Math.log(step.largeVariance));
    case 'learned-range':
      return exponentials(learnedRangeLogVariance(step, choice.v), length);
    case 'learned':
      return exponentials(choice.logVariance, length);
  }
}

function exponentials(logVariance: Vector, length: number) {
  if (logVariance.length !== length) {
    throw new RangeError(
      `The learned variance must be ${length} numbers, as the points are, not ${logVariance.length}.`,
    );
  }
  return { variance: logVariance.map(Math.exp), logVariance };
}

/**
 * ln Σ = f ln β_t + (1 − f) ln β̃_t with f = (v + 1)/2 (Nichol & Dhariwal 2021, Eq. 15, whose v is f here).
 * @param v [n][2], usually in [−1, 1]; outside it extrapolates
 */
export function learnedRangeLogVariance({ beta, logVarianceClipped }: ChainStep, v: Vector): Vector {
  const logBeta = Math.log(beta);
  return v.map((value) => {
    const f = (value + 1) / 2;
    return f * logBeta + (1 - f) * logVarianceClipped;
  });
}

/** x_{t−1} = mean + σ_t z; the step that arrives at the data adds no noise. @param z [n][2] standard normal noise */
export function reverseSample({ to }: ChainStep, { mean, logVariance }: ReverseMoments, z: Vector): Vector {
  if (to.sigma === 0) return mean.slice();
  return mean.map((value, i) => value + Math.exp(logVariance[i]! / 2) * z[i]!);
}

export interface DdimStep {
  readonly from: Kernel;
  /** Less noise to sample, more to encode. */
  readonly to: Kernel;
  readonly x: Vector;
  readonly x0Hat: Vector;
  /** η ∈ [0,1]; encoding wants 0. */
  readonly eta?: number;
  /** [n][2] standard normal noise, read when η > 0. */
  readonly z?: Vector;
}

/**
 * One step of DDIM in either direction (Song et al. 2021, Eq. 12 and 16): that of the sampler (`samplers/ddim.ts`), with
 * x̂₀ and the noise given.
 * @throws RangeError when η leaves [0,1], when noise is wanted and not given, or on the way to noise
 */
export function ddimStep({ from, to, x, x0Hat, eta = 0, z }: DdimStep): Vector {
  requireBetween('eta', eta, 0, 1);
  if (eta > 0 && !(from.sigma >= (from.alpha / to.alpha) * to.sigma)) {
    throw new RangeError(`DDIM runs towards noise only with eta = 0, not ${eta}.`);
  }
  const terms = ddimTerms(x, x0Hat, from, to, eta, () => {
    if (z?.length !== x.length) {
      throw new RangeError(`DDIM with eta = ${eta} needs noise z of ${x.length} numbers.`);
    }
    return z;
  });
  return x.map((_, i) => terms.reduce((sum, [coef, of]) => sum + coef * of[i]!, 0));
}
