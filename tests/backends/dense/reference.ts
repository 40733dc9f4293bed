import { adamRate, BETA_1, BETA_2, EPSILON } from '../../../src/backends/adam.ts';
import { type DenseShape, denseLayers, isResidual } from '../../../src/backends/dense/shape.ts';
import type { Slopes } from '../../../src/backends/dense/trainer.ts';
import type { StepRates } from '../../../src/backends/types.ts';

/** Outputs, the gradients in the parameters and in the inputs, and the loss, in float64 by backpropagation. */
export function referenceDense(shape: DenseShape, flat: Float64Array, inputs: Float32Array, slopes: Slopes) {
  const layers = denseLayers(shape);
  const n = inputs.length / shape.inputs;
  const paths = Array.from({ length: n }, (_, row) => {
    const values = [Array.from(inputs.subarray(row * shape.inputs, (row + 1) * shape.inputs))];
    const derivatives: number[][] = [];
    for (const [l, { outputs, weights, biases }] of layers.entries()) {
      const given = values[l]!;
      const z = Array.from({ length: outputs }, (_, o) =>
        given.reduce((sum, x, i) => sum + x * flat[weights + i * outputs + o]!, flat[biases + o]!),
      );
      const isLast = l + 1 === layers.length;
      const sigmoid = z.map((x) => 1 / (1 + Math.exp(-x)));
      derivatives.push(z.map((x, o) => (isLast ? 1 : sigmoid[o]! * (1 + x * (1 - sigmoid[o]!)))));
      values.push(z.map((x, o) => (isLast ? x : x * sigmoid[o]!) + (isResidual(shape, l) ? given[o]! : 0)));
    }
    return { values, derivatives };
  });
  const outputs = Float32Array.from(paths.flatMap(({ values }) => values.at(-1)!));
  const into = new Float32Array(outputs.length);
  const loss = slopes(outputs, into);
  const gradient = new Float64Array(flat.length);
  const inputSlopes: number[] = [];
  for (const [row, { values, derivatives }] of paths.entries()) {
    let d = Array.from(into.subarray(row * shape.outputs, (row + 1) * shape.outputs));
    for (let l = layers.length - 1; l >= 0; l--) {
      const layer = layers[l]!;
      const carried = d;
      d = d.map((value, o) => value * derivatives[l]![o]!);
      const below = new Array<number>(layer.inputs).fill(0);
      for (let o = 0; o < layer.outputs; o++) {
        gradient[layer.biases + o]! += d[o]!;
        for (let i = 0; i < layer.inputs; i++) {
          const at = layer.weights + i * layer.outputs + o;
          gradient[at]! += values[l]![i]! * d[o]!;
          below[i]! += flat[at]! * d[o]!;
        }
      }
      d = isResidual(shape, l) ? below.map((value, i) => value + carried[i]!) : below;
    }
    inputSlopes.push(...d);
  }
  return { outputs, loss, gradient, inputSlopes };
}

/** Adam and the average in float64. */
export function referenceAdam(weights: Float32Array) {
  const flat = Float64Array.from(weights);
  const ema = flat.slice();
  const m = new Float64Array(flat.length);
  const v = new Float64Array(flat.length);
  let step = 0;
  return {
    flat,
    ema,
    take(gradient: Float64Array, { learningRate, emaDecay }: StepRates) {
      step += 1;
      const rate = adamRate(learningRate, step);
      for (const [i, g] of gradient.entries()) {
        m[i] = BETA_1 * m[i]! + (1 - BETA_1) * g;
        v[i] = BETA_2 * v[i]! + (1 - BETA_2) * g * g;
        flat[i]! -= (rate * m[i]!) / (Math.sqrt(v[i]!) + EPSILON);
        ema[i]! += (1 - emaDecay) * (flat[i]! - ema[i]!);
      }
    },
  };
}
