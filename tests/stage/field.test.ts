import { describe, expect, it } from 'vitest';
import { errorAt, fieldAt, fieldRange, onScale, roundScale } from '../../src/stage/field.ts';
import { constantField } from './fixtures.ts';

describe('the score field', () => {
  it('is interpolated between recorded times', () => {
    const slice = fieldAt(constantField([2, 4]), 0.25, 'test');
    expect(slice.vectors[0]).toBeCloseTo(2.5);
    expect(slice.vectors[1]).toBe(0);
  });

  it('has as its error the learned minus the exact one', () => {
    const error = errorAt(constantField([2, 4]), constantField([1, 1]), 1);
    expect(error.vectors[4]).toBeCloseTo(3);
  });

  it('has one scale for all times, of round numbers around its lengths', () => {
    const range = fieldRange(constantField([0.3, 3, 30]));
    expect(range.low).toBeLessThanOrEqual(0.3);
    expect(range.high).toBeGreaterThanOrEqual(30);
    expect([range.low, range.high]).toEqual([0.2, 50]);
  });

  it('has a scale also where it is nowhere positive', () => {
    const { low, high } = fieldRange(constantField([0, 0]));
    expect(low > 0 && low < high).toBe(true);
  });

  it('places lengths on a logarithmic scale', () => {
    const range = { low: 0.1, high: 10 };
    expect(onScale(1, range)).toBeCloseTo(0.5);
    expect(onScale(0, range)).toBe(0);
    expect(onScale(Number.NaN, range)).toBe(0);
    expect(onScale(99, range)).toBe(1);
  });

  it('rounds scales outwards to 1, 2 or 5', () => {
    expect([0.3, 1, 7, 99].map((value) => roundScale(value, 'up'))).toEqual([0.5, 1, 10, 100]);
    expect([0.3, 1, 7, 99].map((value) => roundScale(value, 'down'))).toEqual([0.2, 1, 5, 50]);
  });
});
