import type { Rng } from '../../../../core/types.ts';
import { V } from '../../../../core/words/language.ts';

/** α = √ᾱ and σ = √(1 − ᾱ) at a share of the noise, 0…1. */
export interface NoiseAt {
  readonly alpha: number;
  readonly sigma: number;
}

const LEAST_SIGNAL = 1e-4;

const at = (signal: number): NoiseAt => {
  const bounded = Math.min(1 - 1e-6, Math.max(LEAST_SIGNAL, signal));
  return { alpha: Math.sqrt(bounded), sigma: Math.sqrt(1 - bounded) };
};

/** The cosine schedule of Nichol & Dhariwal 2021. */
export const cosineNoise = (share: number): NoiseAt =>
  at((Math.cos(((share + 0.008) / 1.008) * (Math.PI / 2)) / Math.cos((0.008 / 1.008) * (Math.PI / 2))) ** 2);

/** The sqrt schedule of Diffusion-LM (Li et al. 2022): ᾱ = 1 − √(t/T + 10⁻⁴). */
export const sqrtNoise = (share: number): NoiseAt => at(1 - Math.sqrt(share + 1e-4));

/** q(x_s | x_t, x̂_0): a mean for each x, and the deviation of all. */
export interface AncestralStep {
  readonly means: readonly Float64Array[];
  readonly std: number;
}

/** Step k of `steps` evenly spaced ones from noise to data, by the sqrt schedule; not the last, which ends on x̂_0. */
export function ancestralStep(
  xs: readonly Float64Array[],
  x0s: readonly Float64Array[],
  k: number,
  steps: number,
): AncestralStep {
  const [t, s] = [sqrtNoise(1 - k / steps), sqrtNoise(1 - (k + 1) / steps)];
  const ratio = (t.alpha / s.alpha) ** 2;
  const added = 1 - ratio;
  const ofX0 = (s.alpha * added) / t.sigma ** 2;
  const ofXt = (Math.sqrt(ratio) * s.sigma ** 2) / t.sigma ** 2;
  return {
    means: xs.map((x, m) => x.map((value, j) => ofX0 * x0s[m]![j]! + ofXt * value)),
    std: (Math.sqrt(Math.max(added, 0)) * s.sigma) / t.sigma,
  };
}

/** Draws from step k; of the last, x̂_0 itself. */
export function ancestralDraws(
  xs: readonly Float64Array[],
  x0s: Float64Array[],
  k: number,
  steps: number,
  rng: Rng,
): Float64Array[] {
  if (k + 1 === steps) return x0s;
  const { means, std } = ancestralStep(xs, x0s, k, steps);
  return means.map((mean) => mean.map((value) => value + std * rng.normal()));
}

/** Random directions of length √d: [V][d]. */
export function sphereEmbeddings(d: number, rng: Rng): Float64Array {
  const embeddings = Float64Array.from({ length: V * d }, () => rng.normal());
  normalizeEmbeddings(embeddings, d);
  return embeddings;
}

/** Brings every word back to length √d, so that learned embeddings cannot grow away from the noise. */
export function normalizeEmbeddings(embeddings: Float64Array, d: number): void {
  for (let v = 0; v < V; v++) {
    const row = embeddings.subarray(v * d, (v + 1) * d);
    const length = Math.hypot(...row);
    for (let k = 0; k < d; k++) row[k]! *= Math.sqrt(d) / length;
  }
}

/** The nearest word to each point: [points]. @param x [points][d] */
export function nearestWords(x: ArrayLike<number>, embeddings: Float64Array, d: number): Int32Array {
  return Int32Array.from({ length: x.length / d }, (_, i) => {
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let v = 0; v < V; v++) {
      let squares = 0;
      for (let k = 0; k < d; k++) squares += (x[i * d + k]! - embeddings[v * d + k]!) ** 2;
      if (squares < least) {
        least = squares;
        best = v;
      }
    }
    return best;
  });
}

/** Adam for the embeddings alone. */
export function createEmbeddingLearner(embeddings: Float64Array, d: number) {
  const m = new Float64Array(embeddings.length);
  const v = new Float64Array(embeddings.length);
  let step = 0;
  return (gradient: Float64Array, rate: number): void => {
    step += 1;
    for (let k = 0; k < embeddings.length; k++) {
      m[k] = 0.9 * m[k]! + 0.1 * gradient[k]!;
      v[k] = 0.999 * v[k]! + 0.001 * gradient[k]! ** 2;
      const corrected = m[k]! / (1 - 0.9 ** step) / (Math.sqrt(v[k]! / (1 - 0.999 ** step)) + 1e-8);
      embeddings[k]! -= rate * corrected;
    }
    normalizeEmbeddings(embeddings, d);
  };
}
