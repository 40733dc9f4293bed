import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thinEvenly } from '../../src/experiment/thinEvenly.ts';

describe('thinning', () => {
  it('keeps exactly n of the points, each at most once, and few enough untouched', () => {
    const points = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 2, maxLength: 300 });
    fc.assert(
      fc.property(points, fc.integer({ min: 1, max: 100 }), (coordinates, n) => {
        const all = coordinates.slice(0, coordinates.length & ~1);
        const kept = thinEvenly(all, n);
        expect(kept).toHaveLength(2 * Math.min(n, all.length / 2));
        let from = 0;
        for (let i = 0; i < kept.length; i += 2) {
          while (
            from < all.length &&
            !(Object.is(all[from], kept[i]) && Object.is(all[from + 1], kept[i + 1]))
          )
            from += 2;
          expect(from).toBeLessThan(all.length);
          from += 2;
        }
      }),
    );
  });

  it('takes from the dense stroke, not from the sparse one', () => {
    const dense = Array.from({ length: 2000 }, (_, i) => [-3 + i / 1000, 0]).flat();
    const sparse = Array.from({ length: 100 }, (_, i) => [i / 50, 3]).flat();
    const kept = thinEvenly([...dense, ...sparse], 300);
    const fromSparse = kept.filter((coordinate, i) => i % 2 === 1 && coordinate === 3).length;
    expect(fromSparse).toBe(100);
  });

  it('leaves no gaps in a line, however long', () => {
    const n = 2000;
    const line = Array.from({ length: n }, (_, i) => [(8 * i) / n, 0]).flat();
    const xs = thinEvenly(line, n / 2).filter((_, i) => i % 2 === 0);
    const gaps = xs.slice(1).map((x, i) => x - xs[i]!);
    expect(Math.max(...gaps)).toBeLessThanOrEqual((4 * 8) / n);
    expect(xs.at(-1)).toBeGreaterThan(7.95);
  });
});
