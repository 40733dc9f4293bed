import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Examples } from '../../src/backends/examples.ts';
import {
  initialWeights,
  levelFeatures,
  type NetworkShape,
  networkInputs,
  POSITION_FEATURES,
  positionFeatures,
  TIME_FEATURES,
  timeFeatures,
} from '../../src/backends/network.ts';
import { fixedNetwork, lossAndGradient, predict } from '../../src/backends/tfjs/mlp.ts';
import { createRng } from '../../src/core/rng.ts';
import { largestDifference } from './differences.ts';
import { referenceBound, referenceForward, referenceLoss } from './reference.ts';

tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);

const backends = ['cpu', 'wasm'];
const activations = ['silu', 'gelu', 'relu', 'tanh'] as const;

function randomWeights(shape: NetworkShape): Float32Array {
  const rng = createRng(3);
  // The last layer and the biases start at zero; random ones test more.
  return initialWeights(shape, rng).map((value) => value + 0.2 * rng.normal());
}

function randomExamples(size: number, shape: NetworkShape): Examples {
  const { outputs } = shape;
  const rng = createRng(4);
  const inputs = Float32Array.from({ length: size * networkInputs(shape) }, () => rng.normal());
  const target = Float32Array.from({ length: size * 2 }, () => rng.normal());
  const gain = Float32Array.from({ length: size }, () => rng.uniform());
  const boundOf = (i: number) => [
    rng.uniform(),
    -1 - rng.uniform(),
    -2 - rng.uniform(),
    i % 3 === 0 ? 0 : 1,
    0.5 + rng.uniform(),
  ];
  const rows = Array.from({ length: outputs === 4 ? size : 0 }, (_, i) => boundOf(i));
  return { size, inputs, target, gain, bound: Float32Array.from(rows.flat()) };
}

describe.each(backends)('the network on %s', (backend) => {
  // Tests before this file in the same process may have left some.
  let before = 0;
  beforeEach(async () => {
    expect(await tf.setBackend(backend)).toBe(true);
    before = tf.memory().numTensors;
  });
  afterEach(() => expect(tf.memory().numTensors).toBe(before));

  it.each([
    ...activations.map((activation) => ({ activation, classes: 0 })),
    { activation: 'silu', classes: 3 } as const,
  ])('with $activation and $classes classes agrees with float64 in value and gradient', async (sort) => {
    const { activation, classes } = sort;
    const shape: NetworkShape = { width: 8, depth: 2, activation, outputs: 2, classes };
    const weights = randomWeights(shape);
    const batch = randomExamples(16, shape);
    const flat = tf.tensor1d(weights);
    const { loss, gradient } = lossAndGradient(flat, shape, batch, 0);
    const inputs = tf.tensor2d(batch.inputs, [16, networkInputs(shape)]);
    const output = tf.tidy(() => predict(flat, shape, inputs));

    const exact = Float64Array.from(weights);
    expect(largestDifference(await output.data(), referenceForward(exact, shape, batch.inputs))).toBeLessThan(
      2e-5,
    );
    expect((await loss.data())[0]).toBeCloseTo(referenceLoss(exact, shape, batch), 4);

    const numerical = exact.map((_, i) => {
      const at = (h: number) => referenceLoss(exact.with(i, exact[i]! + h), shape, batch);
      return (at(1e-5) - at(-1e-5)) / 2e-5;
    });
    expect(largestDifference(await gradient.data(), numerical)).toBeLessThan(3e-5);
    tf.dispose([flat, loss, gradient, inputs, output]);
  });

  it('learns a variance by the bound, which leaves the mean alone', async () => {
    const shape: NetworkShape = { width: 8, depth: 1, activation: 'silu', outputs: 4 };
    const exact = Float64Array.from(randomWeights(shape));
    const examples = randomExamples(12, shape);
    const flat = tf.tensor1d(Float32Array.from(exact));
    const weight = 0.3;
    const { loss, gradient } = lossAndGradient(flat, shape, examples, weight);
    const numerical = exact.map((_, i) => {
      const at = (h: number) => {
        const moved = exact.with(i, exact[i]! + h);
        return referenceLoss(moved, shape, examples) + weight * referenceBound(moved, shape, examples, exact);
      };
      return (at(1e-5) - at(-1e-5)) / 2e-5;
    });
    expect((await loss.data())[0]).toBeCloseTo(referenceLoss(exact, shape, examples), 4);
    expect(largestDifference(await gradient.data(), numerical)).toBeLessThan(3e-5);
    tf.dispose([flat, loss, gradient]);
  });

  it.each([0, 3])('gives the same answer when all points share one level, %i classes', async (classes) => {
    const shape: NetworkShape = { width: 16, depth: 3, activation: 'silu', outputs: 2, classes };
    const weights = randomWeights(shape);
    const kernel = { alpha: 0.6, sigma: 0.8 };
    const features = new Float32Array(levelFeatures(shape));
    timeFeatures(kernel, features);
    if (classes > 0) features[TIME_FEATURES + 1] = 1;
    const points = Float32Array.of(0.3, -1.2, 2, 0.1, -0.7, 0.4);
    const rows = [0, 1, 2].flatMap((i) => {
      const position = new Float32Array(POSITION_FEATURES);
      positionFeatures(0.5 * points[2 * i]!, 0.5 * points[2 * i + 1]!, 0.4, position);
      return [...position, ...features];
    });

    const flat = tf.tensor1d(weights);
    const network = fixedNetwork(flat, shape);
    const x = tf.tensor2d(points, [3, 2]);
    const scale = 0.5;
    const { output } = network.evaluate(x, { inputScale: scale, noise: 0.4, features });
    expect(
      largestDifference(await output.data(), referenceForward(Float64Array.from(weights), shape, rows)),
    ).toBeLessThan(2e-5);
    network.dispose();
    tf.dispose([flat, x, output]);
  });
});
