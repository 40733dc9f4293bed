import type { Slopes } from '../../../backends/dense/index.ts';
import { CELLS } from '../../../core/discrete/grid.ts';
import { LEAST_REACHED } from '../../../core/discrete/matrices.ts';
import { crossEntropy, softmaxGroups } from '../../../core/losses/crossEntropy.ts';
import type { CategoriesModel } from './model.ts';

export interface CellBatch {
  readonly rows: number;
  /** [rows][2] */
  readonly x0: Uint8Array;
  readonly xt: Uint8Array;
  /** [rows] of 1…T */
  readonly times: Int32Array;
  /** [rows] 1/q(t) of the t that was drawn. */
  readonly gains: Float64Array;
}

const LEAST = 1e-9;

/** The cross-entropy of x_0, or L_vb + λ·cross-entropy (D3PM, Eq. 5), in nats per row; L_vb by its term of the t drawn, over the chance of that t. */
export function categoriesLoss(
  model: CategoriesModel,
  batch: CellBatch,
  kind: 'ce' | 'hybrid',
  lambda: number,
): Slopes {
  const { isJoint } = model;
  const { rows, x0 } = batch;
  const shape = isJoint ? { n: rows, groups: 1, size: CELLS * CELLS } : { n: rows, groups: 2, size: CELLS };
  const labels = isJoint
    ? Int32Array.from({ length: rows }, (_, row) => x0[2 * row]! * CELLS + x0[2 * row + 1]!)
    : x0;
  const weights = kind === 'ce' ? null : new Float32Array(2 * rows).fill(lambda);
  return (logits, into) => {
    const ce = crossEntropy(logits, shape, labels, weights, into);
    return kind === 'ce' ? ce : ce + addVariational(model, batch, logits, into);
  };
}

/** KL(q(x_{t−1}|x_t, x_0)‖p_θ(x_{t−1}|x_t)) of both coordinates, where p_θ mixes the posteriors of every x̃_0, over q(t). */
function addVariational(
  { chain }: CategoriesModel,
  { rows, x0, xt, times, gains }: CellBatch,
  logits: Float32Array,
  into: Float32Array,
): number {
  const { n, Q, Qbar } = chain;
  const w = softmaxGroups(logits, CELLS);
  const f = new Float64Array(n);
  /** q(x_{t−1} | x_t, x_0) */
  const q = new Float64Array(n);
  /** q(s)·q(x_t | s)/f(s), what the slopes have in common. */
  const ratios = new Float64Array(n);
  const slopes = new Float64Array(CELLS);
  let loss = 0;
  for (let k = 0; k < 2 * rows; k++) {
    const t = times[Math.floor(k / 2)]!;
    const gain = gains[Math.floor(k / 2)]!;
    const u = xt[k]!;
    const [before, after, step] = [Qbar[t - 1]!, Qbar[t]!, Q[t - 1]!];
    f.fill(0);
    for (let i = 0; i < CELLS; i++) {
      const reached = after[i * n + u]!;
      if (reached < LEAST_REACHED) continue;
      const odds = w[k * CELLS + i]! / reached;
      for (let s = 0; s < n; s++) f[s]! += odds * before[i * n + s]!;
    }
    const own = x0[k]! * n;
    for (let s = 0; s < n; s++) {
      q[s] = (before[own + s]! * step[s * n + u]!) / after[own + u]!;
      f[s] = Math.max(LEAST, f[s]! * step[s * n + u]!);
      ratios[s] = (q[s]! * step[s * n + u]!) / f[s]!;
      if (q[s]! > 0) loss += (gain * q[s]! * Math.log(q[s]! / f[s]!)) / rows;
    }
    // dKL/dw_i = −Σ_s q(s) q(s|u, i)/f(s), then through the softmax.
    let mean = 0;
    for (let i = 0; i < CELLS; i++) {
      const reached = after[i * n + u]!;
      let sum = 0;
      if (reached >= LEAST_REACHED) {
        for (let s = 0; s < n; s++) sum -= ratios[s]! * before[i * n + s]!;
        sum /= reached;
      }
      slopes[i] = sum;
      mean += w[k * CELLS + i]! * sum;
    }
    for (let i = 0; i < CELLS; i++) {
      into[k * CELLS + i]! += (gain / rows) * w[k * CELLS + i]! * (slopes[i]! - mean);
    }
  }
  return loss;
}
