import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sortNumbers } from '../../src/core/metrics/sortNumbers.ts';
import { createRng } from '../../src/core/rng.ts';

const sorted = (values: ArrayLike<number>) => Float64Array.from(values).sort();

it('sorts whatever numbers as the general sort does', () => {
  const value = fc.oneof(
    fc.double(),
    fc.double({ min: -3, max: 3, noNaN: true }),
    fc.constantFrom(0, -0, 1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e300, -1e300),
  );
  fc.assert(
    fc.property(fc.array(value, { maxLength: 300 }), (values) => {
      const got = sortNumbers(Float64Array.from(values));
      // Zeros of either sign are alike.
      expect(Array.from(got, (x) => x + 0)).toEqual(Array.from(sorted(values), (x) => x + 0));
    }),
    { numRuns: 500 },
  );
});

it.each([1, 2, 17, 2000, 20_000])('sorts %i draws, alone and in tight clusters', (n) => {
  const rng = createRng(3);
  const draws = Float64Array.from({ length: n }, () => rng.normal());
  const clustered = draws.map((x, i) => (i % 5) * 1e6 + 1e-6 * x);
  const far = Float64Array.from(draws);
  far[0] = 1e30;
  for (const values of [draws, clustered, far]) expect(sortNumbers(values.slice())).toEqual(sorted(values));
});
