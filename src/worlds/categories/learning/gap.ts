import { drawIndex } from '../../../core/discrete/draw.ts';
import { CELLS, exactCoordinates } from '../../../core/discrete/grid.ts';
import { LEAST_REACHED, type LetterChain, reverseLetter } from '../../../core/discrete/matrices.ts';
import type { TableGap } from '../recordings.ts';
import type { CategoriesModel } from './model.ts';
import { jointPosterior } from './walk.ts';

/** At most so many t are measured, and so many draws of x_t at each. */
const MOST_TIMES = 60;
const DRAWS = 24;

/**
 * What the network's reverse process costs above the perfect one of its kind: Σ_t E KL(exact step‖learned step), since the exact step is the
 * mean of q(x_{t−1}|x_t, x_0) over x_0. Draws of x_t, at some t that stand for their neighbours.
 */
export function* tableGap(
  model: CategoriesModel,
  draws = DRAWS,
  most = MOST_TIMES,
): Generator<void, TableGap> {
  const { chain } = model;
  const rng = model.rng.fork('gap');
  const count = Math.min(most, chain.T);
  const times = Int32Array.from(
    { length: count },
    (_, k) => 1 + Math.round((k * (chain.T - 1)) / Math.max(1, count - 1)),
  );
  const gaps = new Float64Array(count);
  let sum = 0;
  let variance = 0;
  for (const [k, t] of times.entries()) {
    const cells = new Uint8Array(2 * draws);
    for (let row = 0; row < draws; row++) {
      for (const [axis, value] of model.drawCell(rng).entries()) {
        cells[2 * row + axis] = drawIndex(chain.Qbar[t]!, rng, value * chain.n, chain.n);
      }
    }
    const learned = model.predict(cells, draws, t);
    let squares = 0;
    for (let row = 0; row < draws; row++) {
      const kl = model.isJoint
        ? jointKl(model, cells, learned, row, t)
        : coordinatesKl(model, cells, learned, row, t);
      gaps[k]! += kl / draws;
      squares += kl ** 2 / draws;
      yield;
    }
    // Each t stands for those up to half-way to its neighbours.
    const weight = stepsFor(k, times, chain.T);
    sum += weight * gaps[k]!;
    variance += (weight ** 2 * Math.max(0, squares - gaps[k]! ** 2)) / draws;
  }
  return { times, gaps, sum, error: Math.sqrt(variance) };
}

function stepsFor(k: number, times: Int32Array, T: number): number {
  const low = k === 0 ? 0.5 : (times[k - 1]! + times[k]!) / 2;
  const high = k + 1 === times.length ? T + 0.5 : (times[k]! + times[k + 1]!) / 2;
  return high - low;
}

const klBits = (p: Float64Array, q: Float64Array): number => {
  let sum = 0;
  for (let s = 0; s < p.length; s++) if (p[s]! > 0) sum += p[s]! * Math.log2(p[s]! / Math.max(1e-12, q[s]!));
  return Math.max(0, sum);
};

function coordinatesKl(
  { q0, chain }: CategoriesModel,
  cells: Uint8Array,
  learned: Float64Array,
  row: number,
  t: number,
) {
  const exact = new Float64Array(2 * CELLS);
  exactCoordinates(q0, chain.Qbar[t]!, chain.n, cells[2 * row]!, cells[2 * row + 1]!, exact);
  let kl = 0;
  for (const axis of [0, 1]) {
    const from = (2 * row + axis) * CELLS;
    const xt = cells[2 * row + axis]!;
    kl += klBits(
      reverseLetter(chain, t, xt, exact.subarray(axis * CELLS, (axis + 1) * CELLS)),
      reverseLetter(chain, t, xt, learned.subarray(from, from + CELLS)),
    );
  }
  return kl;
}

function jointKl(
  model: CategoriesModel,
  cells: Uint8Array,
  learned: Float64Array,
  row: number,
  t: number,
): number {
  const { chain } = model;
  const [u, v] = [cells[2 * row]!, cells[2 * row + 1]!];
  const own = learned.subarray(row * CELLS * CELLS, (row + 1) * CELLS * CELLS);
  const exact = jointPosterior(model, u, v, t);
  return klBits(jointStep(chain, exact, u, v, t), jointStep(chain, own, u, v, t));
}

/** Σ p(x̃_0) q(x_{t−1} | x_t, x̃_0) of both coordinates together. @returns [n][n] */
function jointStep(
  { n, Q, Qbar }: LetterChain,
  w: Float64Array,
  u: number,
  v: number,
  t: number,
): Float64Array {
  const half = new Float64Array(CELLS * n);
  for (let i = 0; i < CELLS; i++) {
    for (let j = 0; j < CELLS; j++) {
      const reached = Qbar[t]![i * n + u]! * Qbar[t]![j * n + v]!;
      const odds = reached >= LEAST_REACHED ? w[i * CELLS + j]! / reached : 0;
      if (odds > 0)
        for (let s = 0; s < n; s++)
          half[i * n + s]! += odds * Qbar[t - 1]![j * n + s]! * Q[t - 1]![s * n + v]!;
    }
  }
  const out = new Float64Array(n * n);
  let sum = 0;
  for (let r = 0; r < n; r++) {
    const step = Q[t - 1]![r * n + u]!;
    for (let i = 0; i < CELLS; i++) {
      const factor = step * Qbar[t - 1]![i * n + r]!;
      if (factor > 0) for (let s = 0; s < n; s++) out[r * n + s]! += factor * half[i * n + s]!;
    }
    for (let s = 0; s < n; s++) sum += out[r * n + s]!;
  }
  return sum > 0 ? out.map((value) => value / sum) : out;
}
