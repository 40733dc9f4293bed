import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sliderScale } from '../../src/ui/sliderScale.ts';

const positions = (scale: ReturnType<typeof sliderScale>) => {
  const n = Math.round((scale.trackMax - scale.trackMin) / scale.trackStep);
  return Array.from({ length: n + 1 }, (_, i) => scale.trackMin + i * scale.trackStep);
};

describe('sliderScale', () => {
  it('puts linear values on exact decimal steps', () => {
    const scale = sliderScale(0, 1, 'linear', 0.1);
    expect(positions(scale).map(scale.fromTrack)).toEqual([
      0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1,
    ]);
  });

  it('reaches both ends of a logarithmic range through tidy, increasing values', () => {
    const scale = sliderScale(1e-4, 0.1, 'log');
    const values = positions(scale).map(scale.fromTrack);
    expect(values[0]).toBe(1e-4);
    expect(values.at(-1)).toBe(0.1);
    expect(values).toContain(0.001);
    for (const [i, value] of values.entries()) {
      expect(Number(value.toPrecision(2))).toBe(value);
      if (i > 0) expect(value / values[i - 1]!).toBeGreaterThan(1);
      if (i > 0) expect(value / values[i - 1]!).toBeLessThan(1.25);
    }
  });

  it('gives whole numbers on log-integers, each once', () => {
    const scale = sliderScale(1, 1000, 'log-integers');
    const values = positions(scale).map(scale.fromTrack);
    expect(values.every(Number.isInteger)).toBe(true);
    expect(new Set(values).size).toBe(values.length);
    expect(values.slice(0, 4)).toEqual([1, 2, 3, 4]);
  });

  it('keeps the order of any two values and stays on the track', () => {
    const kinds = fc.constantFrom('linear', 'integers', 'log', 'log-integers');
    fc.assert(
      fc.property(
        kinds,
        fc.double({ min: -5, max: 2e4, noNaN: true }),
        fc.double({ min: -5, max: 2e4, noNaN: true }),
        (kind, a, b) => {
          const scale = sliderScale(10, 1000, kind, 5);
          const [low, high] = [scale.toTrack(Math.min(a, b)), scale.toTrack(Math.max(a, b))];
          expect(low).toBeLessThanOrEqual(high);
          expect(low).toBeGreaterThanOrEqual(scale.trackMin);
          expect(high).toBeLessThanOrEqual(scale.trackMax);
          expect(scale.fromTrack(low)).toBeLessThanOrEqual(scale.fromTrack(high));
        },
      ),
    );
  });

  it('comes back from a stop to the same stop', () => {
    for (const kind of ['linear', 'integers', 'log', 'log-integers'] as const) {
      const scale = sliderScale(10, 1000, kind, 5);
      for (const position of positions(scale)) {
        const value = scale.fromTrack(position);
        expect(scale.fromTrack(scale.toTrack(value))).toBe(value);
      }
    }
  });

  it('refuses ranges that are none', () => {
    expect(() => sliderScale(1, 1, 'linear')).toThrow(RangeError);
    expect(() => sliderScale(0, 1, 'log')).toThrow(RangeError);
  });
});
