import type { BitChain, Patterns } from '../../../core/discrete/bits.ts';
import type { Rng } from '../../../core/types.ts';

/** What the parts of this world share: the data, the chain and the network. */
export interface BitsModel {
  readonly patterns: Patterns;
  readonly chain: BitChain;
  readonly rng: Rng;
  /** w_i = P(x_0^i = 1 | x_t) by the averaged weights. @param x [n][20] @returns [n][20] */
  predict(x: ArrayLike<number>, n: number, t: ArrayLike<number> | number): Float32Array;
}
