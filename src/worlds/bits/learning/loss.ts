import type { Slopes } from '../../../backends/dense/index.ts';
import { BITS, type BitChain, bitPosterior } from '../../../core/discrete/bits.ts';

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
 */
export function bitsLoss(chain: BitChain, batch: BitBatch, kind: 'kl' | 'ce'): Slopes {
  const { n, x0, xt, times } = batch;
  return (logits, into) => {
    let loss = 0;
    for (let k = 0; k < n * BITS; k++) {
      const w = 1 / (1 + Math.exp(-logits[k]!));
      const t = times[Math.floor(k / BITS)]!;
      if (kind === 'ce' || t === 1) {
        const said = x0[k] ? w : 1 - w;
        loss -= Math.log(Math.max(LEAST, said));
        into[k] = (w - x0[k]!) / n;
        continue;
      }
      const one = bitPosterior(chain, t, xt[k]!, 1);
      const zero = bitPosterior(chain, t, xt[k]!, 0);
      const q = x0[k] ? one : zero;
      const f = Math.min(1 - LEAST, Math.max(LEAST, w * one + (1 - w) * zero));
      loss += relative(q, f) + relative(1 - q, 1 - f);
      into[k] = (((f - q) / (f * (1 - f))) * (one - zero) * w * (1 - w)) / n;
    }
    return loss / n;
  };
}

const relative = (p: number, q: number): number => (p === 0 ? 0 : p * Math.log(p / q));
