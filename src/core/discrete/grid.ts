import { normalCdf } from '../erf.ts';
import { scaledDensity, unitsOf } from '../standardize.ts';
import type { Dataset, DensityComponent } from '../types.ts';
import type { LetterChain, Matrix } from './matrices.ts';

/** Cells along each axis. */
export const CELLS = 32;
/** Standard deviations from the middle to the edge. */
export const REACH = 2.4;
/** Points along each side of a cell, where its share of a component has no closed form. */
const POINTS = 6;
/** Standard deviations beyond which a component has less than rounding leaves. */
const FAR = 8;

/**
 * A data set as a table: its density integrated over the cells of ±2.4 standard deviations.
 * @param side cells along each axis
 * @returns [x][y], sum 1
 */
export function cellShares(dataset: Dataset, noise = 1, side = CELLS): Float64Array {
  const density = scaledDensity(unitsOf(dataset, noise), dataset.density(noise));
  const table = new Float64Array(side * side);
  for (const component of density) addComponent(table, side, component);
  const sum = table.reduce((a, b) => a + b, 0);
  return table.map((value) => value / sum);
}

function addComponent(table: Float64Array, side: number, component: DensityComponent): void {
  /** The i-th edge between cells, standard deviations. */
  const edge = (i: number): number => REACH * ((2 * i) / side - 1);
  if (component.kind === 'gaussian' && component.covariance[1] !== 0) {
    addSlanted(table, side, component);
    return;
  }
  const share = (axis: 0 | 1) => (i: number) => {
    if (component.kind === 'gaussian') {
      const sd = Math.sqrt(component.covariance[axis === 0 ? 0 : 2]);
      const at = (k: number) => normalCdf((edge(k) - component.mean[axis]) / sd);
      return at(i + 1) - at(i);
    }
    const [low, high] = [component.low[axis], component.high[axis]];
    return Math.max(0, Math.min(high, edge(i + 1)) - Math.max(low, edge(i))) / (high - low);
  };
  const xs = Array.from({ length: side }, (_, i) => share(0)(i));
  const ys = Array.from({ length: side }, (_, j) => share(1)(j));
  for (let i = 0; i < side; i++) {
    for (let j = 0; j < side; j++) table[i * side + j]! += component.weight * xs[i]! * ys[j]!;
  }
}

function addSlanted(
  table: Float64Array,
  cells: number,
  component: Extract<DensityComponent, { kind: 'gaussian' }>,
): void {
  const [a, b, c] = component.covariance;
  const determinant = a * c - b * b;
  const side = (2 * REACH) / cells / POINTS;
  const scale = (component.weight * side * side) / (2 * Math.PI * Math.sqrt(determinant));
  /** The points along an axis where it is not nothing. */
  const range = (mean: number, variance: number): readonly [number, number] => {
    const point = (at: number) => Math.min(cells * POINTS, Math.max(0, Math.round((at + REACH) / side)));
    const far = FAR * Math.sqrt(variance);
    return [point(mean - far), point(mean + far)];
  };
  const [iFirst, iEnd] = range(component.mean[0], a);
  const [jFirst, jEnd] = range(component.mean[1], c);
  for (let i = iFirst; i < iEnd; i++) {
    for (let j = jFirst; j < jEnd; j++) {
      const dx = (i + 0.5) * side - REACH - component.mean[0];
      const dy = (j + 0.5) * side - REACH - component.mean[1];
      const square = (c * dx * dx - 2 * b * dx * dy + a * dy * dy) / determinant;
      table[Math.floor(i / POINTS) * cells + Math.floor(j / POINTS)]! += scale * Math.exp(-square / 2);
    }
  }
}

const plogp = (p: number): number => (p > 0 ? -p * Math.log2(p) : 0);

/** −Σ p log₂ p */
export const entropyBits = (table: ArrayLike<number>): number => {
  let sum = 0;
  for (let k = 0; k < table.length; k++) sum += plogp(table[k]!);
  return sum;
};

/** q_t = Q̄ᵀ q_0 Q̄: both coordinates noised alike. @param q0 [side][side] @param Qbar [side or more][n] @returns [n][n] */
export function noisedTable(q0: Float64Array, Qbar: Matrix, n: number, side = CELLS): Float64Array {
  const half = new Float64Array(side * n);
  for (let i = 0; i < side; i++) {
    for (let j = 0; j < side; j++) {
      const p = q0[i * side + j]!;
      if (p > 0) for (let v = 0; v < n; v++) half[i * n + v]! += p * Qbar[j * n + v]!;
    }
  }
  const out = new Float64Array(n * n);
  for (let i = 0; i < side; i++) {
    for (let u = 0; u < n; u++) {
      const q = Qbar[i * n + u]!;
      if (q > 0) for (let v = 0; v < n; v++) out[u * n + v]! += q * half[i * n + v]!;
    }
  }
  return out;
}

/** The same table with its axes changed. */
function transposed(table: Float64Array, n: number): Float64Array {
  return table.map((_, k) => table[(k % n) * n + Math.floor(k / n)]!);
}

/** p of one coordinate. */
function firstMarginal(q0: Float64Array): Float64Array {
  return Float64Array.from({ length: CELLS }, (_, i) =>
    q0.subarray(i * CELLS, (i + 1) * CELLS).reduce((a, b) => a + b, 0),
  );
}

/** I(x_t; x_0)/H(x_0) for a Q̄ that both coordinates go through. */
export function keptInformation(q0: Float64Array, Qbar: Matrix, n: number): number {
  const rows = Array.from({ length: CELLS }, (_, i) => entropyBits(Qbar.subarray(i * n, (i + 1) * n)));
  let given = 0;
  for (const marginal of [firstMarginal(q0), firstMarginal(transposed(q0, CELLS))]) {
    for (const [i, p] of marginal.entries()) given += p * rows[i]!;
  }
  return Math.max(0, entropyBits(noisedTable(q0, Qbar, n)) - given) / entropyBits(q0);
}

/** What a bound is made of, bits: what each step t = 1…T costs, and what x_T still tells of x_0. */
export interface TableBound {
  readonly bits: number;
  /** [T], t = 1…T */
  readonly byStep: Float64Array;
  readonly prior: number;
}

/**
 * The bound of the perfect reverse process, E −log₂ p ≤ L_T + Σ_t E KL(q(x_{t−1}|x_t, x_0)‖p(x_{t−1}|x_t)): of a network whose answers for the
 * two coordinates are independent, `factorised`, or of one variable of 1 024, which pays nothing but L_T above the entropy.
 * @returns what step t costs, for t = 1…T in turn, and the whole in the end
 */
export function* tableBound(
  q0: Float64Array,
  chain: LetterChain,
  factorised: boolean,
): Generator<void, TableBound> {
  const { T, n, Q, Qbar, prior } = chain;
  const marginals = [firstMarginal(q0), firstMarginal(transposed(q0, CELLS))];
  const rowEntropies = (matrix: Matrix, rows: number) =>
    Float64Array.from({ length: rows }, (_, i) => entropyBits(matrix.subarray(i * n, (i + 1) * n)));
  /** H(x_t^d | x_0^d), summed over the coordinates. */
  const entropyGiven = (matrix: Matrix) => {
    const rows = rowEntropies(matrix, CELLS);
    return marginals.reduce((sum, p) => sum + p.reduce((a, value, i) => a + value * rows[i]!, 0), 0);
  };
  const byStep = new Float64Array(T);
  const both = [q0, transposed(q0, CELLS)];
  for (let t = 1; t <= T; t++) {
    const [before, after, step] = [Qbar[t - 1]!, Qbar[t]!, Q[t - 1]!];
    const steps = rowEntropies(step, n);
    /** H(x_t | x_{t−1}), summed over the coordinates. */
    let stepEntropy = 0;
    for (const p of marginals) {
      for (let i = 0; i < CELLS; i++)
        for (let s = 0; s < n; s++) stepEntropy += p[i]! * before[i * n + s]! * steps[s]!;
    }
    // H(x_{t−1} | x_t, x_0) by the chain rule.
    const known = entropyGiven(before) + stepEntropy - entropyGiven(after);
    const qt = noisedTable(q0, after, n);
    let open = 0;
    if (factorised) for (const table of both) open += factorisedEntropy(table, before, after, step, n);
    else open = entropyBits(noisedTable(q0, before, n)) + stepEntropy - entropyBits(qt);
    byStep[t - 1] = Math.max(0, open - known);
    yield;
  }
  let priorBits = -entropyGiven(Qbar[T]!);
  for (const p of marginals) {
    for (let i = 0; i < CELLS; i++) {
      for (let u = 0; u < n; u++) {
        const q = p[i]! * Qbar[T]![i * n + u]!;
        if (q > 0) priorBits -= q * Math.log2(prior[u]!);
      }
    }
  }
  return { bits: byStep.reduce((a, b) => a + b, 0) + priorBits, byStep, prior: priorBits };
}

/** H(x_{t−1}^1 | x_t), of the first coordinate given both. */
function factorisedEntropy(q0: Float64Array, before: Matrix, after: Matrix, step: Matrix, n: number): number {
  // N[s][v] = q(x_{t−1}^1 = s, x_t^2 = v)
  const half = new Float64Array(CELLS * n);
  for (let i = 0; i < CELLS; i++) {
    for (let j = 0; j < CELLS; j++) {
      const p = q0[i * CELLS + j]!;
      if (p > 0) for (let v = 0; v < n; v++) half[i * n + v]! += p * after[j * n + v]!;
    }
  }
  const N = new Float64Array(n * n);
  for (let i = 0; i < CELLS; i++) {
    for (let s = 0; s < n; s++) {
      const q = before[i * n + s]!;
      if (q > 0) for (let v = 0; v < n; v++) N[s * n + v]! += q * half[i * n + v]!;
    }
  }
  let sum = 0;
  for (let u = 0; u < n; u++) {
    for (let v = 0; v < n; v++) {
      let total = 0;
      let joint = 0;
      for (let s = 0; s < n; s++) {
        const p = step[s * n + u]! * N[s * n + v]!;
        total += p;
        joint += plogp(p);
      }
      sum += joint - plogp(total);
    }
  }
  return sum;
}

/**
 * p(x_0^1 | x_t) and p(x_0^2 | x_t), exact: the best that independent answers can be.
 * @param out receives [2][32]
 */
export function exactCoordinates(
  q0: Float64Array,
  Qbar: Matrix,
  n: number,
  u: number,
  v: number,
  out: Float64Array,
): void {
  out.fill(0);
  let sum = 0;
  for (let i = 0; i < CELLS; i++) {
    const q = Qbar[i * n + u]!;
    if (q === 0) continue;
    for (let j = 0; j < CELLS; j++) {
      const p = q * q0[i * CELLS + j]! * Qbar[j * n + v]!;
      out[i]! += p;
      out[CELLS + j]! += p;
      sum += p;
    }
  }
  if (sum > 0) for (let k = 0; k < 2 * CELLS; k++) out[k]! /= sum;
}
