import { describe, expect, it } from 'vitest';
import { bandwidth, densityGrid, spread } from '../../src/canvas/kde.ts';

const square = { left: -4, top: 4, width: 8 };

describe('the density estimate', () => {
  it('keeps the mass of the points, and peaks where they are', () => {
    const points = new Float32Array([1.03, 2.03, 1.03, 2.03, -1, -1]);
    const grid = densityGrid(points, 3, square, 64, 0.2);
    let mass = 0;
    let peak = 0;
    for (let k = 0; k < 64 * 64; k++) {
      mass += grid.values[k]!;
      if (grid.values[k]! > grid.values[peak]!) peak = k;
    }
    expect(mass).toBeCloseTo(3, 3);
    expect(grid.values[peak]).toBe(grid.maximum);
    expect(-4 + ((peak % 64) + 0.5) / 8).toBeCloseTo(1.03, 0);
    expect(4 - (Math.floor(peak / 64) + 0.5) / 8).toBeCloseTo(2.03, 0);
  });

  it('is a Gaussian of the bandwidth asked for', () => {
    const grid = densityGrid(new Float32Array([0, 0]), 1, square, 128, 0.25);
    let variance = 0;
    for (let k = 0; k < 128 * 128; k++) {
      const x = -4 + ((k % 128) + 0.5) / 16;
      variance += grid.values[k]! * x * x;
    }
    expect(Math.sqrt(variance)).toBeGreaterThan(0.23);
    expect(Math.sqrt(variance)).toBeLessThan(0.26);
  });

  it('leaves out what is outside the square or not a number', () => {
    const points = new Float32Array([9, 9, Number.NaN, 0, 0, -40]);
    expect(densityGrid(points, 3, square, 32, 0.1).maximum).toBe(0);
  });

  it('narrows with more points and never hides the shape', () => {
    expect(bandwidth(4000, 1.4)).toBeLessThan(bandwidth(1000, 1.4));
    for (const n of [0, 1, 50, 4000]) expect(bandwidth(n, 1.4)).toBeLessThanOrEqual(0.12 * 1.4);
  });

  it('measures spread as the root of the mean variance', () => {
    expect(spread(new Float32Array([1, 0, -1, 0, 0, 1, 0, -1]), 4)).toBeCloseTo(Math.sqrt(0.5));
    expect(spread(new Float32Array([5, 5]), 1)).toBe(1);
  });
});
