import type { Rng } from '../../core/types.ts';
import type { LayerLayout } from '../network.ts';

/**
 * A multilayer perceptron of any size: inputs → width → … → width → outputs, with SiLU in the hidden layers. Where it is
 * residual, every hidden layer but the first adds its answer to what it was given: h ← h + silu(h·W + b).
 *
 * Its parameters are ONE flat array, laid out as in network.ts: for each layer W, row-major [inputs][outputs], then b.
 */
export interface DenseShape {
  readonly inputs: number;
  /** Hidden units per layer. */
  readonly width: number;
  /** Hidden layers, at least 1. */
  readonly depth: number;
  readonly outputs: number;
  readonly residual: boolean;
}

export function denseLayers({ inputs, width, depth, outputs }: DenseShape): readonly LayerLayout[] {
  const sizes = [inputs, ...new Array<number>(depth).fill(width), outputs];
  let offset = 0;
  return sizes.slice(1).map((to, l) => {
    const weights = offset;
    const biases = weights + sizes[l]! * to;
    offset = biases + to;
    return { inputs: sizes[l]!, outputs: to, weights, biases };
  });
}

export function denseParameterCount(shape: DenseShape): number {
  const last = denseLayers(shape).at(-1)!;
  return last.biases + last.outputs;
}

/** Whether layer l of the hidden ones adds its answer to what it was given. */
export const isResidual = ({ residual, depth }: DenseShape, l: number): boolean =>
  residual && l > 0 && l < depth;

/**
 * Gaussian weights that keep activations of unit size (He et al. 2015), zero biases, and a zero last layer, so that
 * training starts from outputs of 0: even odds for every letter. Residual layers share that size among them.
 */
export function denseWeights(shape: DenseShape, rng: Rng): Float32Array {
  const flat = new Float32Array(denseParameterCount(shape));
  const share = shape.residual ? 1 / Math.sqrt(shape.depth) : 1;
  for (const [l, { inputs, weights, biases }] of denseLayers(shape).slice(0, -1).entries()) {
    const std = (Math.SQRT2 * (l > 0 ? share : 1)) / Math.sqrt(inputs);
    for (let i = weights; i < biases; i++) flat[i] = std * rng.normal();
  }
  return flat;
}
