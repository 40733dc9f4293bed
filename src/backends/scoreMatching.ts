import type { SlopeLoss } from '../core/losses/trained.ts';
import type { Rng } from '../core/types.ts';
import { levelSize } from './classes.ts';
import { networkInputs, POSITION_FEATURES, positionFeatures, WAVES } from './network.ts';
import { LEVEL, type Objective } from './objective.ts';
import type { Batch } from './types.ts';

/**
 * Score matching without the noise (Hyvärinen 2005; Song, Garg et al. 2019), said of ε̂ = −σs = ax_t + bF, with which it is
 * well behaved at small σ. With w = (gain/b)², the weight on ε's error, and directions v of E[vvᵀ] = I,
 *   L = mean over batch of w·(½‖ε̂‖² − σ Σ_v vᵀ(∂ε̂/∂x)v + 1),
 * where (vᵀε̂)² may take the place of ‖ε̂‖². The 1 makes its expectation that of the denoising loss, `Objective`'s:
 * E[σ∇·ε̂] = E[ε·ε̂] by Stein's lemma, and E½‖ε‖² = 1 in the plane.
 */

/** A batch worked out for such a loss, without its noise: only x_t is looked at. */
export interface SlopeExamples {
  readonly size: number;
  /** Directions to go along: 2 axes, or 1 at random. */
  readonly nDirections: number;
  /** [1 + nDirections][size][networkInputs]: what the network is shown, then its derivative along each direction of x_t. */
  readonly inputs: Float32Array;
  /** [size][2] ax_t. */
  readonly shift: Float32Array;
  /** [size] b. */
  readonly slope: Float32Array;
  /** [size] w. */
  readonly weight: Float32Array;
  /** [nDirections][size][2] the factors −wσb·v of the answers' derivatives. */
  readonly tangentWeights: Float32Array;
  /** [size] w(1 − σa Σ‖v‖²). */
  readonly constant: Float32Array;
  /** [size][2] v where it stands in (vᵀε̂)²; empty where ‖ε̂‖² is meant. */
  readonly along: Float32Array;
}

/** @param rng what the directions are drawn from */
export function slopeExamplesOf(
  { size, level, x0, eps }: Batch,
  objective: Objective,
  loss: SlopeLoss,
  rng: Rng,
): SlopeExamples {
  const nInputs = networkInputs(objective);
  const rowSize = levelSize(objective);
  const nDirections = loss === 'implicit' ? 2 : 1;
  const stack = size * nInputs;
  const inputs = new Float32Array((1 + nDirections) * stack);
  const shift = new Float32Array(2 * size);
  const slope = new Float32Array(size);
  const weight = new Float32Array(size);
  const tangentWeights = new Float32Array(nDirections * 2 * size);
  const constant = new Float32Array(size);
  const along = new Float32Array(loss === 'sliced' ? 2 * size : 0);
  const sign = () => (rng.uniform() < 0.5 ? -1 : 1);
  for (let i = 0; i < size; i++) {
    const row = objective.levels.subarray(level[i]! * rowSize, (level[i]! + 1) * rowSize);
    const { alpha, sigma, scale, a, b, w } = numbersOf(row);
    const x = alpha * x0[2 * i]! + sigma * eps[2 * i]!;
    const y = alpha * x0[2 * i + 1]! + sigma * eps[2 * i + 1]!;
    positionFeatures(scale * x, scale * y, scale * sigma, inputs, i * nInputs);
    inputs.set(row.subarray(LEVEL.features), i * nInputs + POSITION_FEATURES);
    shift.set([a * x, a * y], 2 * i);
    slope[i] = b;
    weight[i] = w;
    constant[i] = w * (1 - 2 * sigma * a);
    for (let k = 0; k < nDirections; k++) {
      const v = nDirections === 2 ? ([1 - k, k] as const) : ([sign(), sign()] as const);
      const velocity = [scale * v[0], scale * v[1]] as const;
      positionTangents(scale * x, scale * y, scale * sigma, velocity, inputs, (1 + k) * stack + i * nInputs);
      tangentWeights.set([-w * sigma * b * v[0], -w * sigma * b * v[1]], 2 * (k * size + i));
      if (along.length > 0) along.set(v, 2 * i);
    }
  }
  return { size, nDirections, inputs, shift, slope, weight, tangentWeights, constant, along };
}

/** ε̂ = ax_t + bF from F* = targetX0·x_0 + targetEps·ε and x_t = αx_0 + σε. */
function numbersOf(row: Float32Array) {
  const [alpha, sigma] = [row[LEVEL.alpha]!, row[LEVEL.sigma]!];
  const determinant = alpha * row[LEVEL.targetEps]! - sigma * row[LEVEL.targetX0]!;
  const a = -row[LEVEL.targetX0]! / determinant;
  const b = alpha / determinant;
  return { alpha, sigma, scale: row[LEVEL.inputScale]!, a, b, w: (row[LEVEL.gain]! / b) ** 2 };
}

/** How `positionFeatures` change when the point moves at the velocity (u, v). */
function positionTangents(
  x: number,
  y: number,
  noise: number,
  [u, v]: readonly [number, number],
  out: Float32Array,
  at: number,
): void {
  const { frequencies, phases, halfSquares } = WAVES;
  out[at] = u;
  out[at + 1] = v;
  for (const [k, phase] of phases.entries()) {
    const [fx, fy] = [frequencies[k]!, frequencies[phases.length + k]!];
    const slope = Math.cos(x * fx + y * fy + phase) * (u * fx + v * fy);
    out[at + 2 + k] = slope / (1 + noise ** 2 * halfSquares[k]!);
  }
}
