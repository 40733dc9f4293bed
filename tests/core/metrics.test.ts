import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  energyDistance,
  energyDistanceUnbiased,
  metrics,
  perfectDistance,
  slicedWasserstein2,
} from '../../src/core/metrics/index.ts';
import { createRng } from '../../src/core/rng.ts';
import { expectClose, flat, goldenFile, type Points } from './golden.ts';

interface Pair {
  readonly id: string;
  readonly X: Points;
  readonly Y: Points;
  readonly values: {
    readonly energy_V: number;
    readonly energy_U: number;
    readonly sliced_w2_128: number;
    readonly sliced_w2_50: number;
  };
}

it.each(goldenFile<{ cases: readonly Pair[] }>('metrics').cases)(
  'equals the golden $id',
  ({ X, Y, values }) => {
    const [a, b] = [flat(X), flat(Y)];
    const actual = [
      energyDistance(a, b),
      energyDistanceUnbiased(a, b),
      slicedWasserstein2(a, b, 128),
      slicedWasserstein2(a, b, 50),
    ];
    const expected = [values.energy_V, values.energy_U, values.sliced_w2_128, values.sliced_w2_50];
    expectClose(actual, expected, { relative: 1e-12, absolute: 1e-14 });
  },
);

const coordinate = fc.double({ min: -100, max: 100, noNaN: true });
const pointSet = fc
  .array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 12 })
  .map((points) => Float64Array.from(points.flat()));

describe.each(metrics.entries)('metric $id', (metric) => {
  it('is 0 between equal sets, never negative, symmetric, and leaves its arguments alone', () => {
    fc.assert(
      fc.property(pointSet, pointSet, (a, b) => {
        const [a0, b0] = [a.slice(), b.slice()];
        const distance = metric.evaluate(a, b);
        expect(metric.evaluate(a, a)).toBeLessThan(1e-9);
        expect(distance).toBeGreaterThan(-1e-9);
        expect(Math.abs(distance - metric.evaluate(b, a))).toBeLessThan(1e-9);
        expect([a, b]).toEqual([a0, b0]);
      }),
    );
  });

  it('does not change when a set is repeated', () => {
    fc.assert(
      fc.property(pointSet, pointSet, (a, b) => {
        const twice = Float64Array.from([...b, ...b]);
        expect(Math.abs(metric.evaluate(a, b) - metric.evaluate(a, twice))).toBeLessThan(1e-9);
      }),
    );
  });

  it('grows as the sets move apart', () => {
    const rng = createRng(1);
    const a = Float64Array.from({ length: 100 }, () => rng.normal());
    const at = (by: number) =>
      metric.evaluate(
        a,
        a.map((value) => value + by),
      );
    expect(at(0.5)).toBeGreaterThan(at(0.1));
    expect(at(2)).toBeGreaterThan(at(0.5));
  });

  it.each([[[]], [[1]], [[Number.NaN, 1]]])('refuses the points %j', (points) => {
    expect(() => metric.evaluate(Float64Array.from(points), Float64Array.of(0, 0))).toThrow(/distance needs/);
  });
});

it('sliced W2 of a translation is its length over √2', () => {
  const a = Float64Array.of(0, 0, 1, 2, -3, 1);
  const b = a.map((value, i) => value + (i % 2 === 0 ? 3 : 4));
  expect(slicedWasserstein2(a, b)).toBeCloseTo(5 / Math.SQRT2, 12);
});

it('refuses 0 projections and the unbiased distance of single points', () => {
  expect(() => slicedWasserstein2(Float64Array.of(0, 0), Float64Array.of(0, 0), 0)).toThrow(/projections/);
  expect(() => energyDistanceUnbiased(Float64Array.of(0, 0), Float64Array.of(0, 0))).toThrow(/two points/);
});

it('the perfect distance is the median of 15 pairs of its draws', () => {
  const draws = Array.from({ length: 30 }, (_, i) => Float64Array.of(i % 2 === 0 ? 0 : i, 0));
  expect(perfectDistance((i) => draws[i]!)).toBeCloseTo(15 / Math.SQRT2, 12);
});
