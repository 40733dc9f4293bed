import type { Activation } from '../../config/types.ts';
import type { Kernel, Rng } from '../../core/types.ts';

/**
 * The noise-prediction network, described once for all trainers: a plain MLP
 *   (x, y, time features) → width → … → width → (ε_x, ε_y).
 *
 * Its parameters are ONE flat array: for each layer in order the matrix W, row-major [inputs][outputs], then the
 * bias b [outputs]; a layer computes h·W + b.
 */
export interface NetworkShape {
  /** Hidden units per layer. */
  readonly width: number;
  /** Hidden layers. */
  readonly depth: number;
  readonly activation: Activation;
}

export interface LayerLayout {
  readonly inputs: number;
  readonly outputs: number;
  /** Offset of W in the flat array; W has inputs·outputs entries. */
  readonly weights: number;
  /** Offset of b, directly after W. */
  readonly biases: number;
}

export const TIME_FEATURES = 16;
export const NETWORK_INPUTS = 2 + TIME_FEATURES;

export function networkLayers({ width, depth }: NetworkShape): readonly LayerLayout[] {
  const sizes = [NETWORK_INPUTS, ...new Array<number>(depth).fill(width), 2];
  const layers: LayerLayout[] = [];
  let offset = 0;
  for (let l = 0; l + 1 < sizes.length; l++) {
    const inputs = sizes[l]!;
    const outputs = sizes[l + 1]!;
    const biases = offset + inputs * outputs;
    layers.push({ inputs, outputs, weights: offset, biases });
    offset = biases + outputs;
  }
  return layers;
}

export function parameterCount(shape: NetworkShape): number {
  const last = networkLayers(shape).at(-1)!;
  return last.biases + last.outputs;
}

/** Variance that keeps activations of unit size through the layers (He et al. 2015), by activation. */
const GAIN: Readonly<Record<Activation, number>> = {
  silu: Math.SQRT2,
  gelu: Math.SQRT2,
  relu: Math.SQRT2,
  tanh: 1,
};

/** Gaussian weights, zero biases, and a zero last layer: training starts from ε_θ = 0, a loss of 1 per coordinate. */
export function initialWeights(shape: NetworkShape, rng: Rng): Float32Array {
  const flat = new Float32Array(parameterCount(shape));
  const hidden = networkLayers(shape).slice(0, -1);
  for (const { inputs, weights, biases } of hidden) {
    const std = GAIN[shape.activation] / Math.sqrt(inputs);
    for (let i = weights; i < biases; i++) flat[i] = std * rng.normal();
  }
  return flat;
}

/**
 * The network's view of the time: sines and cosines of the noise level, which varies evenly over the whole range of
 * log-SNR where t itself changes nothing for a while and everything at once.
 * @param out receives TIME_FEATURES numbers from `offset` on
 */
export function timeFeatures(kernel: Kernel, out: Float32Array, offset = 0): void {
  const level = noiseLevel(kernel);
  for (let k = 0; k < TIME_FEATURES / 2; k++) {
    const angle = 2 ** (k / 2 - 1) * Math.PI * level;
    out[offset + 2 * k] = Math.sin(angle);
    out[offset + 2 * k + 1] = Math.cos(angle);
  }
}

/** ln(σ/α) mapped to (−1,1): atan saturates the ends, where nothing is left to tell apart. */
function noiseLevel({ alpha, sigma }: Kernel): number {
  return (2 / Math.PI) * Math.atan(Math.log(Math.max(sigma, 1e-12) / Math.max(alpha, 1e-12)) / 2);
}
