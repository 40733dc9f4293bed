import {
  BITS,
  bernoulliKl,
  bitPosteriors,
  noisedBits,
  reverseRate,
  reweighted,
} from '../../../core/discrete/bits.ts';
import {
  boundOfKls,
  isSummed,
  nullBound,
  perfectKls,
  trueLogLikelihood,
} from '../../../core/discrete/bitsBound.ts';
import type { DenoiserId } from '../../../families/discrete/requests.ts';
import type { RecordingMaker } from '../../learner.ts';
import type { BitFrames, ExactBound, LearnedGap, ProductFrames } from '../recordings.ts';
import type { BitsSettings } from '../world.ts';
import type { BitsModel } from './model.ts';
import { exactAnswers, forwardWalk, reverseWalk, type Walk } from './walk.ts';

/** At most so many frames are kept of a walk. */
const MOST_FRAMES = 200;
/** Rows by which shares are counted; the first of them are shown. */
const COUNTED = 200;
/** Draws of x_t at each t by which the network is measured. */
const DRAWS = 32;

type Makers = Readonly<Record<string, RecordingMaker<BitsSettings>>>;

/** All that the stages and charts of this world show. */
export function bitsRecordings(model: BitsModel): Makers {
  return {
    forward: { learned: false, make: ({ nRows }) => forward(model, nRows) },
    reverse: { learned: true, make: ({ nRows }) => reverse(model, nRows, 'learned') },
    perfect: { learned: false, make: ({ nRows }) => reverse(model, nRows, 'factorised') },
    product: { learned: true, make: (settings) => product(model, settings) },
    exactBound: { learned: false, make: () => exactBound(model) },
    learnedGap: { learned: true, make: () => learnedGap(model) },
  };
}

/** Keeps the frames of a walk whose t are due, thinned evenly. */
function frameKeeper(T: number, rows: number) {
  const every = Math.max(1, Math.ceil(T / MOST_FRAMES));
  const frames: { readonly t: number; readonly bits: Uint8Array }[] = [];
  return {
    at(t: number, bits: Uint8Array) {
      if (t % every === 0 || t === T) frames.push({ t, bits: bits.slice(0, rows * BITS) });
    },
    kept(): Pick<BitFrames, 'T' | 'times' | 'rows' | 'bits'> {
      const inOrder = frames.toSorted((a, b) => a.t - b.t);
      const bits = new Uint8Array(inOrder.length * rows * BITS);
      for (const [k, frame] of inOrder.entries()) bits.set(frame.bits, k * rows * BITS);
      return { T, times: Int32Array.from(inOrder, ({ t }) => t), rows, bits };
    },
  };
}

function* forward(model: BitsModel, rows: number): Generator<void, BitFrames> {
  const keeper = frameKeeper(model.chain.T, rows);
  yield* forwardWalk(model, rows, model.rng.fork('forward'), keeper.at);
  return { ...keeper.kept(), shares: null, counted: 0 };
}

function* walked(
  model: BitsModel,
  rows: number,
  walk: Pick<Walk, 'denoiser' | 'factor'>,
): Generator<void, BitFrames> {
  const { T } = model.chain;
  const keeper = frameKeeper(T, rows);
  const rng = model.rng.fork('reverse');
  const counted = Math.max(rows, COUNTED);
  const ends = yield* reverseWalk(model, { ...walk, rows: counted, steps: T, rng, at: keeper.at });
  return { ...keeper.kept(), shares: sharesOf(model, ends, counted), counted };
}

const reverse = (model: BitsModel, rows: number, denoiser: DenoiserId) => walked(model, rows, { denoiser });

function* product(
  model: BitsModel,
  { nRows, rBits, certainty }: BitsSettings,
): Generator<void, ProductFrames> {
  const factor = { bits: rBits.map((bit) => bit - 1), certainty };
  const frames = yield* walked(model, nRows, { denoiser: 'learned', factor });
  return { ...frames, exact: reweighted(model.patterns, factor) };
}

/** How often the rows are each pattern; the last is of those that are none. */
function sharesOf({ patterns }: BitsModel, bits: Uint8Array, rows: number): Float64Array {
  const names = patterns.map((pattern) => pattern.join(''));
  const shares = new Float64Array(patterns.length + 1);
  for (let row = 0; row < rows; row++) {
    const at = names.indexOf(bits.subarray(row * BITS, (row + 1) * BITS).join(''));
    shares[at < 0 ? patterns.length : at]! += 1 / rows;
  }
  return shares;
}

function* exactBound({ patterns, chain, rng }: BitsModel): Generator<void, ExactBound> {
  const kls: number[] = [];
  for (const kl of perfectKls(patterns, chain, rng.fork('bound'))) {
    kls.push(kl);
    yield;
  }
  return {
    T: chain.T,
    kls: Float64Array.from(kls),
    K: boundOfKls(chain, kls),
    nullBound: nullBound(patterns),
    truth: trueLogLikelihood(patterns),
    isSummed: isSummed(patterns),
  };
}

/**
 * KL_t of the network is that of the perfect step and E Σ_i KL(B(f_b exact)‖B(f_b learned)): since f_b exact is the mean of
 * q(x_{t−1}|x_t, x_0) over x_0. So only the second must be drawn, and it is small.
 */
export function* learnedGap(model: BitsModel, draws = DRAWS): Generator<void, LearnedGap> {
  const { patterns, chain } = model;
  const rng = model.rng.fork('gap');
  const gaps = new Float64Array(chain.T - 1);
  let variance = 0;
  for (let t = 2; t <= chain.T; t++) {
    const x = new Uint8Array(draws * BITS);
    for (let k = 0; k < draws; k++) {
      x.set(noisedBits(patterns[rng.integer(patterns.length)]!, chain.kept[t]!, rng), k * BITS);
    }
    const learned = model.predict(x, draws, t);
    const exact = exactAnswers(model, x, draws, t);
    const q = bitPosteriors(chain, t - 1, t);
    let squares = 0;
    for (let k = 0; k < draws; k++) {
      let kl = 0;
      for (let i = k * BITS; i < (k + 1) * BITS; i++) {
        const f = reverseRate(q, x[i]!, Math.min(1, exact[i]!));
        kl += bernoulliKl(f, reverseRate(q, x[i]!, learned[i]!));
      }
      gaps[t - 2]! += kl / draws;
      squares += (kl * kl) / draws;
    }
    variance += Math.max(0, squares - gaps[t - 2]! ** 2) / draws;
    yield;
  }
  return { gaps, sum: gaps.reduce((a, b) => a + b, 0), error: Math.sqrt(variance) };
}
