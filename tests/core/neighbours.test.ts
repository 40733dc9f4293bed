import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nearestSquares, squaresTo } from '../../src/core/metrics/neighbours.ts';
import { neighbourTree } from '../../src/core/metrics/neighbourTree.ts';
import { createRng } from '../../src/core/rng.ts';
import type { Vector } from '../../src/core/types.ts';

/** The same by going through all pairs. */
function byAllPairs(from: Vector, to: Vector, K: number, self: boolean): number[] {
  const squares = new Float64Array(to.length / 2);
  return Array.from({ length: from.length / 2 }, (_, i) => {
    squaresTo(from[2 * i]!, from[2 * i + 1]!, to, squares);
    const others = [...squares].filter((_, j) => !(self && i === j)).sort((a, b) => a - b);
    return Array.from({ length: K }, (_, k) => others[k] ?? Infinity);
  }).flat();
}

/** Few values, so that points and coordinates occur again and again, and some far away. */
const coordinate = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.double({ min: -2, max: 2, noNaN: true }),
  fc.constantFrom(1e6, -1e9),
);
const points = (maxLength: number) =>
  fc
    .array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength })
    .map((pairs) => Float64Array.from(pairs.flat()));

it('finds what going through all pairs finds', () => {
  fc.assert(
    fc.property(points(20), points(200), fc.integer({ min: 1, max: 6 }), (from, to, K) => {
      expect([...nearestSquares(from, to, K, false)]).toEqual(byAllPairs(from, to, K, false));
      expect([...nearestSquares(to, to, K, true)]).toEqual(byAllPairs(to, to, K, true));
    }),
  );
});

it.each([
  ['one normal cloud', (z: number) => z],
  ['heavy tails', (z: number) => z ** 9],
  ['a lattice', (z: number) => Math.round(3 * z)],
])('finds it in %s of 2 000 points, from near and far', (_, shape) => {
  const rng = createRng(3);
  const draw = (n: number, scale: number) =>
    Float64Array.from({ length: 2 * n }, () => scale * shape(rng.normal()));
  const to = draw(2000, 1);
  for (const from of [draw(30, 1), draw(30, 1e4)]) {
    expect([...nearestSquares(from, to, 5, false)]).toEqual(byAllPairs(from, to, 5, false));
  }
});

it('looks no farther than it is told to, and finds nothing near a point that is not finite', () => {
  const tree = neighbourTree(Float64Array.of(0, 0, 1, 0, 5, 0));
  const out = new Float64Array(2);
  tree.nearest(0, 0, out, -1, 4);
  expect([...out]).toEqual([0, 1]);
  tree.nearest(0, 0, out, 0, 4);
  expect([...out]).toEqual([1, Infinity]);
  for (const x of [Number.NaN, Infinity, -Infinity]) {
    tree.nearest(x, 0, out);
    expect([...out]).toEqual([Infinity, Infinity]);
  }
});
