import { requireInteger } from '../check.ts';
import { DISCRETE_SCHEDULES, discreteBetas, keptShares } from './betas.ts';

/** Row-major [n][n]; Q[i·n + j] = q(to j | from i), so rows sum to 1. */
export type Matrix = Float64Array;

export const MATRICES = ['uniform', 'absorbing', 'gaussian', 'neighbour'] as const;
export type MatrixId = (typeof MATRICES)[number];

export const MATRIX_SCHEDULES = [...DISCRETE_SCHEDULES, 'mutual-information'] as const;
export type MatrixScheduleId = (typeof MATRIX_SCHEDULES)[number];

/** A chain of T steps over n letters (Austin et al. 2021): Q_t for t = 1…T and Q̄_t = Q_1⋯Q_t for t = 0…T. */
export interface LetterChain {
  readonly T: number;
  readonly n: number;
  /** Index t − 1. */
  readonly Q: readonly Matrix[];
  /** Index t. */
  readonly Qbar: readonly Matrix[];
  /** What x_T is like, π: [n] */
  readonly prior: Float64Array;
  /** Of the absorbing matrix: the letter that all others end in. */
  readonly absorbing: number | null;
}

export const identity = (n: number): Matrix =>
  Float64Array.from({ length: n * n }, (_, k) => (k % n === Math.floor(k / n) ? 1 : 0));

export function multiply(a: Matrix, b: Matrix, n: number): Matrix {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const factor = a[i * n + k]!;
      if (factor === 0) continue;
      for (let j = 0; j < n; j++) out[i * n + j]! += factor * b[k * n + j]!;
    }
  }
  return out;
}

/** (1 − β)I + β/n: to any letter alike (D3PM, A.2.1). */
export const uniformMatrix = (n: number, beta: number): Matrix =>
  identity(n).map((one) => (1 - beta) * one + beta / n);

/** Stays, or goes to the absorbing letter with probability β, from which nothing returns (A.2.2). */
export function absorbingMatrix(n: number, beta: number, absorbing: number): Matrix {
  const Q = identity(n).map((one) => (1 - beta) * one);
  for (let i = 0; i < n; i++) Q[i * n + absorbing]! += beta;
  return Q;
}

/**
 * Discretised Gaussian, doubly stochastic (A.2.3): off the diagonal softmax over all differences k of −(2k/(n − 1))²/β, and what is
 * left on it, as in google-research, d3pm/images/diffusion_categorical.py, _get_gaussian_transition_mat for 256 values.
 */
export function gaussianMatrix(n: number, beta: number): Matrix {
  const odds = (k: number) => Math.exp(-(((2 * k) / (n - 1)) ** 2) / beta);
  let sum = 0;
  for (let k = 1 - n; k < n; k++) sum += odds(k);
  const Q = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    let off = 0;
    for (let j = 0; j < n; j++) {
      if (j === i) continue;
      Q[i * n + j] = odds(i - j) / sum;
      off += Q[i * n + j]!;
    }
    Q[i * n + i] = 1 - off;
  }
  return Q;
}

/**
 * exp(aR) of the walk to neighbours on a line, R = 1 between neighbours: by its eigenvectors cos(πk(i + ½)/n), whose eigenvalues are
 * −(2 − 2 cos(πk/n)) (the D3PM nearest-neighbour matrix, A.2.6, on the graph of the grid).
 */
export function neighbourMatrix(n: number, a: number): Matrix {
  const Q = new Float64Array(n * n);
  for (let k = 0; k < n; k++) {
    const factor = ((k === 0 ? 1 : 2) / n) * Math.exp(-a * neighbourRate(n, k));
    for (let i = 0; i < n; i++) {
      const left = factor * Math.cos((Math.PI * k * (i + 0.5)) / n);
      for (let j = 0; j < n; j++) Q[i * n + j]! += left * Math.cos((Math.PI * k * (j + 0.5)) / n);
    }
  }
  return Q.map((value) => Math.max(0, value));
}

const neighbourRate = (n: number, k: number) => 2 - 2 * Math.cos((Math.PI * k) / n);

/** The share of the slowest wave that is left at the end of a neighbours' chain. */
const LEAST_KEPT = 1e-3;
/** Points of the table by which the mutual information is spread evenly. */
const NODES = 240;

export interface ChainRequest {
  readonly matrix: MatrixId;
  readonly schedule: MatrixScheduleId;
  readonly T: number;
  /** Values of the data; the absorbing letter comes after them. */
  readonly values: number;
  /** I(x_t; x_0)/H(x_0) for a Q̄: of the schedule by mutual information. */
  readonly information?: (Qbar: Matrix) => number;
}

/** @throws RangeError for a Gaussian matrix by mutual information: its products are no family of one number */
export function letterChain({ matrix, schedule, T, values, information }: ChainRequest): LetterChain {
  requireInteger('T', T, 1, 100_000);
  const n = matrix === 'absorbing' ? values + 1 : values;
  const absorbing = matrix === 'absorbing' ? values : null;
  const prior = Float64Array.from({ length: n }, (_, j) =>
    absorbing === null ? 1 / n : j === absorbing ? 1 : 0,
  );
  const parts = { T, n, prior, absorbing };
  if (matrix === 'gaussian') {
    if (schedule === 'mutual-information') {
      throw new RangeError('A Gaussian matrix has no schedule by mutual information.');
    }
    const betas = discreteBetas(schedule, T, schedule === 'linear' ? Infinity : undefined);
    const Q = Array.from(betas, (beta) => gaussianMatrix(n, beta));
    return { ...parts, Q, Qbar: products(Q, n) };
  }
  /** Q̄ by how much is left, 1…0. */
  const whole = (kept: number): Matrix => {
    if (matrix === 'uniform') return uniformMatrix(n, 1 - kept);
    if (matrix === 'absorbing') return absorbingMatrix(n, 1 - kept, values);
    return neighbourMatrix(n, -Math.log(Math.max(LEAST_KEPT, kept)) / neighbourRate(n, 1));
  };
  const kept =
    schedule === 'mutual-information'
      ? keptEvenly(whole, T, information!)
      : keptShares(discreteBetas(schedule, T));
  // Its prior is the absorbing letter alone: were any other left, L_T would be infinite.
  if (matrix === 'absorbing') kept[T] = 0;
  const Q = Array.from({ length: T }, (_, i) => {
    const left = matrix === 'neighbour' ? Math.max(LEAST_KEPT, kept[i + 1]!) : kept[i + 1]!;
    const before = matrix === 'neighbour' ? Math.max(LEAST_KEPT, kept[i]!) : kept[i]!;
    return whole(before === 0 ? 0 : left / before);
  });
  return { ...parts, Q, Qbar: Array.from(kept, whole).with(0, identity(n)) };
}

/** The noise seen at some of its t alone: the chain that a sampler of fewer steps goes back. @param stops ascending, 0 first and T last */
export function letterChainAt(chain: LetterChain, stops: readonly number[]): LetterChain {
  return {
    ...chain,
    T: stops.length - 1,
    Q: stops.slice(1).map((t, k) => between(chain, stops[k]!, t)),
    Qbar: stops.map((t) => chain.Qbar[t]!),
  };
}

/** Q_{s+1}⋯Q_t */
export function between({ Q, n }: LetterChain, s: number, t: number): Matrix {
  return Q.slice(s + 1, t).reduce((left, right) => multiply(left, right, n), Q[s]!);
}

function products(Q: readonly Matrix[], n: number): readonly Matrix[] {
  const out = [identity(n)];
  for (const matrix of Q) out.push(multiply(out.at(-1)!, matrix, n));
  return out;
}

/** What is left at each t so that the information about x_0 falls evenly (D3PM, section 3.1), by a table and straight lines between. */
function keptEvenly(
  whole: (kept: number) => Matrix,
  T: number,
  information: (Qbar: Matrix) => number,
): Float64Array {
  // Evenly in the logarithm at both ends, where little of it does much.
  const nodes = Array.from({ length: NODES + 1 }, (_, k) => (1 - Math.cos((Math.PI * k) / NODES)) / 2);
  const known = nodes.map((kept) => information(whole(kept)));
  const kept = new Float64Array(T + 1);
  kept[0] = 1;
  for (let t = 1; t < T; t++) {
    const wanted = known[0]! + (known[NODES]! - known[0]!) * (1 - t / T);
    const above = known.findIndex((value) => value >= wanted);
    const [low, high] = [known[above - 1]!, known[above]!];
    const share = high === low ? 0 : (wanted - low) / (high - low);
    kept[t] = nodes[above - 1]! + share * (nodes[above]! - nodes[above - 1]!);
  }
  return kept;
}

/** q(x_{t−1} | x_t, x_0) ∝ (x_t Q_tᵀ) ⊙ (x_0 Q̄_{t−1}) (D3PM, Eq. 3). @returns [n]; zeros where the pair cannot be */
export function letterPosterior(
  { Q, Qbar, n }: LetterChain,
  t: number,
  xt: number,
  x0: number,
): Float64Array {
  return arriving(Qbar[t - 1]!.slice(x0 * n, (x0 + 1) * n), Q[t - 1]!, xt);
}

/** Less likely than this, x_t is not to be reached from x_0: divided by less, shares are no numbers. */
export const LEAST_REACHED = 1e-200;

/**
 * Σ q(x_{t−1} | x_t, x̃_0) p̃(x̃_0 | x_t), which is the true step where p̃ is the true posterior. The paper's Eq. 4 weighs by the joint
 * q(x_{t−1}, x_t | x̃_0) instead, as `printedReverse` does, and is the same for absorbing matrices alone.
 * @param w [values] @returns [n]
 */
export function reverseLetter(
  { Q, Qbar, n }: LetterChain,
  t: number,
  xt: number,
  w: ArrayLike<number>,
): Float64Array {
  const out = new Float64Array(n);
  for (let i = 0; i < w.length; i++) {
    const reached = Qbar[t]![i * n + xt]!;
    if (reached < LEAST_REACHED || w[i] === 0) continue;
    const odds = w[i]! / reached;
    for (let s = 0; s < n; s++) out[s]! += odds * Qbar[t - 1]![i * n + s]!;
  }
  return arriving(out, Q[t - 1]!, xt);
}

/** p_θ(x_{t−1} | x_t) ∝ (x_t Q_tᵀ) ⊙ (p̃ Q̄_{t−1}), Eq. 4 as it is printed and in the authors' code. */
export function printedReverse(
  { Q, Qbar, n }: LetterChain,
  t: number,
  xt: number,
  w: ArrayLike<number>,
): Float64Array {
  const out = new Float64Array(n);
  for (let i = 0; i < w.length; i++) {
    for (let s = 0; s < n; s++) out[s]! += w[i]! * Qbar[t - 1]![i * n + s]!;
  }
  return arriving(out, Q[t - 1]!, xt);
}

/** ∝ before ⊙ (x_t Qᵀ): where one was a step before, given where one is. Zeros where it cannot be. */
function arriving(before: Float64Array, Q: Matrix, xt: number): Float64Array {
  const n = before.length;
  const out = before.map((value, s) => value * Q[s * n + xt]!);
  const sum = out.reduce((a, b) => a + b, 0);
  return sum === 0 ? out : out.map((value) => value / sum);
}
