import { keptInformation } from '../../../core/discrete/grid.ts';
import type { LetterChain } from '../../../core/discrete/matrices.ts';
import { firstAbove } from '../../../core/firstAbove.ts';
import type { Rng } from '../../../core/types.ts';

export interface TimeDraws {
  /** 1…T */
  draw(rng: Rng): number;
  /** 1/q(t): what makes a sum over all t of a term at the t that was drawn. */
  gain(t: number): number;
}

/** Of the times that are drawn: at half, the Gaussian matrix of 200 steps was left with a gap of 0.20 bits in place of 0.13; the others are as near as chance allows to say. */
const EVEN_SHARE = 0.25;

/**
 * The times that the network learns from: a quarter of them drawn evenly, the others where most is forgotten, in proportion to
 * I(x_{t−1}; x_0) − I(x_t; x_0), as it is there that the bound is paid.
 */
export function timeDraws(q0: Float64Array, { T, n, Qbar }: LetterChain): TimeDraws {
  const kept = Qbar.map((matrix) => keptInformation(q0, matrix, n));
  const all = kept[0]! - kept[T]!;
  const shares = Float64Array.from(
    { length: T },
    (_, i) => EVEN_SHARE / T + ((1 - EVEN_SHARE) * Math.max(0, kept[i]! - kept[i + 1]!)) / all,
  );
  const upTo = shares.slice();
  for (let i = 1; i < T; i++) upTo[i]! += upTo[i - 1]!;
  return {
    draw: (rng) => 1 + firstAbove(upTo, rng.uniform() * upTo.at(-1)!),
    gain: (t) => 1 / shares[t - 1]!,
  };
}
