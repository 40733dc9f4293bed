import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import { MAX_CUSTOM_POINTS, POINTS_EXTENT } from '../../src/experiment/pointsCodec.ts';
import {
  addStroke,
  countText,
  DRAWING_EXTENT,
  dab,
  eraseAlong,
  eraseAt,
  type Position,
  type StrokeTip,
  samePoints,
  sprayTo,
} from '../../src/ui/drawing.ts';
import { cursorMove } from '../../src/ui/drawKeys.ts';
import { advance, historyKey, MAX_UNDO, redo, startHistory, undo } from '../../src/ui/history.ts';

const coordinate = fc.double({ min: -4, max: 4, noNaN: true });
const position = fc.tuple(coordinate, coordinate);
const brush = fc.record({
  size: fc.double({ min: 0, max: 0.8, noNaN: true }),
  density: fc.integer({ min: 2, max: 40 }),
});
const drawing = fc.array(position, { maxLength: 60 }).map((pairs) => pairs.flat());
const uniformOf = (seed: number) => {
  const rng = createRng(seed);
  return () => rng.uniform();
};

function sprayPath(path: readonly Position[], width: { size: number; density: number }, seed: number) {
  const uniform = uniformOf(seed);
  let tip: StrokeTip = { at: path[0]!, sinceLast: 0 };
  const points: number[] = [];
  for (const to of path.slice(1)) {
    const sprayed = sprayTo(tip, to, width, uniform);
    tip = sprayed.tip;
    points.push(...sprayed.points);
  }
  return points;
}

describe('the brush', () => {
  it('puts points by the length of the way, however many events reported it', () => {
    fc.assert(
      fc.property(
        position,
        position,
        brush,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true })),
        (a, b, width, cuts) => {
          const between = cuts
            .sort((p, q) => p - q)
            .map((part): Position => [a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])]);
          const once = sprayPath([a, b], width, 1).length / 2;
          const inPieces = sprayPath([a, ...between, b], width, 1).length / 2;
          const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
          // A point that falls due within rounding of the end may come with the next stretch.
          expect(Math.abs(once - length * width.density)).toBeLessThanOrEqual(1 + 1e-6);
          expect(Math.abs(inPieces - once)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('spaces a thin stroke evenly', () => {
    const points = sprayPath(
      [
        [0, 0],
        [2, 0],
      ],
      { size: 0, density: 4 },
      1,
    );
    expect(points).toEqual([0.25, 0, 0.5, 0, 0.75, 0, 1, 0, 1.25, 0, 1.5, 0, 1.75, 0, 2, 0]);
  });

  it('scatters within its radius and inside the square', () => {
    fc.assert(
      fc.property(position, brush, fc.integer(), (at, width, seed) => {
        const points = dab(at, width, uniformOf(seed));
        expect(points.length).toBeGreaterThanOrEqual(2);
        for (let i = 0; i < points.length; i += 2) {
          const reach = Math.hypot(points[i]! - at[0], points[i + 1]! - at[1]);
          expect(reach).toBeLessThanOrEqual(width.size + 1 / 256);
          expect(Math.max(Math.abs(points[i]!), Math.abs(points[i + 1]!))).toBeLessThanOrEqual(
            DRAWING_EXTENT,
          );
        }
      }),
    );
    expect(DRAWING_EXTENT).toBeLessThanOrEqual(POINTS_EXTENT);
  });
});

describe('addStroke', () => {
  it('appends below the cap and thins to exactly the cap above it', () => {
    fc.assert(
      fc.property(drawing, drawing, fc.integer({ min: 1, max: 80 }), (before, stroke, cap) => {
        const all = [...before, ...stroke];
        const after = addStroke(before, stroke, cap);
        expect(after.length / 2).toBe(Math.min(cap, all.length / 2));
        if (all.length / 2 <= cap) expect(after).toEqual(all);
        const known = new Set(
          Array.from({ length: all.length / 2 }, (_, i) => `${all[2 * i]},${all[2 * i + 1]}`),
        );
        for (let i = 0; i < after.length; i += 2) expect(known.has(`${after[i]},${after[i + 1]}`)).toBe(true);
      }),
    );
  });

  it('leaves no stretch of a long stroke empty when it thins', () => {
    const path: Position[] = [
      [-4, 0],
      [4, 0],
    ];
    const after = addStroke([], sprayPath(path, { size: 0, density: 250 }, 1), MAX_CUSTOM_POINTS);
    expect(after.length / 2).toBe(MAX_CUSTOM_POINTS);
    const along = [-4, ...after.filter((_, i) => i % 2 === 0).sort((p, q) => p - q), 4];
    for (let i = 1; i < along.length; i++) expect(along[i]! - along[i - 1]!).toBeLessThan(0.25);
  });
});

describe('the eraser', () => {
  it('removes exactly what it reaches', () => {
    fc.assert(
      fc.property(drawing, position, fc.double({ min: 0.15, max: 1, noNaN: true }), (points, at, radius) => {
        const left = eraseAt(points, at, radius);
        const far = (i: number) => Math.hypot(points[i]! - at[0], points[i + 1]! - at[1]) > radius;
        const expected = points.flatMap((_, i) =>
          i % 2 === 0 && far(i) ? [points[i]!, points[i + 1]!] : [],
        );
        expect(left).toEqual(expected);
        if (expected.length === points.length) expect(left).toBe(points);
      }),
    );
  });

  it('leaves no gaps on a quick way', () => {
    const line = sprayPath(
      [
        [-4, 0],
        [4, 0],
      ],
      { size: 0, density: 20 },
      1,
    );
    expect(eraseAlong(line, [-4, 0], [4, 0], 0.15)).toEqual([]);
  });
});

describe('undo', () => {
  it.each([
    ['z', { ctrlKey: true }, 'undo'],
    ['Z', { ctrlKey: true, shiftKey: true }, 'redo'],
    ['z', { metaKey: true }, 'undo'],
    ['y', { ctrlKey: true }, 'redo'],
    ['z', {}, null],
    ['z', { ctrlKey: true, altKey: true }, null],
    ['a', { ctrlKey: true }, null],
  ] as const)('%s with %j asks for %s', (key, modifiers, what) => {
    const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
    expect(historyKey({ key, ...plain, ...modifiers })).toBe(what);
  });

  it('takes back every change, newest first, and then does nothing', () => {
    fc.assert(
      fc.property(fc.array(drawing, { maxLength: 20 }), (states) => {
        let history = startHistory<readonly number[]>([]);
        for (const state of states) history = advance(history, state);
        for (const state of [...states].reverse()) {
          expect(history.present).toBe(state);
          history = undo(history);
        }
        expect(history.present).toEqual([]);
        expect(undo(history)).toBe(history);
        for (const _ of states) history = redo(history);
        expect(history.present).toBe(states.at(-1) ?? history.present);
        expect(redo(history)).toBe(history);
        expect(redo(advance(undo(history), [9]))).toMatchObject({ present: [9], future: [] });
      }),
    );
  });

  it('forgets the oldest beyond its depth, and ignores changes that are none', () => {
    let history = startHistory(0);
    for (let i = 1; i <= MAX_UNDO + 20; i++) history = advance(history, i);
    expect(history.past.length).toBe(MAX_UNDO);
    expect(advance(history, history.present)).toBe(history);
  });
});

describe('keys and words', () => {
  it('moves the brush inside the square', () => {
    expect(cursorMove('ArrowUp', false, [0, 0])).toEqual([0, 0.1]);
    expect(cursorMove('ArrowLeft', true, [-3.8, 1])).toEqual([-4, 1]);
    expect(cursorMove('Enter', false, [0, 0])).toBeNull();
  });

  it('counts', () => {
    expect(countText([0, 0, 1, 1], 1000)).toBe('2 of 1,000 points');
    expect(samePoints([1, 2], [1, 2])).toBe(true);
    expect(samePoints([1, 2], [1, 3])).toBe(false);
  });
});
