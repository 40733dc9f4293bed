import type { Parameter } from './parameters.ts';

/** Points in the plane, interleaved x₀,y₀,x₁,y₁,…; length 2n. float64: the reference arithmetic. */
export type Vector = Float64Array;

/** Seeded random numbers, split by name or number so that every consumer has its own stream. */
export interface Rng {
  /** What the generator begins with, four words of 32 bits: equal streams have equal ones, and no others. */
  readonly words: readonly [number, number, number, number];
  /** Uniform on [0,1). */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Uniform integer in 0…n−1. */
  integer(n: number): number;
  /** An independent stream that depends on this one's seed and `key` alone, not on what was drawn. */
  fork(key: number | string): Rng;
}

/** q(x_t|x_0) = N(alpha·x_0, sigma²·I). */
export interface Kernel {
  readonly alpha: number;
  readonly sigma: number;
}

/**
 * The derived tables of a discrete chain of T steps; each is [T], and entry i belongs to the paper's t = i + 1.
 * Equations of Ho et al. 2020. Where ᾱ_T = 0 the reciprocals end in Infinity; everything else is finite.
 */
export interface ChainTables {
  /** β_t, in (0,1) */
  readonly betas: Float64Array;
  /** α_t = 1 − β_t */
  readonly alphas: Float64Array;
  /** ᾱ_t = Π α_s over s ≤ t: strictly decreasing, in [0,1) */
  readonly alphasCumprod: Float64Array;
  /** ᾱ_{t−1}; the first is 1 */
  readonly alphasCumprodPrev: Float64Array;
  /** ᾱ_{t+1}; the last is 0 */
  readonly alphasCumprodNext: Float64Array;
  /** √ᾱ_t, the scale of the signal in Eq. 4 */
  readonly sqrtAlphasCumprod: Float64Array;
  /** √(1 − ᾱ_t), the scale of the noise in Eq. 4 */
  readonly sqrtOneMinusAlphasCumprod: Float64Array;
  /** ln(1 − ᾱ_t) */
  readonly logOneMinusAlphasCumprod: Float64Array;
  /** 1/√ᾱ_t: x̂_0 = x_t/√ᾱ_t − √(1/ᾱ_t − 1) ε̂ */
  readonly sqrtRecipAlphasCumprod: Float64Array;
  /** √(1/ᾱ_t − 1) */
  readonly sqrtRecipm1AlphasCumprod: Float64Array;
  /** β̃_t, Eq. 7; the first is 0 */
  readonly posteriorVariance: Float64Array;
  /** ln β̃_t, the first replaced by the second (ln β_1 in a chain of one step), as β̃_1 = 0 has no logarithm */
  readonly posteriorLogVarianceClipped: Float64Array;
  /** The factor of x_0 in μ̃_t, Eq. 7 */
  readonly posteriorMeanCoef1: Float64Array;
  /** The factor of x_t in μ̃_t, Eq. 7 */
  readonly posteriorMeanCoef2: Float64Array;
  /** ᾱ_t/(1 − ᾱ_t) */
  readonly snr: Float64Array;
}

export interface ScheduleOptions {
  /** Multiply DDPM's β range (defined for T = 1000) by 1000/T, so that x_T is noise for every T. */
  readonly rescale: boolean;
  /** Numbers that shape the schedule, those that differ from the initial ones. */
  readonly parameters?: Readonly<Record<string, number>>;
}

/** A recipe for the betas of a T-step chain. */
export interface NoiseSchedule {
  readonly id: string;
  readonly label: string;
  /** One sentence for a newcomer. */
  readonly summary: string;
  /** KaTeX source of the defining equation. */
  readonly equation: string;
  /** Whether `rescale` changes anything. */
  readonly rescales: boolean;
  /** Numbers that shape it; none when left out. */
  readonly parameters?: readonly Parameter[];
  betas(nSteps: number, options: ScheduleOptions): Float64Array;
}

/** dx = drift(t)·x dt + √diffusion2(t) dw on t ∈ [0,1]; t = 0 is data. */
export interface ForwardProcess {
  kernel(t: number): Kernel;
  drift(t: number): number;
  diffusion2(t: number): number;
}

/** x̂₀ = skip·x_t + out·F, hence the regression target F* = (x₀ − skip·x_t)/out. */
export interface Parameterization {
  readonly id: string;
  readonly label: string;
  scalings(kernel: Kernel): { readonly skip: number; readonly out: number };
}

/** How x̂₀ is kept within a range: each coordinate cut off at the limit, or dynamic thresholding with a quantile. */
export type Threshold =
  | { readonly kind: 'limit'; readonly limit: number }
  | { readonly kind: 'dynamic'; readonly limit: number; readonly quantile: number };

/** All the algebra a sampler may use on a batch X: Float64Array in tests, tensors in the engine. */
export interface Space<X> {
  /** Σ coefᵢ·xᵢ over at least one term. */
  combine(...terms: readonly (readonly [coef: number, x: X])[]): X;
  /** Standard normal noise shaped like x. Equal `key`s give equal noise, so samplers can share it. */
  gaussian(like: X, key: number): X;
  /** Predictions x̂₀ brought into the range that is allowed, point by point. */
  threshold(x0Hat: X, how: Threshold): X;
  /** A function of the points themselves, [n][2] each; left out where they are not at hand, as on a device. */
  apply?(of: (...points: readonly Vector[]) => Vector, ...xs: readonly X[]): X;
  /** The numbers of x, at once; left out where they must be awaited, as on a GPU. */
  values?(x: X): ArrayLike<number>;
  /** Frees the temporaries `body` made, except what it returns. */
  scope<S>(body: () => S): S;
  /** Frees what `old` holds and `keep` does not. */
  release(old: unknown, keep?: unknown): void;
}

/** E[x_0 | x_t = x]: a network, an exact mixture, a data set's own softmax. A sampler cannot tell. */
export type Denoiser<X> = (x: X, t: number) => X;

export interface SampleState<X> {
  readonly t: number;
  readonly x: X;
  /** The denoiser's answer that produced x; null at the start. */
  readonly x0Hat: X | null;
  /** Evaluations of the denoiser so far. */
  readonly nfe: number;
  /** Earlier answers a multistep method reuses, newest first. */
  readonly history: readonly { readonly t: number; readonly x0Hat: X }[];
}

/** Every setting some sampler reads; a sampler lists its own in `uses`. */
export interface SamplerOptions {
  /** DDIM's η ∈ [0,1]: 0 is deterministic, 1 is ancestral. */
  readonly eta: number;
  /** Reverse variance: β or β̃ of each step (η²β̃ of DDIM), what the network has learned between the two, or the best for the mean. */
  readonly variance: 'beta' | 'beta-tilde' | 'learned' | 'optimal';
}

/**
 * z⊙Σ^½ with the learned Σ = exp(v ln β + (1 − v) ln β̃) at x_t (Nichol & Dhariwal 2021, Eq. 15).
 * @param bounds ln β̃ and ln β of the step that leaves t
 * @param z standard normal noise shaped like x
 */
export type LearnedNoise<X> = (
  x: X,
  t: number,
  bounds: { readonly logLow: number; readonly logHigh: number },
  z: X,
) => X;

/** A draw from a reverse step N(mean, variance·I), or from what a condition makes of it. */
export type GaussianDraw<X> = (step: {
  readonly mean: X;
  readonly variance: number;
  /** Standard normal noise shaped like the mean. */
  readonly z: X;
  /** Where the step starts, and its times, s before t. */
  readonly x: X;
  readonly t: number;
  readonly s: number;
}) => X;

/** A term of noise: coef·(standard normal noise of the key). */
export type NoiseTerm = readonly [coef: number, key: number];

/** The standard normal noise of a reverse step from t to an earlier s, as a sum of at least one term. */
export type ReverseNoise = (t: number, s: number) => readonly [NoiseTerm, ...NoiseTerm[]];

export interface StepContext<X> {
  readonly space: Space<X>;
  readonly process: ForwardProcess;
  readonly denoise: Denoiser<X>;
  readonly options: SamplerOptions;
  /** Null or left out where no variance was learned. */
  readonly learnedNoise?: LearnedNoise<X> | null;
  /** E[Var[x_0|x_t]] per coordinate: what x_t leaves open of the data. The optimal variance asks for it where steps start. */
  readonly meanPosteriorVariance?: (t: number) => number;
  /** Noise of the reverse SDE's steps, shared by all samplers. Left out, that of `noiseKey(s)`. */
  readonly reverseNoise?: ReverseNoise;
  /** How a step that is a draw from N(mean, variance·I) makes it, where a condition shifts it; left out, mean + √variance·z. */
  readonly draw?: GaussianDraw<X>;
  /** Key of time t: a whole number, its index on the chain. Noise that is not the reverse SDE's takes keys from it. */
  noiseKey(t: number): number;
}

/** What a sampler that chooses its own steps hands out on its way. */
export type AdaptiveEvent<X> =
  /** Wants the root mean square of error/(atol + rtol·max(|from|, |to|)) in return, then goes on. */
  | { readonly kind: 'measure'; readonly error: X; readonly from: X; readonly to: X }
  /** A step was accepted; the state belongs to the caller. */
  | { readonly kind: 'accepted'; readonly state: SampleState<X> };

export type AdaptiveSteps<X> = Generator<AdaptiveEvent<X>, void, number>;

export interface Sampler {
  readonly id: string;
  readonly label: string;
  readonly summary: string;
  readonly equation: string;
  /** Which options change this sampler, beyond the number of steps. */
  readonly uses: readonly (keyof SamplerOptions)[];
  /** The variances that it has, where it `uses` them; others are taken as 'beta-tilde'. */
  readonly variances?: readonly SamplerOptions['variance'][];
  /** Made for the steps of the chain: it takes all where nobody says how many, and no more than there are. */
  readonly wholeChain?: boolean;
  /**
   * What it is used with: so many steps of that time grid bring it as near to the data as true draws are to each other,
   * on DDPM's chain of T = 1000. Without meaning for samplers that choose their own steps.
   */
  readonly usual: { readonly nSteps: number; readonly timeGrid: string };
  /** Numbers that shape it; the registry has it with the initial ones. */
  readonly parameters?: readonly Parameter[];
  /**
   * The same method with other numbers.
   * @param values those that differ from the initial ones
   * @param nSteps steps of the whole path
   * @throws RangeError when a name is unknown or a value out of range
   */
  build?(values: Readonly<Record<string, number>>, nSteps: number): Sampler;
  /** How fast it nears the flow: halving the steps multiplies the error by 2^order. Without meaning for those that add noise or choose their steps. */
  readonly order?: number;
  /** Evaluations of the denoiser in a step between; 1 when left out. */
  readonly nfePerStep?: number;
  /** A sampler that stays at one noise level, that of this time: the times it is given only count its steps. */
  readonly fixedTime?: number;
  /**
   * A sampler that chooses its own steps, from the state's time to tEnd, where there is noise. It owns the state's x from
   * then on. `step` does the same where the numbers of X can be had at once.
   */
  adaptive?<X>(context: StepContext<X>, state: SampleState<X>, tEnd: number): AdaptiveSteps<X>;
  /** Its tolerances: what the errors of `adaptive` are measured in. */
  readonly tolerance?: { readonly rtol: number; readonly atol: number };
  /** Whether its steps are draws from N(mean, variance·I), which `StepContext.draw` makes; no when left out. */
  draws?(options: SamplerOptions): boolean;
  /** Whether it adds noise on the way. Without, it follows the probability-flow ODE, which also runs backwards. */
  stochastic(options: SamplerOptions): boolean;
  step<X>(context: StepContext<X>, state: SampleState<X>, tNext: number): SampleState<X>;
}

/** Every setting some time grid reads. */
export interface TimeGridOptions {
  /** Numbers that shape it, those that differ from the initial ones. */
  readonly parameters?: Readonly<Record<string, number>>;
  /** Chain steps listed by hand, increasing. */
  readonly tau?: readonly number[];
  /** The last time before 0 of grids that go by noise levels, in (0,1); 1/T when left out. */
  readonly tMin?: number;
}

/** Where the steps of a sampler end: a choice of times between noise and data. */
export interface TimeGrid {
  readonly id: string;
  readonly label: string;
  /** One sentence for a newcomer. */
  readonly summary: string;
  /** Numbers that shape it. */
  readonly parameters: readonly Parameter[];
  /**
   * [S + 1] times, strictly decreasing from 1 to 0; a list has its own S.
   * @param nSteps S, 1…2T: more than T lie between the levels
   * @param nChain T of the chain, on whose times i/T grids of indices lie up to S = T
   * @throws RangeError when a number or the list is not of that form
   */
  times(process: ForwardProcess, nSteps: number, nChain: number, options?: TimeGridOptions): number[];
}

/** A time grid of S + 1 of the chain's times i/T, as long as S ≤ T. */
export interface ChainGrid extends TimeGrid {
  /** Chain indices τ_0 = 0 < τ_1 < … < τ_S = T. */
  indices(nSteps: number, nChain: number): readonly number[];
}

/** A component of an exact data density: a Gaussian, or a uniform axis-aligned box. Weights sum to 1. */
export type DensityComponent =
  | {
      readonly kind: 'gaussian';
      readonly weight: number;
      readonly mean: readonly [number, number];
      readonly covariance: readonly [xx: number, xy: number, yy: number];
    }
  | {
      readonly kind: 'box';
      readonly weight: number;
      readonly low: readonly [number, number];
      readonly high: readonly [number, number];
    };

export type Density = readonly DensityComponent[];

/** A mixture whose every component belongs to a class, so that p(x, y) is known exactly. */
export interface LabelledDensity {
  readonly density: Density;
  /** The class 0…C−1 of each component; every class has one. */
  readonly labels: readonly number[];
}

/** Points and the class 0…C−1 that each is of. */
export interface LabelledPoints {
  /** [n][2] */
  readonly points: Vector;
  /** [n] */
  readonly labels: Uint8Array;
}

/** x_scaled = (x_data − centre)/scale: mean 0, and variance 1 averaged over the two axes. */
export interface Standardization {
  readonly centre: readonly [number, number];
  readonly scale: number;
}

/** A 2D data set in data units. `noise` multiplies the definition's own noise (1 = as defined). */
export interface Dataset {
  readonly id: string;
  readonly label: string;
  readonly summary: string;
  /** What one sees in it, within a sentence: 'the spiral'. */
  readonly shape: string;
  /** Whether `noise` changes anything. */
  readonly noisy: boolean;
  sample(n: number, rng: Rng, noise: number): Vector;
  /** The exact density of the definition, or a quadrature of it of the accuracy its docstring states. */
  density(noise: number): Density;
  /** What its classes are called, 0…C−1; empty where it has none. */
  readonly classNames: readonly string[];
  /** The points of `sample` with the class of each; all of class 0 where there is none. */
  sampleLabelled(n: number, rng: Rng, noise: number): LabelledPoints;
  /** The density class by class, as exact as `density`. @throws RangeError where it has no classes */
  labelledDensity(noise: number): LabelledDensity;
  /** The training set itself, where the data are a sample and not a definition: its rows, as they are. */
  readonly rows?: LabelledPoints;
  /** The units of training and of the view, where they are not those of the density's mean and variance. */
  readonly units?: Standardization;
  /** The middle 99 % of each axis, where few points are so far out that all would show the rest as a dot. */
  readonly middle?: { readonly low: readonly [number, number]; readonly high: readonly [number, number] };
}

/** A distance between two point sets; 0 when they are equal. */
export interface Metric {
  readonly id: string;
  readonly label: string;
  readonly summary: string;
  evaluate(a: Vector, b: Vector): number;
}
