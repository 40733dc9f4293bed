import { describe, expect, it } from 'vitest';
import {
  type DenseShape,
  denseMachine,
  denseRatesAt,
  denseTrainer,
  freshDenseTrainer,
} from '../../../src/backends/dense/index.ts';
import { denseParameterCount } from '../../../src/backends/dense/shape.ts';
import { supports, VARIANTS } from '../../../src/backends/simd/kernel.ts';
import { freshState } from '../../../src/backends/state.ts';
import { crossEntropy, softmaxGroups } from '../../../src/core/losses/crossEntropy.ts';
import { createRng } from '../../../src/core/rng.ts';
import { largestDifference, relativeError } from '../differences.ts';
import { referenceAdam, referenceDense } from './reference.ts';

/** Chromium alone has the relaxed ones. */
const variants = VARIANTS.filter(supports);
const shapes: readonly (DenseShape & { n: number; groups: number })[] = [
  { inputs: 3, width: 8, depth: 1, outputs: 2, residual: false, n: 1, groups: 1 },
  { inputs: 36, width: 13, depth: 3, outputs: 40, residual: true, n: 101, groups: 20 },
  { inputs: 17, width: 24, depth: 2, outputs: 21, residual: false, n: 49, groups: 3 },
  { inputs: 180, width: 32, depth: 3, outputs: 28, residual: true, n: 96, groups: 2 },
];

function problem(shape: (typeof shapes)[number]) {
  const rng = createRng(5);
  const normals = (count: number, scale: number) =>
    Float32Array.from({ length: count }, () => scale * rng.normal());
  const size = shape.outputs / shape.groups;
  const labels = Array.from({ length: shape.n * shape.groups }, () => rng.integer(size));
  const logits = { n: shape.n, groups: shape.groups, size };
  return {
    weights: normals(denseParameterCount(shape), 0.3),
    inputs: normals(shape.n * shape.inputs, 1),
    slopes: (outputs: Float32Array, into: Float32Array) => crossEntropy(outputs, logits, labels, null, into),
  };
}

describe.each(variants)('the dense trainer in %s instructions', (variant) => {
  it.each(shapes)('answers and learns as float64 does: $inputs → $width×$depth → $outputs', async (shape) => {
    const { weights, inputs, slopes } = problem(shape);
    const trainer = denseTrainer(await denseMachine(variant), shape, freshState(weights));
    const reference = referenceAdam(weights);
    const expected = referenceDense(shape, reference.flat, inputs, slopes);
    expect(relativeError(trainer.evaluate(inputs, shape.n), expected.outputs)).toBeLessThan(2e-6);
    const inputSlopes = new Float32Array(inputs.length);
    expect(trainer.inputGradient(inputs, shape.n, slopes, inputSlopes)).toBeCloseTo(expected.loss, 5);
    expect(relativeError(inputSlopes, expected.inputSlopes)).toBeLessThan(5e-6);
    expect(trainer.step).toBe(0);

    for (let step = 0; step < 6; step++) {
      const rates = denseRatesAt(step, { learningRate: 0.01, budget: 10, emaDecay: 0.9 });
      const {
        loss,
        gradient,
        inputSlopes: slopesThen,
      } = referenceDense(shape, reference.flat, inputs, slopes);
      const into = new Float32Array(inputs.length);
      expect(trainer.train(inputs, shape.n, slopes, rates, into)).toBeCloseTo(loss, 4);
      expect(relativeError(into, slopesThen)).toBeLessThan(1e-3);
      reference.take(gradient, rates);
      if (step === 0)
        expect(
          relativeError(
            trainer.state().firstMoment,
            gradient.map((g) => 0.1 * g),
          ),
        ).toBeLessThan(5e-6);
    }
    const { ema, weights: learned, step } = trainer.state();
    expect(step).toBe(6);
    // Adam divides by √v, so that a gradient of nearly 0 may go either way; all others agree.
    expect(relativeError(learned, reference.flat)).toBeLessThan(1e-4);
    expect(relativeError(ema, reference.ema)).toBeLessThan(1e-4);
    trainer.dispose();
    expect(() => trainer.evaluate(inputs, shape.n)).toThrow('disposed');
  });
});

describe('the dense trainer', () => {
  const shape: DenseShape = { inputs: 4, width: 32, depth: 2, outputs: 3, residual: true };

  it('learns a rule, goes on from its state number by number, and is seeded', async () => {
    const machine = await denseMachine();
    const rng = createRng(1);
    const inputs = Float32Array.from({ length: 4 * 128 }, () => rng.normal());
    const labels = Array.from({ length: 128 }, (_, i) =>
      inputs[4 * i]! > 0.5 ? 2 : inputs[4 * i + 1]! * inputs[4 * i + 2]! > 0 ? 1 : 0,
    );
    const slopes = (outputs: Float32Array, into: Float32Array) =>
      crossEntropy(outputs, { n: 128, groups: 1, size: 3 }, labels, null, into);
    const rates = { learningRate: 0.01, emaDecay: 0.9 };
    const trainer = freshDenseTrainer(machine, shape, createRng(3));
    expect(trainer.train(inputs, 128, slopes, rates)).toBeCloseTo(Math.log(3), 6);
    for (let step = 0; step < 300; step++) trainer.train(inputs, 128, slopes, rates);
    const copy = denseTrainer(machine, shape, trainer.state());
    expect(copy.train(inputs, 128, slopes, rates)).toBe(trainer.train(inputs, 128, slopes, rates));
    expect(largestDifference(copy.state().weights, trainer.state().weights)).toBe(0);
    const probabilities = softmaxGroups(trainer.evaluate(inputs, 128), 3);
    const right = labels.filter((label, i) => probabilities[3 * i + label]! > 0.5).length;
    expect(right).toBeGreaterThan(120);
    const again = freshDenseTrainer(machine, shape, createRng(3)).state().weights;
    expect(largestDifference(again, freshDenseTrainer(machine, shape, createRng(3)).state().weights)).toBe(0);
  });

  it('refuses arrays of the wrong length and keeps what it has', async () => {
    const trainer = freshDenseTrainer(await denseMachine(), shape, createRng(3));
    const before = trainer.state().weights;
    const slopes = () => 0;
    const rates = { learningRate: 0.01, emaDecay: 0.9 };
    expect(() => trainer.train(new Float32Array(5), 1, slopes, rates)).toThrow('must be 4 numbers, not 5');
    expect(() => trainer.train(new Float32Array(4), 1, slopes, rates, new Float32Array(2))).toThrow('not 2');
    expect(() => denseTrainer({} as never, shape, freshState(new Float32Array(2)))).toThrow('must be');
    expect(largestDifference(trainer.state().weights, before)).toBe(0);
  });
});

describe('its rates', () => {
  it('warm up, rest at the peak and fall over the last 30 % to a rest that stays', () => {
    const at = (step: number) =>
      denseRatesAt(step, { learningRate: 1, budget: 1000, emaDecay: 0.99 }).learningRate;
    for (const [step, rate] of [
      [0, 0.02],
      [49, 1],
      [600, 1],
      [850, 0.5],
      [1000, 0.05],
      [5000, 0.05],
    ] as const) {
      expect(at(step)).toBeCloseTo(rate, 12);
    }
  });
});
