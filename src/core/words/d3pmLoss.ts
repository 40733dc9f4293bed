import { stepPosteriors } from './d3pm.ts';
import { L, V } from './language.ts';
import type { WordNoise } from './noise.ts';

/** A batch of noised sentences. */
export interface D3pmBatch {
  /** [n] of [L] */
  readonly x0: readonly Int32Array[];
  readonly xt: readonly Int32Array[];
  /** 1…T, [n] */
  readonly t: readonly number[];
}

/**
 * T·(KL(q(x_{t−1}|x_t,x_0) ‖ p_θ(x_{t−1}|x_t)) + λ·CE), the mean over the batch, nats: with t even in 1…T an unbiased L_vb,
 * and λ of its hybrid (Austin et al. 2021, Eq. 5).
 * @param logits of p̃(x_0|x_t), [n][L][V]
 * @param into [n][L][V], receives the slopes
 */
export function d3pmLoss(
  noise: WordNoise,
  { x0, xt, t }: D3pmBatch,
  lambda: number,
  logits: Float32Array,
  into: Float32Array,
): number {
  const scale = noise.T / x0.length;
  const p = new Float64Array(V);
  const slopes = new Float64Array(V);
  let loss = 0;
  x0.forEach((sentence, n) => {
    const tables = stepPosteriors(noise, t[n]!);
    const upTo = noise.upTo(t[n]!);
    for (let i = 0; i < L; i++) {
      const at = (n * L + i) * V;
      const seen = xt[n]![i]!;
      softmaxOfPossible(logits, at, p, upTo, seen, noise.K);
      const kl = divergenceSlopes(tables[seen]!, sentence[i]!, p, slopes, noise.K);
      const known = p[sentence[i]!]!;
      loss += scale * (kl - lambda * Math.log(known));
      for (let v = 0; v < V; v++) {
        const ce = p[v]! - (v === sentence[i] ? 1 : 0);
        // Σ_u p_u·slope_u = −1, since the divergence's slopes are of degree −1 in p.
        into[at + v]! += scale * (p[v]! * (slopes[v]! + 1) + lambda * ce);
      }
    }
  });
  return loss;
}

/** The softmax over the words that can have become `seen`. */
function softmaxOfPossible(
  logits: Float32Array,
  at: number,
  p: Float64Array,
  upTo: Float64Array,
  seen: number,
  K: number,
): void {
  let largest = Number.NEGATIVE_INFINITY;
  for (let v = 0; v < V; v++) if (upTo[v * K + seen]! > 0) largest = Math.max(largest, logits[at + v]!);
  let total = 0;
  for (let v = 0; v < V; v++) {
    const value = upTo[v * K + seen]! > 0 ? Math.exp(logits[at + v]! - largest) : 0;
    p[v] = value;
    total += value;
  }
  for (let v = 0; v < V; v++) p[v]! /= total;
}

/** KL(q ‖ Σ_v A_v p_v) and its slopes in p: −Σ_j q_j A_vj / r_j. @param A q(x_{t−1}|x_t,v), [V][K] */
function divergenceSlopes(
  A: Float64Array,
  truth: number,
  p: Float64Array,
  slopes: Float64Array,
  K: number,
): number {
  let kl = 0;
  slopes.fill(0);
  for (let j = 0; j < K; j++) {
    const q = A[truth * K + j]!;
    if (q === 0) continue;
    let r = 0;
    for (let v = 0; v < V; v++) r += A[v * K + j]! * p[v]!;
    r = Math.max(r, 1e-30);
    kl += q * Math.log(q / r);
    for (let v = 0; v < V; v++) slopes[v]! -= (q * A[v * K + j]!) / r;
  }
  return kl;
}
