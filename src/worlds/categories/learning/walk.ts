import { drawIndex } from '../../../core/discrete/draw.ts';
import { CELLS, exactCoordinates } from '../../../core/discrete/grid.ts';
import { between } from '../../../core/discrete/matrices.ts';
import type { Rng } from '../../../core/types.ts';
import { type DenoiserId, stopsOf } from '../../../families/discrete/requests.ts';
import type { CategoriesModel } from './model.ts';

export interface Walk {
  readonly denoiser: DenoiserId;
  readonly rows: number;
  readonly steps: number;
  readonly rng: Rng;
  /** Called at each stop, first at T and last at 0. @param cells [rows][2], only valid within the call */
  readonly at?: (t: number, cells: Uint8Array) => void;
}

/** From the prior to data: x̃_0 from the answers, then x_s from q(x_s | x_t, x̃_0). @returns [rows][2] */
export function* reverseWalk(model: CategoriesModel, walk: Walk): Generator<void, Uint8Array> {
  const { chain } = model;
  const { rows, steps, rng, at, denoiser } = walk;
  const { n, T, prior, Qbar } = chain;
  const cells = Uint8Array.from({ length: 2 * rows }, () => drawIndex(prior, rng));
  const stops = stopsOf(steps, T);
  at?.(T, cells);
  for (let k = 0; k + 1 < stops.length; k++) {
    const [t, s] = [stops[k]!, stops[k + 1]!];
    const step = between(chain, s, t);
    const answers = answersOf(model, denoiser, cells, rows, t);
    const odds = new Float64Array(n);
    for (let row = 0; row < rows; row++) {
      const guess = answers(row, rng);
      for (const [axis, x0] of guess.entries()) {
        const from = cells[2 * row + axis]!;
        for (let l = 0; l < n; l++) odds[l] = step[l * n + from]! * Qbar[s]![x0 * n + l]!;
        // Where the guess cannot be, x_s is the guess itself.
        cells[2 * row + axis] = odds.some((value) => value > 0) ? drawIndex(odds, rng) : x0;
      }
      if (row % 200 === 199) yield;
    }
    at?.(s, cells);
    yield;
  }
  return cells;
}

type Guess = (row: number, rng: Rng) => readonly [number, number];

/** Draws of x̃_0 given x_t, by who is asked; the same x_t is asked about once. */
function answersOf(
  model: CategoriesModel,
  denoiser: DenoiserId,
  cells: Uint8Array,
  rows: number,
  t: number,
): Guess {
  const { Qbar, n } = model.chain;
  const { different, of } = differentCells(cells, rows, n);
  const isJoint = model.isJoint || denoiser === 'exact';
  const size = isJoint ? CELLS * CELLS : 2 * CELLS;
  const count = different.length / 2;
  const learned = denoiser === 'learned' ? model.predict(different, count, t) : null;
  const known: (Float64Array | undefined)[] = new Array(count);
  const exact = (k: number): Float64Array => {
    const [u, v] = [different[2 * k]!, different[2 * k + 1]!];
    if (isJoint) return jointPosterior(model, u, v, t);
    const w = new Float64Array(size);
    exactCoordinates(model.q0, Qbar[t]!, n, u, v, w);
    return w;
  };
  return (row, rng) => {
    const k = of[row]!;
    known[k] ??= learned ? learned.subarray(k * size, (k + 1) * size) : exact(k);
    const w = known[k];
    if (!isJoint) return [drawIndex(w, rng, 0, CELLS), drawIndex(w, rng, CELLS, CELLS)];
    const cell = drawIndex(w, rng);
    return [Math.floor(cell / CELLS), cell % CELLS];
  };
}

/** The cells without those that are alike, [count][2], and which of them each row is. */
function differentCells(
  cells: Uint8Array,
  rows: number,
  n: number,
): { different: Uint8Array; of: Int32Array } {
  const places = new Int32Array(n * n).fill(-1);
  const different: number[] = [];
  const of = Int32Array.from({ length: rows }, (_, row) => {
    const [u, v] = [cells[2 * row]!, cells[2 * row + 1]!];
    const place = u * n + v;
    if (places[place]! < 0) {
      places[place] = different.length / 2;
      different.push(u, v);
    }
    return places[place]!;
  });
  return { different: Uint8Array.from(different), of };
}

/** p(x_0 | x_t) of every cell. @returns [1024], not normalised */
export function jointPosterior(
  { q0, chain }: CategoriesModel,
  u: number,
  v: number,
  t: number,
): Float64Array {
  const { Qbar, n } = chain;
  return q0.map((p, k) => p * Qbar[t]![Math.floor(k / CELLS) * n + u]! * Qbar[t]![(k % CELLS) * n + v]!);
}

/** Chains of hops from the data on. @param at called at t = 0…T */
export function* forwardWalk(
  model: CategoriesModel,
  rows: number,
  rng: Rng,
  at: (t: number, cells: Uint8Array) => void,
): Generator<void, void> {
  const { chain } = model;
  const cells = new Uint8Array(2 * rows);
  for (let row = 0; row < rows; row++) cells.set(model.drawCell(rng), 2 * row);
  at(0, cells);
  for (let t = 1; t <= chain.T; t++) {
    for (let k = 0; k < cells.length; k++) {
      cells[k] = drawIndex(chain.Q[t - 1]!, rng, cells[k]! * chain.n, chain.n);
    }
    at(t, cells);
    yield;
  }
}
