import fc from 'fast-check';
import { expect, it } from 'vitest';
import { planeLabels, REACH } from '../../../src/worlds/words/Plane.tsx';

const coordinate = fc.double({ min: -3, max: 3, noNaN: true });

it('names of words stand apart, in the picture, each once, wherever their points are', () => {
  fc.assert(
    fc.property(fc.array(coordinate, { minLength: 28, maxLength: 28 }), (embeddings) => {
      const labels = planeLabels(embeddings);
      expect(labels.map(({ v }) => v).toSorted((a, b) => a - b)).toEqual(
        Array.from({ length: 14 }, (_, v) => v),
      );
      for (const side of [true, false]) {
        const middles = labels.filter(({ isRight }) => isRight === side).map(({ middle }) => middle);
        expect(middles).toHaveLength(7);
        middles.forEach((middle, k) => {
          expect(Math.abs(middle)).toBeLessThan(REACH - 0.1);
          if (k > 0) expect(middle - middles[k - 1]!).toBeGreaterThan(0.29);
        });
      }
    }),
  );
});

it('a word right of half of them is written on the right, at its own height where there is room', () => {
  const embeddings = Array.from({ length: 14 }, (_, v) => [v % 2 ? 1 : -1, (v - 6.5) / 3]).flat();
  for (const { v, x, isRight, y, middle } of planeLabels(embeddings)) {
    expect(isRight).toBe(x > 0);
    expect(middle).toBeCloseTo(y, 9);
    expect(y).toBeCloseTo(-(v - 6.5) / 3, 9);
  }
});
