import { describe, expect, it } from 'vitest';
import type { FieldSlice } from '../../src/canvas/field.ts';
import { evenStreamlines } from '../../src/canvas/streamlines.ts';

const RESOLUTION = 40;
const slice = (at: (x: number, y: number) => readonly [number, number]): FieldSlice => ({
  resolution: RESOLUTION,
  centre: [1, -1],
  halfWidth: 3,
  values: Float32Array.from({ length: 2 * RESOLUTION ** 2 }, (_, k) => {
    const node = k >> 1;
    const place = (i: number) => ((2 * i) / (RESOLUTION - 1) - 1) * 3;
    return at(place(node % RESOLUTION), place(Math.floor(node / RESOLUTION)))[(k & 1) as 0 | 1];
  }),
});
const FIELDS = {
  parallel: slice(() => [2, 1]),
  vortex: slice((x, y) => [-y, x]),
  sink: slice((x, y) => [-x, -y]),
  saddle: slice((x, y) => [x, -y]),
};
const pointsOf = (lines: readonly (readonly number[])[]) =>
  lines.flatMap((line, l) =>
    Array.from({ length: line.length / 2 }, (_, i) => ({ l, x: line[2 * i]!, y: line[2 * i + 1]! })),
  );

describe.each(Object.entries(FIELDS))('streamlines of a %s', (name, field) => {
  const separation = 0.4;
  const lines = evenStreamlines(field, separation);
  const points = pointsOf(lines);

  it('fill the square and stay in it', () => {
    expect(lines.length).toBeGreaterThan(5);
    for (const { x, y } of points) expect(Math.max(Math.abs(x - 1), Math.abs(y + 1))).toBeLessThanOrEqual(3);
    let empty = 0;
    for (let i = 0; i < 12; i++) {
      for (let j = 0; j < 12; j++) {
        const [x, y] = [1 + (i - 5.5) / 2.2, -1 + (j - 5.5) / 2.2];
        if (!points.some((point) => Math.hypot(point.x - x, point.y - y) < 1.5 * separation)) empty += 1;
      }
    }
    expect(empty).toBeLessThan(8);
  });

  it('keep half a separation from one another', () => {
    let nearest = Infinity;
    for (const a of points) {
      for (const b of points) {
        if (a.l < b.l) nearest = Math.min(nearest, Math.hypot(a.x - b.x, a.y - b.y));
      }
    }
    expect(nearest).toBeGreaterThan(0.499 * separation);
  });

  it('follow the field, in its direction', () => {
    const exact = { parallel: [2, 1], vortex: null, sink: null, saddle: null }[name];
    for (const line of lines) {
      for (let i = 0; i + 3 < line.length; i += 2) {
        const [dx, dy] = [line[i + 2]! - line[i]!, line[i + 3]! - line[i + 1]!];
        const [x, y] = [(line[i]! + line[i + 2]!) / 2 - 1, (line[i + 1]! + line[i + 3]!) / 2 + 1];
        const [u, v] =
          exact ?? ({ vortex: [-y, x], sink: [-x, -y], saddle: [x, -y] } as const)[name as 'vortex'];
        const cosine = (dx * u! + dy * v!) / (Math.hypot(dx, dy) * Math.hypot(u!, v!));
        if (Math.hypot(x, y) > 0.3) expect(cosine).toBeGreaterThan(0.97);
      }
    }
  });
});

it('there are none where the field is nothing, or no number', () => {
  expect(
    evenStreamlines(
      slice(() => [0, 0]),
      0.4,
    ),
  ).toEqual([]);
  expect(
    evenStreamlines(
      slice(() => [Number.NaN, 1]),
      0.4,
    ),
  ).toEqual([]);
});
