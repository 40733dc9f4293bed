import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { axisTicks } from '../../src/canvas/layers/axisTicks.ts';

const finite = fc.double({ min: -1e9, max: 1e9, noNaN: true });

it('ticks are round, within the axis, evenly apart, and as many as asked for or half as many', () => {
  fc.assert(
    fc.property(
      finite,
      fc.double({ min: 1e-3, max: 1e9, noNaN: true }),
      fc.integer({ min: 2, max: 12 }),
      (low, extent, count) => {
        const high = low + extent;
        const { values } = axisTicks(low, high, count);
        expect(values.length).toBeLessThanOrEqual(count + 1);
        expect(values.length).toBeGreaterThanOrEqual(Math.floor(count / 2.5) - 1);
        for (const value of values) {
          expect(value).toBeGreaterThanOrEqual(low - 1e-6 * extent);
          expect(value).toBeLessThanOrEqual(high + 1e-6 * extent);
        }
      },
    ),
    { examples: [[58716915.375, 0.001, 5]] },
  );
});

it.each([
  [0, 1, 4, ['0', '0.5', '1.0']],
  [1.5, 1.95, 4, ['1.6', '1.8']],
  [12_000, 48_000, 4, ['20k', '30k', '40k']],
  [-30, 30, 5, ['−20', '0', '20']],
  [2e6, 9e6, 4, ['2M', '4M', '6M', '8M']],
])('from %d to %d they read %j', (low, high, count, words) => {
  const { values, format } = axisTicks(low, high, count);
  expect(values.map(format)).toEqual(words);
});

it('differ from each other in words', () => {
  fc.assert(
    fc.property(finite, fc.double({ min: 1, max: 1e9, noNaN: true }), (low, extent) => {
      const { values, format } = axisTicks(low, low + extent, 5);
      expect(new Set(values.map(format)).size).toBe(values.length);
    }),
  );
});

it('there are none without a range', () => {
  expect(axisTicks(1, 1, 4).values).toEqual([]);
  expect(axisTicks(0, Number.NaN, 4).values).toEqual([]);
});
