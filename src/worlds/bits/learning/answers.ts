import { BITS, bitChainAt } from '../../../core/discrete/bits.ts';
import { besideKls, boundOfKls, perfectKls } from '../../../core/discrete/bitsBound.ts';
import { createRng } from '../../../core/rng.ts';
import {
  denoiserOf,
  fieldsOf,
  listOf,
  sequenceOf,
  stepsOf,
  stopsOf,
  wholeOf,
} from '../../../families/discrete/requests.ts';
import type { Answer } from '../../learner.ts';
import type { BitsSettings } from '../world.ts';
import type { BitsModel } from './model.ts';
import { learnedGap } from './record.ts';
import { exactAnswers, reverseWalk } from './walk.ts';

const MOST_ROWS = 100_000;
/** Draws of x_t at each t, where a program asks for the bound. */
const DRAWS = 200;

/** `discrete.*` of the page API. */
export function bitsAnswers(model: BitsModel): Readonly<Record<string, Answer<BitsSettings>>> {
  const { chain, patterns } = model;
  const { T } = chain;
  return {
    vocabulary: () => ({ answer: ['0', '1'] }),
    *sample(request) {
      const fields = fieldsOf(request, ['n', 'steps', 'seed', 'denoiser']);
      const rows = wholeOf(fields, 'n', 1, MOST_ROWS);
      const rng = createRng(wholeOf(fields, 'seed', 0, 2 ** 32 - 1, 1));
      const steps = stepsOf(fields, T);
      const bits = yield* reverseWalk(model, { denoiser: denoiserOf(fields), rows, steps, rng });
      const sequences = Array.from({ length: rows }, (_, row) =>
        Int32Array.from(bits.subarray(row * BITS, (row + 1) * BITS)),
      );
      return { sequences, text: sequences.map((sequence) => sequence.join('')) };
    },
    *bound(request) {
      const fields = fieldsOf(request, ['denoiser', 'steps']);
      const denoiser = denoiserOf(fields);
      const seen = modelAt(model, stopsOf(stepsOf(fields, T), T).toReversed());
      const { kls, error: drawn } = yield* collected(
        perfectKls(patterns, seen.chain, model.rng.fork('bound')),
      );
      const rest = besideKls(seen.chain);
      if (denoiser !== 'learned')
        return { bits: -boundOfKls(seen.chain, kls), error: drawn, byStep: Float64Array.from(kls), ...rest };
      const { gaps, error: ofGaps } = yield* learnedGap(seen, DRAWS);
      const error = Math.hypot(ofGaps, drawn);
      const byStep = gaps.map((gap, k) => gap + kls[k]!);
      return { bits: -boundOfKls(seen.chain, byStep), error, byStep, ...rest };
    },
    posterior(request) {
      const fields = fieldsOf(request, ['sequence', 't', 'denoiser']);
      const x = Uint8Array.from(sequenceOf(fields.sequence, 'sequence', BITS, 2));
      const t = wholeOf(fields, 't', 1, T);
      const w = denoiserOf(fields) === 'learned' ? model.predict(x, 1, t) : exactAnswers(model, x, 1, t);
      return { answer: Array.from(w, (one) => [1 - one, one]) };
    },
    transition(request) {
      const t = wholeOf(fieldsOf(request, ['t']), 't', 1, T);
      const matrix = (kept: number) => [
        [(1 + kept) / 2, (1 - kept) / 2],
        [(1 - kept) / 2, (1 + kept) / 2],
      ];
      return { answer: { Q: matrix(1 - chain.betas[t - 1]!), Qbar: matrix(chain.kept[t]!) } };
    },
    marginal: (request) => ({ answer: marginal(model, wholeOf(fieldsOf(request, ['t']), 't', 0, T)) }),
    score(request) {
      const rows = listOf(request, 'sequences').map((row, i) =>
        sequenceOf(row, `sequences[${i}]`, BITS, 2).join(''),
      );
      const names = patterns.map((pattern) => pattern.join(''));
      const shares = rows.map((row) => names.filter((name) => name === row).length / names.length);
      return {
        answer: { bits: Float64Array.from(shares, (p) => -Math.log2(p)), valid: shares.map((p) => p > 0) },
      };
    },
  };
}

/** The model on the chain that has these steps alone. @param stops ascending, 0 first and T last */
function modelAt(model: BitsModel, stops: readonly number[]): BitsModel {
  return {
    ...model,
    chain: bitChainAt(model.chain, stops),
    predict: (x, n, k) =>
      model.predict(x, n, typeof k === 'number' ? stops[k]! : Array.from(k, (at) => stops[at]!)),
  };
}

/** All KL_t, and their standard error, with pauses between them. */
function* collected(work: ReturnType<typeof perfectKls>): Generator<void, { kls: number[]; error: number }> {
  const kls: number[] = [];
  for (;;) {
    const { done, value } = work.next();
    if (done) return { kls, error: value };
    kls.push(value);
    yield;
  }
}

/** q_t of all 2²⁰ rows, the first bit the lowest of the index. */
function marginal({ patterns, chain }: BitsModel, t: number): Float64Array {
  const same = (1 + chain.kept[t]!) / 2;
  const total = new Float64Array(2 ** BITS);
  for (const pattern of patterns) {
    const table = new Float64Array(2 ** BITS);
    table[0] = 1 / patterns.length;
    for (let i = 0, size = 1; i < BITS; i++, size *= 2) {
      const one = pattern[i] ? same : 1 - same;
      for (let k = 0; k < size; k++) {
        table[size + k] = table[k]! * one;
        table[k]! *= 1 - one;
      }
    }
    for (let k = 0; k < total.length; k++) total[k]! += table[k]!;
  }
  return total;
}
