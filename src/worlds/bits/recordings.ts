/** Rows of bits on their way: frames in the order of time, from data (t = 0) to noise (t = T). */
export interface BitFrames {
  readonly T: number;
  /** [frames] of t, rising from 0 to T. */
  readonly times: Int32Array;
  readonly rows: number;
  /** [frames][rows][20] of 0 and 1. */
  readonly bits: Uint8Array;
  /** Shares of many more rows that end as each pattern, and as none: [patterns + 1]; null of the noising. */
  readonly shares: Float64Array | null;
  /** Rows that the shares were counted in. */
  readonly counted: number;
}

/** The rows multiplied by r(x), with the patterns' exact weights under p·r. */
export interface ProductFrames extends BitFrames {
  /** null where r excludes every pattern. */
  readonly exact: Float64Array | null;
}

/** KL_t of the perfect reverse process, and the numbers of 2015; all in bits per sequence. */
export interface ExactBound {
  readonly T: number;
  /** [T − 1], t = 2…T */
  readonly kls: Float64Array;
  readonly K: number;
  readonly nullBound: number;
  readonly truth: number;
  readonly isSummed: boolean;
}

/** What the network's reverse process costs above the perfect one. */
export interface LearnedGap {
  /** [T − 1] of E Σ KL(f_b exact‖f_b learned), t = 2…T. */
  readonly gaps: Float64Array;
  /** Their sum, and its standard error. */
  readonly sum: number;
  readonly error: number;
}
