import type { Slopes } from '../../../backends/dense/index.ts';
import { BITS, reverseRate } from '../../../core/discrete/bits.ts';

export interface BitBatch {
  readonly n: number;
  /** [n][20] */
  readonly x0: Uint8Array;
  readonly xt: Uint8Array;
  /** [n] of 1…T */
  readonly times: Int32Array;
}

/** Keeps logarithms finite where the network is certain. */
const LEAST = 1e-7;

/**
 * Of the logits of p(x_0^i = 1 | x_t), in nats per row: the cross-entropy of x_0, or KL(q(x_{t−1}|x_t, x_0)‖B(f_b)) of 2015, which says
 * nothing of t = 1, where the bound has no term: there it is the cross-entropy too.
 * @param posteriors bitPosteriors from t to t − 1, at t = 1…T
 */
export function bitsLoss(posteriors: readonly Float64Array[], batch: BitBatch, kind: 'kl' | 'ce'): Slopes {
  const { n, x0, xt, times } = batch;
  return (logits, into) => {
    let loss = 0;
    for (let row = 0; row < n; row++) {
      const t = times[row]!;
      const q = posteriors[t]!;
      const isEntropy = kind === 'ce' || t === 1;
      // The logarithm of a product of 20 such factors takes less time than 20 logarithms.
      let likelihood = 1;
      for (let k = row * BITS; k < (row + 1) * BITS; k++) {
        const w = 1 / (1 + Math.exp(-logits[k]!));
        if (isEntropy) {
          likelihood *= Math.max(LEAST, x0[k] ? w : 1 - w);
          into[k] = (w - x0[k]!) / n;
          continue;
        }
        const zero = q[2 * xt[k]!]!;
        const one = q[2 * xt[k]! + 1]!;
        const truth = x0[k] ? one : zero;
        const f = Math.min(1 - LEAST, Math.max(LEAST, reverseRate(q, xt[k]!, w)));
        loss += relative(truth, f) + relative(1 - truth, 1 - f);
        into[k] = (((f - truth) / (f * (1 - f))) * (one - zero) * w * (1 - w)) / n;
      }
      loss -= Math.log(likelihood);
    }
    return loss / n;
  };
}

const relative = (p: number, q: number): number => (p === 0 ? 0 : p * Math.log(p / q));
