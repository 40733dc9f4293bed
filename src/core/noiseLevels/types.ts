/** Every setting that some family of noise levels reads; a family lists its own in `uses`. */
export interface NoiseLevelOptions {
  /** The least noise but 0. */
  readonly sigmaMin: number;
  /** The most noise. */
  readonly sigmaMax: number;
  /** How much the steps crowd towards little noise. */
  readonly rho: number;
  /** β(1) − β(0) of the variance-preserving process. */
  readonly betaD: number;
  /** β(0) of the variance-preserving process. */
  readonly betaMin: number;
  /** The last time at which that process is looked at, in (0,1). */
  readonly epsS: number;
}

/** A curve of noise levels σ(u) from the most noise at u = 0 to the least at u = 1, strictly decreasing. */
export interface NoiseLevels {
  readonly id: string;
  readonly label: string;
  /** One sentence for a newcomer. */
  readonly summary: string;
  /** KaTeX source of the defining equation. */
  readonly equation: string;
  /** Which options change this curve. */
  readonly uses: readonly (keyof NoiseLevelOptions)[];
  /** What its authors choose. */
  readonly defaults: NoiseLevelOptions;
  /** σ at u ∈ [0,1]; options out of range throw a RangeError. */
  sigma(u: number, options: NoiseLevelOptions): number;
}
