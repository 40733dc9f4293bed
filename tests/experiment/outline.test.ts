import { describe, expect, it } from 'vitest';
import { depthWithin } from '../../src/core/guidance/index.ts';
import {
  boundsOf,
  movedTo,
  outlineOf,
  roundOutline,
  scaledBy,
} from '../../src/experiment/conditions/outline.ts';
import { MOST_VERTICES } from '../../src/experiment/conditions/types.ts';

const circle = (n: number) =>
  Array.from({ length: n }, (_, k) => {
    const angle = (1.9 * Math.PI * k) / n;
    return [3 + 2 * Math.cos(angle), -1 + 2 * Math.sin(angle)] as const;
  });

describe('a lasso', () => {
  it('becomes an outline of few vertices that lies where it was drawn', () => {
    const outline = outlineOf(circle(500))!;
    expect(outline.length).toBeLessThanOrEqual(MOST_VERTICES);
    expect(outline.length).toBeGreaterThan(8);
    expect(depthWithin(outline, 3, -1)).toBeGreaterThan(1.8);
    for (const [x, y] of circle(50)) expect(Math.abs(depthWithin(outline, x, y))).toBeLessThan(0.12);
  });

  it('of however wild a hand', () => {
    const wild = Array.from({ length: 400 }, (_, k) => [Math.sin(7.3 * k), Math.cos(11.9 * k)] as const);
    expect(outlineOf(wild)!.length).toBeLessThanOrEqual(MOST_VERTICES);
  });

  it.each([
    [[]],
    [[[1, 1]]],
    [[[1, 1], [2, 2]]], // biome-ignore format: one line
    [[[0, 0], [1, 0.00001], [2, 0], [0, 0]]], // biome-ignore format: one line
  ] as const)('that encloses nothing is none: %j', (path) => {
    expect(outlineOf(path)).toBeNull();
  });
});

it('an outline is moved and resized about its middle', () => {
  const round = roundOutline([1, 2], 0.5);
  expect(boundsOf(round)).toEqual({ middle: [1, 2], halfWidth: 0.5 });
  expect(boundsOf(movedTo(round, [-3, 0])).middle[0]).toBeCloseTo(-3, 2);
  expect(boundsOf(scaledBy(round, 2)).halfWidth).toBeCloseTo(1, 2);
});
