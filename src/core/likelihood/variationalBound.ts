import { chainTables } from '../chain.ts';
import { requirePairs } from '../exact/requireField.ts';
import { gaussianKl } from '../gaussianKl.ts';
import type { ChainTables, Denoiser, Rng, Vector } from '../types.ts';
import { continuousDecoder, type Decoder } from './decoder.ts';
import { expectedBoundStep } from './expectedBound.ts';

/** ln σ² of the reverse step from t, 1-based: one number, or [n][2] for a learned variance. */
export type LogVariance = (t: number, x: Vector) => number | Float64Array;

export interface BoundModel {
  readonly betas: Float64Array;
  /** x̂₀(x_t, t/T), the same that a sampler gets. */
  readonly denoise: Denoiser<Vector>;
  /** 'beta' and 'beta-tilde' are DDPM's two fixed choices, both with β̃_2 at t = 1 (where β̃_1 = 0). */
  readonly variance: 'beta' | 'beta-tilde' | LogVariance;
  /** Of the last step; continuous unless the data lie on a grid. */
  readonly decoder?: Decoder;
}

/** The bound's terms for n points, nats summed over the two coordinates. */
export interface BoundTerms {
  /** L_T = KL(q(x_T|x_0) ‖ N(0, I)), [n]: what the end of the chain still knows. */
  readonly prior: Float64Array;
  /** L_{t−1} = KL(q(x_{t−1}|x_t, x_0) ‖ p(x_{t−1}|x_t)) at one x_t each, for t = 2…T: entry t − 2, [T−1][n]. */
  readonly steps: readonly Float64Array[];
  /** L_0 = −ln p(x_0|x_1) at one x_1, [n]. */
  readonly decoder: Float64Array;
  /** Their sum, [n]: in the mean over noise at least −ln p(x_0). */
  readonly total: Float64Array;
}

/** The noise [n][2] of x_t = √ᾱ_t x_0 + √(1−ᾱ_t) ε, for the 1-based t. */
export type NoiseAt = (t: number) => Vector;

/** Standard normal noise for n points, each t from its own stream. */
export const drawnNoise =
  (n: number, rng: Rng): NoiseAt =>
  (t) => {
    const stream = rng.fork(t);
    return Float64Array.from({ length: 2 * n }, () => stream.normal());
  };

/**
 * The variational bound of −ln p(x_0), term by term (Ho et al. 2020, Eq. 5), each expectation over x_t at the one noise given.
 * @param x0 [n][2], in the units of the chain
 * @throws RangeError on betas outside (0,1), half a point, or noise of another length
 */
export function variationalBound(model: BoundModel, x0: Vector, noiseAt: NoiseAt): BoundTerms {
  requirePairs(x0);
  const tables = chainTables(model.betas);
  const steps: Float64Array[] = [];
  for (let t = 2; t <= model.betas.length; t++) steps.push(boundStep(model, tables, x0, noiseAt, t));
  const decoder = boundStep(model, tables, x0, noiseAt, 1);
  const prior = priorTerm(tables, x0);
  const total = prior.map((value, i) => steps.reduce((sum, step) => sum + step[i]!, value + decoder[i]!));
  return { prior, steps, decoder, total };
}

/** KL(N(√ᾱ_T x_0, 1 − ᾱ_T) ‖ N(0, 1)) over both coordinates. */
function priorTerm({ alphasCumprod }: ChainTables, x0: Vector): Float64Array {
  const alphaBar = alphasCumprod.at(-1)!;
  const logVariance = Math.log1p(-alphaBar);
  return overPoints(x0.map((value) => gaussianKl(alphaBar * value ** 2, logVariance, 0)));
}

/** L_{t−1} for t ≥ 2, L_0 for t = 1. */
function boundStep(
  { betas, denoise, variance, decoder = continuousDecoder }: BoundModel,
  tables: ChainTables,
  x0: Vector,
  noiseAt: NoiseAt,
  t: number,
): Float64Array {
  const alphaBar = tables.alphasCumprod[t - 1]!;
  const noise = noiseAt(t);
  if (noise.length !== x0.length) {
    throw new RangeError(`x0 has ${x0.length} numbers and the noise of t = ${t} ${noise.length}.`);
  }
  const x = x0.map((value, i) => Math.sqrt(alphaBar) * value + Math.sqrt(1 - alphaBar) * noise[i]!);
  const x0Hat = denoise(x, t / betas.length);
  const logVariance = modelLogVariance(variance, tables, t, x);
  // The one x_0 that was drawn: its mean is itself and it varies by nothing.
  if (t > 1) return expectedBoundStep(tables, t, { mean: x0, variance: x0.map(() => 0) }, x0Hat, logVariance);
  const at = (i: number) => (typeof logVariance === 'number' ? logVariance : logVariance[i]!);
  return overPoints(x0.map((value, i) => -decoder(value, x0Hat[i]!, at(i))));
}

function modelLogVariance(
  variance: BoundModel['variance'],
  { betas, posteriorVariance }: ChainTables,
  t: number,
  x: Vector,
): number | Float64Array {
  if (typeof variance === 'function') return variance(t, x);
  // β̃_1 is 0: the code's clipped table repeats β̃_2 there. A chain of one step has only β_1.
  if (t === 1) return Math.log(posteriorVariance[1] ?? betas[0]!);
  return Math.log((variance === 'beta' ? betas : posteriorVariance)[t - 1]!);
}

/** [n][2] → sums over the two coordinates, [n]. */
function overPoints(perCoordinate: Vector): Float64Array {
  return Float64Array.from(
    { length: perCoordinate.length / 2 },
    (_, i) => perCoordinate[2 * i]! + perCoordinate[2 * i + 1]!,
  );
}
