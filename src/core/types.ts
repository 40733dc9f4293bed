/** Points in the plane, interleaved x₀,y₀,x₁,y₁,…; length 2n. float64: the reference arithmetic. */
export type Vector = Float64Array;

/** Seeded random numbers, split by name or number so that every consumer has its own stream. */
export interface Rng {
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

/** All the algebra a sampler may use on a batch X: Float64Array in tests, tensors in the engine. */
export interface Space<X> {
  /** Σ coefᵢ·xᵢ over at least one term. */
  combine(...terms: readonly (readonly [coef: number, x: X])[]): X;
  /** Standard normal noise shaped like x. Equal `key`s give equal noise, so samplers can share it. */
  gaussian(like: X, key: number): X;
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
  /** Reverse variance of DDPM: σ_t² = β_t or β̃_t. */
  readonly variance: 'beta' | 'beta-tilde';
}

export interface StepContext<X> {
  readonly space: Space<X>;
  readonly process: ForwardProcess;
  readonly denoise: Denoiser<X>;
  readonly options: SamplerOptions;
  /** Key of the noise that a step to time t uses: the discrete index of t, shared by all samplers. */
  noiseKey(t: number): number;
}

export interface Sampler {
  readonly id: string;
  readonly label: string;
  readonly summary: string;
  readonly equation: string;
  /** Which options change this sampler, beyond the number of steps. */
  readonly uses: readonly (keyof SamplerOptions)[];
  /** Walks every step of the chain when true (S = T); otherwise a subsequence τ of S steps. */
  readonly everyStep: boolean;
  /** Whether it adds noise on the way. Without, it follows the probability-flow ODE, which also runs backwards. */
  stochastic(options: SamplerOptions): boolean;
  step<X>(context: StepContext<X>, state: SampleState<X>, tNext: number): SampleState<X>;
}

/** An increasing choice of S + 1 of the chain's times i/T, from t = 0 to t = 1. */
export interface TimeGrid {
  readonly id: string;
  readonly label: string;
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

/** A 2D data set in data units. `noise` multiplies the definition's own noise (1 = as defined). */
export interface Dataset {
  readonly id: string;
  readonly label: string;
  readonly summary: string;
  /** Whether `noise` changes anything. */
  readonly noisy: boolean;
  sample(n: number, rng: Rng, noise: number): Vector;
  /** The exact density of the definition, or a quadrature of it of the accuracy its docstring states. */
  density(noise: number): Density;
}

/** A distance between two point sets; 0 when they are equal. */
export interface Metric {
  readonly id: string;
  readonly label: string;
  readonly summary: string;
  evaluate(a: Vector, b: Vector): number;
}
