import { erf } from '../../core/erf.ts';
import type { Rng } from '../../core/types.ts';
import { levelCases } from '../levelDraws.ts';
import type { Task } from '../task.ts';

/** An irrational step whose multiples fill [0,1) evenly (the golden ratio's). */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * The noise levels at the quantiles (k + ½)/K of what `task.drawLevels` draws, K a multiple of the number of levels:
 * a level drawn in K equal parts of [0,1). One level is drawn for each with a generator that answers with that quantile;
 * every way of drawing times takes one number for one time, rising with it, or a second one for a place within a bin.
 */
export function levelQuantiles(nLevels: number, { drawLevels }: Pick<Task, 'drawLevels'>): Float32Array {
  const size = levelCases(nLevels);
  return Float32Array.from({ length: size }, (_, k) => drawLevels(1, quantileRng((k + 0.5) / size, k))[0]!);
}

function quantileRng(quantile: number, index: number): Rng {
  let drawn = 0;
  const uniform = () => {
    drawn += 1;
    return drawn === 1 ? quantile : (index * GOLDEN * drawn) % 1;
  };
  const rng: Rng = {
    words: [index, 0, 0, 0],
    uniform,
    normal: () => normalQuantile(uniform()),
    integer: (n) => Math.floor(uniform() * n),
    fork: () => rng,
  };
  return rng;
}

/** Φ⁻¹(u), u in (0,1), by bisection: within 9 standard deviations to float32's rounding. */
function normalQuantile(u: number): number {
  let [low, high] = [-9, 9];
  for (let i = 0; i < 32; i++) {
    const middle = (low + high) / 2;
    if ((1 + erf(middle * Math.SQRT1_2)) / 2 < u) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
