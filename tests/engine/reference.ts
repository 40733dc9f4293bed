import type { Activation } from '../../src/config/types.ts';
import { NETWORK_INPUTS, type NetworkShape, networkLayers } from '../../src/engine/trainers/network.ts';
import type { Batch } from '../../src/engine/trainers/types.ts';

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

const activate: Readonly<Record<Activation, (z: number) => number>> = {
  silu: (z) => z * sigmoid(z),
  gelu: (z) => z * sigmoid(1.702 * z),
  relu: (z) => Math.max(0, z),
  tanh: Math.tanh,
};

/** The network in float64 loops: [n][2] outputs of [n][NETWORK_INPUTS] inputs. The oracle of every trainer. */
export function referenceForward(
  flat: Float64Array,
  shape: NetworkShape,
  inputs: ArrayLike<number>,
): Float64Array {
  const layers = networkLayers(shape);
  const n = inputs.length / NETWORK_INPUTS;
  const out = new Float64Array(2 * n);
  for (let row = 0; row < n; row++) {
    let h = Array.from({ length: NETWORK_INPUTS }, (_, k) => inputs[row * NETWORK_INPUTS + k]!);
    for (const [l, { outputs, weights, biases }] of layers.entries()) {
      const z = Array.from({ length: outputs }, (_, o) =>
        h.reduce((sum, value, i) => sum + value * flat[weights + i * outputs + o]!, flat[biases + o]!),
      );
      h = l + 1 < layers.length ? z.map(activate[shape.activation]) : z;
    }
    out.set(h, 2 * row);
  }
  return out;
}

export function referenceLoss(flat: Float64Array, shape: NetworkShape, batch: Batch): number {
  const output = referenceForward(flat, shape, batch.inputs);
  const error = output.map((value, i) => batch.alpha[i >> 1]! * (value - batch.velocity[i]!));
  return error.reduce((sum, value) => sum + value ** 2, 0) / error.length;
}
