import { describe, expect, it } from 'vitest';
import { discMasks, type PixelBox, stampDiscs } from '../../src/canvas/layers/dots.ts';

const side = 32;
const toPixels = { originX: 16, originY: 16, scale: 1 };

function stampedBox(pixels: Uint32Array, points: number[], alpha = 1): PixelBox {
  return stampDiscs(
    pixels,
    side,
    side,
    new Float32Array(points),
    points.length / 2,
    toPixels,
    discMasks(2, alpha),
    0x112233,
  );
}

function stamp(points: number[], alpha = 1): Uint32Array {
  const pixels = new Uint32Array(side * side);
  stampedBox(pixels, points, alpha);
  return pixels;
}

const mass = (pixels: Uint32Array): number => pixels.reduce((sum, pixel) => sum + (pixel >>> 24) / 255, 0);

describe('discs stamped into pixels', () => {
  it('cover the area of the disc, wherever between pixels it lies', () => {
    for (const offset of [0, 0.13, 0.5, 0.77]) {
      expect(mass(stamp([offset, -offset]))).toBeGreaterThan(0.9 * Math.PI * 4);
      expect(mass(stamp([offset, -offset]))).toBeLessThan(1.1 * Math.PI * 4);
    }
  });

  it('carry the colour, and blend where they overlap', () => {
    const once = stamp([0, 0], 0.5);
    const twice = stamp([0, 0, 0, 0], 0.5);
    const centre = 16 * side + 16;
    expect(once[centre]! & 0xffffff).toBe(0x112233);
    expect(once[centre]! >>> 24).toBeCloseTo(127, -1);
    expect(twice[centre]! >>> 24).toBeCloseTo(191, -1);
  });

  it('are left out at the edge, outside, and where a coordinate is not a number', () => {
    expect(mass(stamp([16, 0, -40, 3, Number.NaN, 0]))).toBe(0);
  });

  it('lie in the box that is told, and no smaller one', () => {
    const pixels = new Uint32Array(side * side);
    const { left, top, right, bottom } = stampedBox(pixels, [-6, 3, 5.4, -2.2, 40, 0]);
    const at = (column: number, row: number) => pixels[row * side + column]! !== 0;
    const rows = Array.from({ length: side }, (_, row) => row);
    const inked = rows.flatMap((row) =>
      rows.filter((column) => at(column, row)).map((column) => [column, row]),
    );
    for (const [column, row] of inked) {
      expect(column! >= left && column! < right && row! >= top && row! < bottom).toBe(true);
    }
    const columns = inked.map(([column]) => column!);
    expect(Math.min(...columns) - left).toBeLessThanOrEqual(1);
    expect(right - 1 - Math.max(...columns)).toBeLessThanOrEqual(1);
    expect(stampedBox(pixels, [40, 0])).toEqual({ left: side, top: side, right: 0, bottom: 0 });
  });
});
