import {
  BITS,
  type BitFactor,
  bitPosteriors,
  exactBits,
  patternPosterior,
  perturbed,
  reverseRate,
} from '../../../core/discrete/bits.ts';
import { drawIndex } from '../../../core/discrete/draw.ts';
import type { Rng } from '../../../core/types.ts';
import { type DenoiserId, stopsOf } from '../../../families/discrete/requests.ts';
import type { BitsModel } from './model.ts';

export interface Walk {
  readonly denoiser: DenoiserId;
  readonly rows: number;
  readonly steps: number;
  readonly rng: Rng;
  /** Every step is multiplied by it. */
  readonly factor?: BitFactor;
  /** Called at each stop, first at T and last at 0. @param bits [rows][20], only valid within the call */
  readonly at?: (t: number, bits: Uint8Array) => void;
}

/** From B(½) to data, by x_{t−1} ~ B(f_b). @returns [rows][20] */
export function* reverseWalk(model: BitsModel, walk: Walk): Generator<void, Uint8Array> {
  const { chain } = model;
  const { rows, steps, rng, factor, at } = walk;
  const bits = Uint8Array.from({ length: rows * BITS }, () => (rng.uniform() < 0.5 ? 1 : 0));
  const stops = stopsOf(steps, chain.T);
  at?.(chain.T, bits);
  for (let k = 0; k + 1 < stops.length; k++) {
    const [t, s] = [stops[k]!, stops[k + 1]!];
    if (walk.denoiser === 'exact') jointStep(model, bits, rows, s, t, rng);
    else {
      const w =
        walk.denoiser === 'learned' ? model.predict(bits, rows, t) : exactAnswers(model, bits, rows, t);
      const q = bitPosteriors(chain, s, t);
      for (let i = 0; i < rows * BITS; i++) {
        const rate = reverseRate(q, bits[i]!, w[i]!);
        const isOne = factor?.bits.includes(i % BITS) ? perturbed(rate, factor.certainty) : rate;
        bits[i] = rng.uniform() < isOne ? 1 : 0;
      }
    }
    at?.(s, bits);
    yield;
  }
  return bits;
}

/** w of every row by Bayes. @returns [rows][20] */
export function exactAnswers(
  { patterns, chain }: BitsModel,
  bits: Uint8Array,
  rows: number,
  t: number,
): Float64Array {
  const out = new Float64Array(rows * BITS);
  for (let row = 0; row < rows; row++) {
    const x = bits.subarray(row * BITS, (row + 1) * BITS);
    exactBits(
      patterns,
      patternPosterior(patterns, chain.kept[t]!, x),
      out.subarray(row * BITS, (row + 1) * BITS),
    );
  }
  return out;
}

/** x_0 from the joint posterior, then noised to s given both ends: true rows at any number of steps. */
function jointStep(
  { patterns, chain }: BitsModel,
  bits: Uint8Array,
  rows: number,
  s: number,
  t: number,
  rng: Rng,
): void {
  const q = bitPosteriors(chain, s, t);
  for (let row = 0; row < rows; row++) {
    const x = bits.subarray(row * BITS, (row + 1) * BITS);
    const pattern = patterns[drawIndex(patternPosterior(patterns, chain.kept[t]!, x), rng)]!;
    for (let i = 0; i < BITS; i++) {
      x[i] = rng.uniform() < reverseRate(q, x[i]!, pattern[i]!) ? 1 : 0;
    }
  }
}

/** Chains of flips from the data on. @param at called at t = 0…T */
export function* forwardWalk(
  { patterns, chain }: BitsModel,
  rows: number,
  rng: Rng,
  at: (t: number, bits: Uint8Array) => void,
): Generator<void, void> {
  const bits = new Uint8Array(rows * BITS);
  for (let row = 0; row < rows; row++) bits.set(patterns[rng.integer(patterns.length)]!, row * BITS);
  at(0, bits);
  for (let t = 1; t <= chain.T; t++) {
    const flip = chain.betas[t - 1]! / 2;
    for (let i = 0; i < bits.length; i++) if (rng.uniform() < flip) bits[i] = 1 - bits[i]!;
    at(t, bits);
    yield;
  }
}
