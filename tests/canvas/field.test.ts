import { describe, expect, it } from 'vitest';
import { errorAt, fieldAt, onLogScale, onScale, scaleAt } from '../../src/canvas/field.ts';
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
    expect(scaleAt(field, 0).high).toBeCloseTo(2);
    expect(scaleAt(field, 0.5).high).toBeCloseTo(Math.sqrt(8));
    expect(scaleAt(field, 1).high).toBeCloseTo(4);
  });

  it('has a scale also where it is nowhere positive', () => {
    expect(scaleAt(constantField([0, 0]), 0.5)).toEqual({ low: 0.1, high: 1 });
  });

  it('tells lengths apart that differ by factors, as near the data: few are at an end of the scale', () => {
    const resolution = 20;
    const lengths = Float64Array.from(
      { length: resolution ** 2 },
      (_, i) => 10 ** ((3 * i) / resolution ** 2),
    );
    const values = Float32Array.from({ length: 2 * lengths.length }, (_, k) =>
      k % 2 ? 0 : lengths[k >> 1]!,
    );
    const scale = scaleAt({ ...constantField([1]), resolution, values }, 0);
    const shares = Array.from(lengths, (length) => onLogScale(length, scale));
    expect(shares.filter((share) => share === 0 || share === 1).length).toBeLessThan(0.1 * shares.length);
    expect(shares[resolution ** 2 / 2]).toBeCloseTo(0.5, 1);
    // On an even scale, half of them would be in its first twentieth.
    expect(onScale(lengths[resolution ** 2 / 2]!, scale.high)).toBeLessThan(0.05);
  });

  it('has a scale of three decades at the most', () => {
    const values = Float32Array.from({ length: 18 }, (_, k) => (k % 2 ? 0 : 10 ** (-5 + k)));
    const { low, high } = scaleAt({ ...constantField([1]), values }, 0);
    expect(high / low).toBeCloseTo(1000);
    expect([0, Number.NaN, high * 2].map((length) => onLogScale(length, { low, high }))).toEqual([0, 0, 1]);
  });

  it('places lengths on its scale', () => {
    expect([0, 5, 99, Number.NaN].map((length) => onScale(length, 10))).toEqual([0, 0.5, 1, 0]);
  });
});
