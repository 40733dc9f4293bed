import type { LetterChain } from '../../../core/discrete/matrices.ts';
import type { Rng } from '../../../core/types.ts';

/** What the parts of this world share: the data, the chain and the network. */
export interface CategoriesModel {
  /** [32][32] */
  readonly q0: Float64Array;
  /** The data in cells that are so many times as fine: [32·pieces][32·pieces]. */
  fineShares(pieces: number): Float64Array;
  readonly chain: LetterChain;
  readonly rng: Rng;
  readonly isJoint: boolean;
  /**
   * p(x_0 | x_t) by the averaged weights: of two coordinates, [rows][2][32], or of the cell, [rows][1024].
   * @param cells [rows][2]
   */
  predict(cells: Uint8Array, rows: number, t: number): Float64Array;
  /** A cell of the data. @returns x and y */
  drawCell(rng: Rng): readonly [number, number];
}
