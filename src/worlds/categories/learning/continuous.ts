import { drawIndex } from '../../../core/discrete/draw.ts';
import { CELLS, noisedTable } from '../../../core/discrete/grid.ts';
import { matchedVariances, reflected, reflectedGaussian } from '../../../core/discrete/reflected.ts';
import type { ContinuousFrames } from '../recordings.ts';
import type { CategoriesModel } from './model.ts';

/** Pieces of the density along each side of a cell. */
export const PIECES = 2;
const SIDE = PIECES * CELLS;

/** Gaussian noise as strong as the matrix's, on the same data: what the hops become as cells and steps get finer. */
export function* continuousFrames(
  { chain, q0, fineShares, rng }: CategoriesModel,
  particles: number,
  times: Int32Array,
): Generator<void, ContinuousFrames> {
  const { T, n, Qbar } = chain;
  const variances = matchedVariances(chain);
  const stream = rng.fork('continuous');
  const shares = fineShares(PIECES);
  const positions = new Float32Array(times.length * particles * 2);
  const now = Float64Array.from({ length: particles * 2 });
  for (let p = 0; p < particles; p++) {
    const piece = drawIndex(shares, stream);
    now[2 * p] = (Math.floor(piece / SIDE) + stream.uniform()) / PIECES;
    now[2 * p + 1] = ((piece % SIDE) + stream.uniform()) / PIECES;
  }
  const tables = new Float32Array(times.length * SIDE * SIDE);
  const variations = new Float64Array(times.length);
  let before = 0;
  for (const [k, t] of times.entries()) {
    const std = Math.sqrt(variances[t]! - variances[before]!);
    before = t;
    for (let j = 0; j < now.length; j++) now[j] = reflected(now[j]! + std * stream.normal());
    positions.set(now, k * now.length);
    const table = noisedTable(shares, reflectedGaussian(SIDE, variances[t]! * PIECES ** 2), SIDE, SIDE);
    tables.set(table, k * SIDE * SIDE);
    variations[k] = variation(table, noisedTable(q0, Qbar[t]!, n), n);
    yield;
  }
  return { T, n, times, particles, positions, side: SIDE, tables, variations };
}

/** ½ Σ |q − p| over the cells. @param fine [SIDE][SIDE] @param table [n][n] */
function variation(fine: Float64Array, table: Float64Array, n: number): number {
  const left = Float64Array.from(table);
  for (const [k, p] of fine.entries()) {
    const [i, j] = [Math.floor(Math.floor(k / SIDE) / PIECES), Math.floor((k % SIDE) / PIECES)];
    left[i * n + j]! -= p;
  }
  return left.reduce((sum, value) => sum + Math.abs(value), 0) / 2;
}
