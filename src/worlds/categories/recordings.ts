/** Frames in the order of time, from data (t = 0) to noise (t = T). */
interface Frames {
  readonly T: number;
  /** [frames] of t, rising from 0 to T. */
  readonly times: Int32Array;
  /** Values of a coordinate: 32, and one more that is absorbing. */
  readonly n: number;
}

export interface CellFrames extends Frames {
  readonly particles: number;
  /** [frames][particles][2] of 0…n − 1. */
  readonly cells: Uint8Array;
  /** [frames][n][n] of exact q_t; null of the ways back. */
  readonly tables: Float32Array | null;
  /** [frames] of I(x_t; x_0)/H(x_0); null of the ways back. */
  readonly kept: Float32Array | null;
  /** Total variation between the cells where they end and q_0, and of as many true draws; null of the noising. */
  readonly distance: { readonly own: number; readonly draws: number } | null;
}

/** The same points under Gaussian noise, in cells: 0 to 32 along each axis. */
export interface ContinuousFrames extends Frames {
  readonly particles: number;
  /** [frames][particles][2] */
  readonly positions: Float32Array;
  /** Pieces of the density along each axis. */
  readonly side: number;
  /** [frames][side][side] of exact q_t. */
  readonly tables: Float32Array;
  /** [frames] total variation from the matrix's q_t. */
  readonly variations: Float64Array;
}

export interface MatrixFrames extends Frames {
  /** [frames][n][n]; at t = 0 the identity. */
  readonly Q: Float32Array;
  readonly Qbar: Float32Array;
}

/** All in bits. */
export interface ExactTable {
  readonly T: number;
  /** H(q_0) */
  readonly entropy: number;
  readonly coordinates: number;
  /** Of the perfect factorised reverse process, and of one variable of 1 024. */
  readonly factorised: number;
  readonly joint: number;
  /** [T] of the one that the network is held to. */
  readonly byStep: Float64Array;
}

export interface TableGap {
  /** t that were measured, and what the network costs there above the perfect step. */
  readonly times: Int32Array;
  readonly gaps: Float64Array;
  /** Over all t. */
  readonly sum: number;
  readonly error: number;
}
