import { CELLS, exactCoordinates, noisedTable, tableBound } from '../../../core/discrete/grid.ts';
import { letterChainAt } from '../../../core/discrete/matrices.ts';
import { createRng } from '../../../core/rng.ts';
import {
  denoiserOf,
  digitsOf,
  fieldsOf,
  listOf,
  sequenceOf,
  stepsOf,
  stopsOf,
  wholeOf,
} from '../../../families/discrete/requests.ts';
import { badRequest } from '../../../protocol/errors.ts';
import type { Answer } from '../../learner.ts';
import type { CategoriesSettings } from '../world.ts';
import { tableGap } from './gap.ts';
import type { CategoriesModel } from './model.ts';
import { jointPosterior, reverseWalk } from './walk.ts';

const MOST_ROWS = 50_000;
/** Where a program asks for the bound. */
const DRAWS = 100;

/** `discrete.*` of the page API: a sequence is the column and the row of a cell. */
export function categoriesAnswers(
  model: CategoriesModel,
): Readonly<Record<string, Answer<CategoriesSettings>>> {
  const { chain, q0 } = model;
  const { T, n } = chain;
  const rowsOf = (matrix: Float64Array) =>
    Array.from({ length: n }, (_, i) => Array.from(matrix.subarray(i * n, (i + 1) * n)));
  return {
    vocabulary: () => ({
      answer: Array.from({ length: n }, (_, i) => (i === chain.absorbing ? '[M]' : String(i))),
    }),
    *sample(request) {
      const fields = fieldsOf(request, ['n', 'steps', 'seed', 'denoiser']);
      const rows = wholeOf(fields, 'n', 1, MOST_ROWS);
      const rng = createRng(wholeOf(fields, 'seed', 0, 2 ** 32 - 1, 1));
      const steps = stepsOf(fields, T);
      const cells = yield* reverseWalk(model, { denoiser: denoiserOf(fields), rows, steps, rng });
      const sequences = Array.from({ length: rows }, (_, row) =>
        Int32Array.from(cells.subarray(2 * row, 2 * row + 2)),
      );
      return { sequences, text: sequences.map((sequence) => sequence.join(' ')) };
    },
    *bound(request) {
      const fields = fieldsOf(request, ['denoiser', 'steps']);
      const denoiser = denoiserOf(fields);
      const seen = modelAt(model, stopsOf(stepsOf(fields, T), T).toReversed());
      const isJoint = denoiser === 'exact' || model.isJoint;
      const { bits, byStep, prior } = yield* tableBound(q0, seen.chain, !isJoint);
      if (denoiser !== 'learned') return { bits, error: 0, byStep, prior };
      const { gaps, sum, error } = yield* tableGap(seen, DRAWS, T);
      return { bits: bits + sum, error, byStep: byStep.map((cost, k) => cost + gaps[k]!), prior };
    },
    posterior(request) {
      const fields = fieldsOf(request, ['sequence', 't', 'denoiser']);
      const cell = Uint8Array.from(cellOf(fields.sequence, 'sequence', n));
      const t = wholeOf(fields, 't', 1, T);
      requireReached(model, cell, t);
      const denoiser = denoiserOf(fields);
      if (denoiser === 'learned') return { answer: split(model.predict(cell, 1, t)) };
      if (denoiser === 'exact' || model.isJoint) {
        const joint = jointPosterior(model, cell[0]!, cell[1]!, t);
        const sum = joint.reduce((a, b) => a + b, 0);
        return { answer: split(joint.map((p) => p / sum)) };
      }
      const w = new Float64Array(2 * CELLS);
      exactCoordinates(q0, chain.Qbar[t]!, n, cell[0]!, cell[1]!, w);
      return { answer: split(w) };
    },
    transition(request) {
      const t = wholeOf(fieldsOf(request, ['t']), 't', 1, T);
      return { answer: { Q: rowsOf(chain.Q[t - 1]!), Qbar: rowsOf(chain.Qbar[t]!) } };
    },
    marginal(request) {
      const t = wholeOf(fieldsOf(request, ['t']), 't', 0, T);
      return { answer: noisedTable(q0, chain.Qbar[t]!, n) };
    },
    score(request) {
      const cells = listOf(request, 'sequences').map((cell, i) => cellOf(cell, `sequences[${i}]`, CELLS));
      const shares = cells.map(([x, y]) => q0[x! * CELLS + y!]!);
      return {
        answer: { bits: Float64Array.from(shares, (p) => -Math.log2(p)), valid: shares.map((p) => p > 0) },
      };
    },
  };
}

/** A cell as its column and row: two numbers, or the text that samples have, in which [M] is the mask. */
function cellOf(value: unknown, name: string, letters: number): Int32Array {
  const parts = typeof value === 'string' ? value.trim().split(/\s+/) : value;
  const numbers = Array.isArray(parts)
    ? parts.map((part) => (part === '[M]' ? CELLS : typeof part === 'string' ? digitsOf(part) : part))
    : parts;
  return sequenceOf(numbers, name, 2, letters);
}

/** @throws EngineError 'bad-request' for a cell that x_t cannot be */
function requireReached({ q0, chain }: CategoriesModel, cell: Uint8Array, t: number): void {
  const qt = noisedTable(q0, chain.Qbar[t]!, chain.n);
  if (qt[cell[0]! * chain.n + cell[1]!]! > 0) return;
  const name = Array.from(cell, (value) => (value === chain.absorbing ? '[M]' : value)).join(' ');
  throw badRequest(
    `x_t cannot be ${name} at t = ${t}.`,
    'Give a cell that q_t allows: see discrete.marginal.',
  );
}

/** By variables: two of 32, or one of 1 024. */
const split = (w: Float64Array): number[][] =>
  w.length === 2 * CELLS
    ? [Array.from(w.subarray(0, CELLS)), Array.from(w.subarray(CELLS))]
    : [Array.from(w)];

/** The model on the chain that has these steps alone. @param stops ascending, 0 first and T last */
function modelAt(model: CategoriesModel, stops: readonly number[]): CategoriesModel {
  return {
    ...model,
    chain: letterChainAt(model.chain, stops),
    predict: (cells, rows, k) => model.predict(cells, rows, stops[k]!),
  };
}
