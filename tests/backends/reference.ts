import { BOUND_SIZE, type Examples } from '../../src/backends/examples.ts';
import { type NetworkShape, networkInputs, networkLayers } from '../../src/backends/network.ts';
import { gaussianKl } from '../../src/core/gaussianKl.ts';
import type { Activation } from '../../src/experiment/types.ts';

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

const activate: Readonly<Record<Activation, (z: number) => number>> = {
  silu: (z) => z * sigmoid(z),
  gelu: (z) => z * sigmoid(1.702 * z),
  relu: (z) => Math.max(0, z),
  tanh: Math.tanh,
};

/** The network in float64 loops: [n][2 or 4] outputs of [n][networkInputs] inputs. The oracle of every trainer. */
export function referenceForward(
  flat: Float64Array,
  shape: NetworkShape,
  inputs: ArrayLike<number>,
): Float64Array {
  const layers = networkLayers(shape);
  const nInputs = networkInputs(shape);
  const n = inputs.length / nInputs;
  const out = new Float64Array(shape.outputs * n);
  for (let row = 0; row < n; row++) {
    let h: Float64Array = Float64Array.from({ length: nInputs }, (_, k) => inputs[row * nInputs + k]!);
    for (const [l, layer] of layers.entries()) {
      const z = layerSums(flat, layer, h);
      h = l + 1 < layers.length ? z.map(activate[shape.activation]) : z;
    }
    out.set(h, shape.outputs * row);
  }
  return out;
}

/** W·h + b, in plain loops: tests ask for many. */
function layerSums(
  flat: Float64Array,
  { outputs, weights, biases }: ReturnType<typeof networkLayers>[number],
  h: Float64Array,
): Float64Array {
  const z = new Float64Array(outputs);
  for (let o = 0; o < outputs; o++) {
    let sum = flat[biases + o]!;
    for (let i = 0; i < h.length; i++) sum += h[i]! * flat[weights + i * outputs + o]!;
    z[o] = sum;
  }
  return z;
}

/** Mean over batch and coordinates of (gain·(F − F*))². */
export function referenceLoss(flat: Float64Array, shape: NetworkShape, examples: Examples): number {
  const prediction = referenceForward(flat, shape, examples.inputs);
  let sum = 0;
  for (let i = 0; i < examples.size; i++) {
    for (const axis of [0, 1]) {
      const error = prediction[shape.outputs * i + axis]! - examples.target[2 * i + axis]!;
      sum += (examples.gain[i]! * error) ** 2;
    }
  }
  return sum / (2 * examples.size);
}

/** The bound's part of the objective, per coordinate, with the mean's error as at `held`. */
export function referenceBound(
  flat: Float64Array,
  shape: NetworkShape,
  examples: Examples,
  held: Float64Array,
): number {
  const prediction = referenceForward(flat, shape, examples.inputs);
  const means = referenceForward(held, shape, examples.inputs);
  let sum = 0;
  for (let i = 0; i < examples.size; i++) {
    const [meanGain, logBeta, logBetaTilde, isKl, drawWeight] = Array.from(
      examples.bound.subarray(BOUND_SIZE * i, BOUND_SIZE * (i + 1)),
    ) as [number, number, number, number, number];
    for (const axis of [0, 1]) {
      const v = prediction[4 * i + 2 + axis]!;
      const miss = meanGain * (means[4 * i + axis]! - examples.target[2 * i + axis]!);
      const logVariance = ((1 + v) / 2) * logBeta + ((1 - v) / 2) * logBetaTilde;
      const term =
        isKl === 1
          ? gaussianKl(miss ** 2, logBetaTilde, logVariance)
          : (Math.log(2 * Math.PI) + logVariance + miss ** 2 / Math.exp(logVariance)) / 2;
      sum += drawWeight * term;
    }
  }
  return sum / (2 * examples.size);
}
