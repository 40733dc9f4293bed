import { describe, expect, it } from 'vitest';
import { crossEntropy, NO_LABEL, softmaxGroups, squaredError } from '../../src/core/losses/crossEntropy.ts';
import { createRng } from '../../src/core/rng.ts';

const rng = createRng(2);
const shape = { n: 3, groups: 4, size: 5 };
const logits = Float32Array.from({ length: 60 }, () => 3 * rng.normal());
const labels = Array.from({ length: 12 }, (_, i) => (i === 7 ? NO_LABEL : rng.integer(5)));
const weights = Array.from({ length: 12 }, () => rng.uniform());

describe('the cross-entropy of groups', () => {
  it('is the mean of −w ln p over the rows, and leaves unlabelled groups alone', () => {
    const p = softmaxGroups(logits, 5);
    const into = new Float32Array(60);
    const loss = crossEntropy(logits, shape, labels, weights, into);
    const expected = labels.reduce(
      (sum, label, i) => (label === NO_LABEL ? sum : sum - (weights[i]! * Math.log(p[5 * i + label]!)) / 3),
      0,
    );
    expect(loss).toBeCloseTo(expected, 12);
    expect(Array.from(into.subarray(35, 40))).toEqual([0, 0, 0, 0, 0]);
  });

  it('has the slopes that differences have', () => {
    const into = new Float32Array(60);
    crossEntropy(logits, shape, labels, weights, into);
    for (let i = 0; i < 60; i++) {
      const at = (h: number) =>
        crossEntropy(logits.with(i, logits[i]! + h), shape, labels, weights, new Float32Array(60));
      expect(into[i]).toBeCloseTo((at(2 ** -6) - at(-(2 ** -6))) / 2 ** -5, 3);
    }
  });

  it('stays finite for logits beyond what exp can hold', () => {
    const far = Float32Array.from([1000, -1000, -1000, 1000]);
    const into = new Float32Array(4);
    expect(crossEntropy(far, { n: 1, groups: 2, size: 2 }, [0, 0], null, into)).toBe(2000);
    expect(Array.from(into)).toEqual([0, 0, -1, 1]);
  });
});

describe('the squared error', () => {
  it('is a mean, with its slopes', () => {
    const into = new Float32Array(2);
    expect(squaredError(Float32Array.from([1, 2]), [0, 4], into)).toBe(2.5);
    expect(Array.from(into)).toEqual([1, -2]);
  });
});
