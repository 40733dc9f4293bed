import { L, MASK, V } from './language.ts';

/** p(x_i | w_i = v) where x is seen as it is, but for its masks: [L][V]. */
export function observedLikelihood(sequence: ArrayLike<number>): Float64Array {
  const like = new Float64Array(L * V);
  for (let i = 0; i < L; i++) {
    if (sequence[i] === MASK) like.fill(1, i * V, (i + 1) * V);
    else like[i * V + sequence[i]!] = 1;
  }
  return like;
}

/** p(x_t,i | w_i = v) = Q̄_t[v][x_i] for categorical noise: [L][V]. @param qbar rows v < V of K symbols each */
export function categoricalLikelihood(
  sequence: ArrayLike<number>,
  qbar: ArrayLike<number>,
  K: number,
): Float64Array {
  const like = new Float64Array(L * V);
  for (let i = 0; i < L; i++) for (let v = 0; v < V; v++) like[i * V + v] = qbar[v * K + sequence[i]!]!;
  return like;
}

/**
 * N(x_i; α·e_v, σ²I) for every word v, divided for each position by its largest: [L][V]. Both the embeddings of
 * Diffusion-LM and the simplex of SSD-LM are of this kind.
 * @param x [L][d]
 * @param embeddings e_v, [V][d]
 * @param logScale where given, [0] is increased by the logarithm of what was divided out, so that with it the evidence is
 *   the density of x
 */
export function gaussianLikelihood(
  x: ArrayLike<number>,
  embeddings: ArrayLike<number>,
  alpha: number,
  sigma: number,
  logScale?: Float64Array,
): Float64Array {
  const d = embeddings.length / V;
  const like = new Float64Array(L * V);
  for (let i = 0; i < L; i++) {
    let largest = Number.NEGATIVE_INFINITY;
    for (let v = 0; v < V; v++) {
      let squares = 0;
      for (let k = 0; k < d; k++) squares += (x[i * d + k]! - alpha * embeddings[v * d + k]!) ** 2;
      const log = -squares / (2 * sigma * sigma);
      like[i * V + v] = log;
      largest = Math.max(largest, log);
    }
    for (let v = 0; v < V; v++) like[i * V + v] = Math.exp(like[i * V + v]! - largest);
    if (logScale) logScale[0]! += largest - (d / 2) * Math.log(2 * Math.PI * sigma * sigma);
  }
  return like;
}

/** The simplex of SSD-LM: word v is K·(2·onehot(v) − 1), [V][V]. */
export function simplexEmbeddings(K: number): Float64Array {
  const embeddings = new Float64Array(V * V).fill(-K);
  for (let v = 0; v < V; v++) embeddings[v * V + v] = K;
  return embeddings;
}
