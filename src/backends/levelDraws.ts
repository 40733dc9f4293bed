import { wholeShares } from '../core/timeSampling/wholeShares.ts';
import type { Rng } from '../core/types.ts';
import { levelSize } from './classes.ts';
import { LEVEL, type Objective } from './objective.ts';

/** How often each noise level is drawn, and the table whose weights go with it. */
export interface LevelDraws {
  /** As `Objective.levels`. */
  readonly levels: Float32Array;
  /** [n] indices of levels. */
  drawLevels(n: number, rng: Rng): Uint32Array;
}

const LEAST_CASES = 4096;

/** Equally likely cases into which engines divide the choice of a level: a multiple of the number of levels. */
export const levelCases = (nLevels: number): number => nLevels * Math.ceil(LEAST_CASES / nLevels);

/**
 * Draws by other probabilities than the objective is meant for, with weights that leave its expectation exactly as it is:
 * Σ p_l w_l L_l = Σ q_l L_l, where p_l is the share of cases that level l has got, and w_l = q_l/p_l.
 * A level's classes are weighted alike.
 * @param meant q, [nLevels], summing to 1
 * @param wanted p, [nLevels], which is rounded to cases; whatever is meant to be drawn has at least one
 */
export function unevenDraws(objective: Objective, meant: Float64Array, wanted: Float64Array): LevelDraws {
  const { levels, nLevels } = objective;
  const nCases = levelCases(nLevels);
  const counts = wholeShares(
    wanted.map((share, l) => (meant[l]! > 0 ? Math.max(share, Number.MIN_VALUE) : 0)),
    nCases,
  );
  const cases = new Uint32Array(nCases);
  let filled = 0;
  for (const [l, count] of counts.entries()) {
    cases.fill(l, filled, filled + count);
    filled += count;
  }
  const weighted = levels.slice();
  const rowSize = levelSize(objective);
  for (let at = 0, row = 0; at < weighted.length; at += rowSize, row++) {
    const l = row % nLevels;
    const weight = counts[l]! > 0 ? (meant[l]! * nCases) / counts[l]! : 1;
    weighted[at + LEVEL.gain]! *= Math.sqrt(weight);
    weighted[at + LEVEL.drawWeight]! *= weight;
  }
  return {
    levels: weighted,
    drawLevels: (n, rng) => Uint32Array.from({ length: n }, () => cases[Math.floor(rng.uniform() * nCases)]!),
  };
}
