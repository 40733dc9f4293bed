import {
  inputScale,
  POSITION_FEATURES,
  positionFeatures,
  TIME_FEATURES,
  timeFeatures,
  WAVES,
} from '../../../../backends/network.ts';
import { answerable } from '../../../../backends/objective.ts';
import type { Kernel, Rng, Vector } from '../../../../core/types.ts';

/**
 * A classifier p(y|x_t) of noised points: the denoiser's own features of place and noise, two hidden layers of tanh, and
 * softmax; some 8 800 weights.
 */
export interface ClassifierShape {
  readonly nClasses: number;
}

const INPUTS = POSITION_FEATURES + TIME_FEATURES;
const WIDTH = 64;

interface LayerPlace {
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: number;
  readonly biases: number;
}

export function layersOf({ nClasses }: ClassifierShape): readonly [LayerPlace, LayerPlace, LayerPlace] {
  const first = placeOf(INPUTS, WIDTH, 0);
  const second = placeOf(WIDTH, WIDTH, first.biases + WIDTH);
  return [first, second, placeOf(WIDTH, nClasses, second.biases + WIDTH)];
}

const placeOf = (inputs: number, outputs: number, weights: number): LayerPlace => ({
  inputs,
  outputs,
  weights,
  biases: weights + inputs * outputs,
});

export function initialWeights(shape: ClassifierShape, rng: Rng): Float32Array {
  const layers = layersOf(shape);
  const last = layers[2];
  const flat = new Float32Array(last.biases + last.outputs);
  // The last layer begins at 0: every class alike.
  for (const { inputs, weights, biases } of layers.slice(0, -1)) {
    for (let i = weights; i < biases; i++) flat[i] = rng.normal() / Math.sqrt(inputs);
  }
  return flat;
}

/** What the layers answered for a batch of n points, each [n][outputs]. */
export interface Activations {
  readonly inputs: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
  /** ln p(y|x_t). */
  readonly logits: Float32Array;
}

/** The features of noised points, all at one level. @param x [n][2] scaled units */
export function featuresOf(x: Vector, kernel: Kernel): Float32Array {
  const out = new Float32Array((x.length / 2) * INPUTS);
  for (let i = 0; i < x.length / 2; i++) fillFeatures(out, i, x[2 * i]!, x[2 * i + 1]!, kernel);
  return out;
}

/** Those of point i of a batch. */
export function fillFeatures(out: Float32Array, i: number, x: number, y: number, kernel: Kernel): void {
  const seen = answerable(kernel);
  const scale = inputScale(seen);
  positionFeatures(scale * x, scale * y, scale * seen.sigma, out, i * INPUTS);
  timeFeatures(seen, out, i * INPUTS + POSITION_FEATURES);
}

export function forward(shape: ClassifierShape, flat: Float32Array, inputs: Float32Array): Activations {
  const [a, b, c] = layersOf(shape);
  const first = tanhOf(affine(a, flat, inputs));
  const second = tanhOf(affine(b, flat, first));
  return { inputs, first, second, logits: logSoftmax(affine(c, flat, second), shape.nClasses) };
}

/** h·W + b. */
function affine(
  { inputs, outputs, weights, biases }: LayerPlace,
  flat: Float32Array,
  h: Float32Array,
): Float32Array {
  const n = h.length / inputs;
  const out = new Float32Array(n * outputs);
  for (let row = 0; row < n; row++) {
    const to = row * outputs;
    for (let o = 0; o < outputs; o++) out[to + o] = flat[biases + o]!;
    for (let i = 0; i < inputs; i++) {
      const value = h[row * inputs + i]!;
      const from = weights + i * outputs;
      for (let o = 0; o < outputs; o++) out[to + o]! += value * flat[from + o]!;
    }
  }
  return out;
}

function tanhOf(values: Float32Array): Float32Array {
  for (let i = 0; i < values.length; i++) values[i] = Math.tanh(values[i]!);
  return values;
}

function logSoftmax(values: Float32Array, nClasses: number): Float32Array {
  for (let row = 0; row < values.length; row += nClasses) {
    const of = values.subarray(row, row + nClasses);
    const top = of.reduce((most, value) => Math.max(most, value), -Infinity);
    const log = top + Math.log(of.reduce((sum, value) => sum + Math.exp(value - top), 0));
    for (let y = 0; y < nClasses; y++) of[y]! -= log;
  }
  return values;
}

/**
 * Adds the gradient of Σ slope·logit to `gradient`, where it is given.
 * @param slope [n][nClasses] of the loss by the logits before the softmax
 * @returns [n][inputs] of the loss by the features
 */
export function backward(
  shape: ClassifierShape,
  flat: Float32Array,
  { inputs, first, second }: Activations,
  slope: Float32Array,
  gradient: Float32Array | null,
): Float32Array {
  const [a, b, c] = layersOf(shape);
  const bySecond = throughTanh(back(c, flat, second, slope, gradient), second);
  const byFirst = throughTanh(back(b, flat, first, bySecond, gradient), first);
  return back(a, flat, inputs, byFirst, gradient);
}

function back(
  { inputs, outputs, weights, biases }: LayerPlace,
  flat: Float32Array,
  h: Float32Array,
  slope: Float32Array,
  gradient: Float32Array | null,
): Float32Array {
  const n = slope.length / outputs;
  const out = new Float32Array(n * inputs);
  for (let row = 0; row < n; row++) {
    const from = row * outputs;
    if (gradient) for (let o = 0; o < outputs; o++) gradient[biases + o]! += slope[from + o]!;
    for (let i = 0; i < inputs; i++) {
      const value = h[row * inputs + i]!;
      const at = weights + i * outputs;
      let sum = 0;
      for (let o = 0; o < outputs; o++) sum += slope[from + o]! * flat[at + o]!;
      out[row * inputs + i] = sum;
      if (gradient) for (let o = 0; o < outputs; o++) gradient[at + o]! += value * slope[from + o]!;
    }
  }
  return out;
}

function throughTanh(slope: Float32Array, activation: Float32Array): Float32Array {
  for (let i = 0; i < slope.length; i++) slope[i]! *= 1 - activation[i]! ** 2;
  return slope;
}

/** ∇_x of what the features' slopes are of: the waves of `positionFeatures` by the chain rule. @returns [n][2] */
export function throughFeatures(x: Vector, kernel: Kernel, slopes: Float32Array): Vector {
  const seen = answerable(kernel);
  const scale = inputScale(seen);
  const noise = scale * seen.sigma;
  const { frequencies, phases, halfSquares } = WAVES;
  const out = new Float64Array(x.length);
  for (let i = 0; i < x.length / 2; i++) {
    const of = slopes.subarray(i * INPUTS, (i + 1) * INPUTS);
    let [gx, gy] = [of[0]!, of[1]!];
    for (const [k, phase] of phases.entries()) {
      const [fx, fy] = [frequencies[k]!, frequencies[phases.length + k]!];
      const angle = scale * (x[2 * i]! * fx + x[2 * i + 1]! * fy) + phase;
      const slope = (of[2 + k]! * Math.cos(angle)) / (1 + noise ** 2 * halfSquares[k]!);
      gx += slope * fx;
      gy += slope * fy;
    }
    out[2 * i] = scale * gx;
    out[2 * i + 1] = scale * gy;
  }
  return out;
}
