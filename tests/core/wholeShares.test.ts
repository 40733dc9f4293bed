import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wholeShares } from '../../src/core/timeSampling/wholeShares.ts';

const share = fc.oneof(fc.constant(0), fc.double({ min: 1e-12, max: 1e6, noNaN: true }));
const shares = fc.array(share, { minLength: 1, maxLength: 40 }).filter((all) => all.some((s) => s > 0));

describe('whole shares', () => {
  it('sum to the total, leave nobody out and give nothing for nothing', () => {
    fc.assert(
      fc.property(shares, fc.integer({ min: 40, max: 5000 }), (all, total) => {
        const counts = wholeShares(all, total);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(total);
        for (const [i, count] of counts.entries()) expect(count > 0).toBe(all[i]! > 0);
      }),
    );
  });

  it('are within one of the exact ones where those are large', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.5, max: 1, noNaN: true }), { minLength: 1 }), (all) => {
        const total = 50 * all.length;
        const sum = all.reduce((a, b) => a + b, 0);
        for (const [i, count] of wholeShares(all, total).entries()) {
          expect(Math.abs(count - (all[i]! * total) / sum)).toBeLessThan(1);
        }
      }),
    );
  });

  it('keep proportions that are whole already', () => {
    expect(Array.from(wholeShares([1, 2, 0, 5], 16))).toEqual([2, 4, 0, 10]);
    expect(Array.from(wholeShares([1e-300, 1, Number.MIN_VALUE], 12))).toEqual([1, 10, 1]);
  });

  it('refuse what cannot be shared', () => {
    expect(() => wholeShares([1, 1, 1], 2)).toThrow(/total must be a whole number from 3/);
    expect(() => wholeShares([1, -1], 5)).toThrow(/finite numbers from 0/);
    expect(() => wholeShares([Number.NaN], 5)).toThrow(RangeError);
  });
});
