import { describe, expect, it } from 'vitest';
import { densityRamp, fieldRamp, mixHex, parseHex } from '../../src/canvas/colour.ts';

/** Relative luminance of an entry of a ramp laid over a background. */
function luminance(ramp: Uint8ClampedArray, entry: number, background: string): number {
  const ground = parseHex(background);
  const alpha = ramp[4 * entry + 3]! / 255;
  const linear = (byte: number): number => (byte / 255) ** 2.2;
  const [red, green, blue] = [0, 1, 2].map((c) =>
    linear(alpha * ramp[4 * entry + c]! + (1 - alpha) * ground[c]!),
  ) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe('colours', () => {
  it('reads short and long hexadecimal notation, and refuses what is not one', () => {
    expect(parseHex('#1f66d1')).toEqual([31, 102, 209]);
    expect(parseHex('#f80')).toEqual([255, 136, 0]);
    expect(() => parseHex('blue-ish')).toThrow(/not a hexadecimal colour/);
  });

  it('mixes from one end to the other', () => {
    expect(mixHex('#1f66d1', '#d9660a', 0)).toBe('#1f66d1');
    expect(mixHex('#1f66d1', '#d9660a', 1)).toBe('#d9660a');
  });

  it.each([
    ['light samples', '#d9660a', '#fcfcfe', false, -1],
    ['light data', '#1f66d1', '#fcfcfe', false, -1],
    ['dark samples', '#ff9d4a', '#10151f', true, 1],
    ['dark data', '#6ba6ff', '#10151f', true, 1],
  ] as const)('density ramp for %s moves one way in lightness', (_, ink, background, dark, sign) => {
    const ramp = densityRamp(ink, background, dark);
    for (let k = 1; k < 256; k++) {
      const change = luminance(ramp, k, background) - luminance(ramp, k - 1, background);
      expect(sign * change).toBeGreaterThan(-0.004);
    }
  });

  it.each(['score', 'error'] as const)('%s ramp brightens all the way', (kind) => {
    const ramp = fieldRamp(kind);
    for (let k = 8; k < 256; k += 8) {
      expect(luminance(ramp, k, '#000000')).toBeGreaterThan(luminance(ramp, k - 8, '#000000') - 0.002);
    }
  });
});
