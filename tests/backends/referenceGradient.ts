import { BOUND_SIZE, type Examples } from '../../src/backends/examples.ts';
import { type NetworkShape, networkInputs, networkLayers } from '../../src/backends/network.ts';
import type { Activation } from '../../src/experiment/types.ts';

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

function gated(z: number, k: number): readonly [number, number] {
  const s = sigmoid(k * z);
  return [z * s, s + k * z * s * (1 - s)];
}

/** y and dy/dz. */
const active: Readonly<Record<Activation, (z: number) => readonly [number, number]>> = {
  silu: (z) => gated(z, 1),
  gelu: (z) => gated(z, 1.702),
  relu: (z) => (z > 0 ? [z, 1] : [0, 0]),
  tanh: (z) => [Math.tanh(z), 1 - Math.tanh(z) ** 2],
};

/** The loss and the gradient of the whole objective in float64 by backpropagation, flat as the weights. */
export function referenceGradient(
  flat: Float64Array,
  shape: NetworkShape,
  examples: Examples,
  boundWeight: number,
): { readonly loss: number; readonly gradient: Float64Array } {
  const layers = networkLayers(shape);
  const gradient = new Float64Array(flat.length);
  const nInputs = networkInputs(shape);
  let loss = 0;
  for (let row = 0; row < examples.size; row++) {
    const inputs: number[][] = [
      Array.from({ length: nInputs }, (_, k) => examples.inputs[row * nInputs + k]!),
    ];
    const slopes: number[][] = [];
    for (const [l, { outputs, weights, biases }] of layers.entries()) {
      const z = Array.from({ length: outputs }, (_, o) =>
        inputs[l]!.reduce(
          (sum, value, i) => sum + value * flat[weights + i * outputs + o]!,
          flat[biases + o]!,
        ),
      );
      const last = l + 1 === layers.length;
      inputs.push(last ? z : z.map((value) => active[shape.activation](value)[0]));
      slopes.push(last ? z.map(() => 1) : z.map((value) => active[shape.activation](value)[1]));
    }
    const error = outputError(inputs.at(-1)!, examples, row, boundWeight);
    loss += error.loss;
    let deltas = error.deltas;
    for (let l = layers.length - 1; l >= 0; l--) {
      const { inputs: nInputs, outputs, weights, biases } = layers[l]!;
      deltas = deltas.map((delta, o) => delta * slopes[l]![o]!);
      const below = new Array<number>(nInputs).fill(0);
      for (let o = 0; o < outputs; o++) {
        gradient[biases + o]! += deltas[o]!;
        for (let i = 0; i < nInputs; i++) {
          gradient[weights + i * outputs + o]! += inputs[l]![i]! * deltas[o]!;
          below[i]! += flat[weights + i * outputs + o]! * deltas[o]!;
        }
      }
      deltas = below;
    }
  }
  return { loss, gradient };
}

function outputError(outputs: readonly number[], examples: Examples, row: number, boundWeight: number) {
  const deltas = outputs.map(() => 0);
  let loss = 0;
  for (const axis of [0, 1]) {
    const error = outputs[axis]! - examples.target[2 * row + axis]!;
    const gain = examples.gain[row]!;
    loss += (gain * error) ** 2 / (2 * examples.size);
    deltas[axis] = (gain ** 2 * error) / examples.size;
    if (outputs.length === 2) continue;
    const [meanGain, logBeta, logBetaTilde, isKl, drawWeight] = Array.from(
      examples.bound.subarray(BOUND_SIZE * row, BOUND_SIZE * (row + 1)),
    ) as [number, number, number, number, number];
    const v = outputs[2 + axis]!;
    const logVariance = ((1 + v) / 2) * logBeta + ((1 - v) / 2) * logBetaTilde;
    const misfit = (meanGain * error) ** 2 * Math.exp(-logVariance);
    const known = isKl * Math.exp(logBetaTilde - logVariance);
    const slope = ((logBeta - logBetaTilde) / 4) * (1 - misfit - known);
    deltas[2 + axis] = (boundWeight * drawWeight * slope) / (2 * examples.size);
  }
  return { loss, deltas };
}
