import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decay, NEGLIGIBLE } from '../../src/core/decay.ts';

const exponents = fc.double({ min: 0, max: NEGLIGIBLE, maxExcluded: true, noNaN: true });

it('is e^−x to 4 units in the last place', () => {
  fc.assert(
    fc.property(exponents, (x) => {
      expect(Math.abs(decay(x) / Math.exp(-x) - 1)).toBeLessThan(4 * Number.EPSILON);
    }),
    { numRuns: 10_000 },
  );
});

it('is exact at 0, and nothing where nothing counts', () => {
  expect(decay(0)).toBe(1);
  for (const x of [NEGLIGIBLE, 1e6, Number.POSITIVE_INFINITY]) expect(decay(x)).toBe(0);
});
