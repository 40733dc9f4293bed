import { describe, expect, it } from 'vitest';
import { brightestAt, errorAt, fieldAt, onScale } from '../../src/canvas/field.ts';
import { constantField } from './fixtures.ts';

describe('the score field', () => {
  it('is interpolated between recorded times', () => {
    const slice = fieldAt(constantField([2, 4]), 0.25, 'test');
    expect(slice.values[0]).toBeCloseTo(2.5);
    expect(slice.values[1]).toBe(0);
  });

  it('has nothing of a larger field that was drawn before', () => {
    const large = { ...constantField([2]), resolution: 5, values: new Float32Array(50).fill(Number.NaN) };
    expect(fieldAt(large, 0, 'one').values).toHaveLength(50);
    expect(Array.from(fieldAt(constantField([2]), 0, 'one').values)).toEqual(
      Array.from({ length: 18 }, (_, k) => (k % 2 === 0 ? 2 : 0)),
    );
  });

  it('has as its error the learned minus the exact one', () => {
    const error = errorAt(constantField([2, 4]), constantField([1, 1]), 1);
    expect(error.values[4]).toBeCloseTo(3);
  });

  it('has a scale that follows its lengths through time', () => {
    const field = constantField([2, 4]);
    expect(brightestAt(field, 0)).toBeCloseTo(2);
    expect(brightestAt(field, 0.5)).toBeCloseTo(3);
    expect(brightestAt(field, 1)).toBeCloseTo(4);
  });

  it('has a scale also where it is nowhere positive', () => {
    expect(brightestAt(constantField([0, 0]), 0.5)).toBe(1);
  });

  it('places lengths on its scale', () => {
    expect([0, 5, 99, Number.NaN].map((length) => onScale(length, 10))).toEqual([0, 0.5, 1, 0]);
  });
});
