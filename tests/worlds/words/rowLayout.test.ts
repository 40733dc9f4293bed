import { describe, expect, it } from 'vitest';
import { layRows, placeChips } from '../../../src/worlds/words/rowLayout.ts';

const chips = (...widths: number[]) => widths.map((width) => ({ width, begins: false }));
const sentence = chips(4, 5, 6, 4, 5, 6, 4, 5, 6, 4, 5);

describe('rows of words', () => {
  it('go on in a further line, set in, and never beyond the room', () => {
    const places = placeChips(sentence, 20);
    expect(places[0]).toEqual({ line: 0, x: 0 });
    places.forEach(({ line, x }, k) => {
      expect(x + sentence[k]!.width).toBeLessThanOrEqual(20);
      if (line > 0) expect(x).toBeGreaterThan(0);
    });
    expect(places.at(-1)!.line).toBeGreaterThan(1);
  });

  it('break before an answer only where source and answer do not fit in one line', () => {
    const pair = [...chips(4, 4), { width: 2, begins: true }, ...chips(4)];
    expect(placeChips(pair, 14).map(({ line }) => line)).toEqual([0, 0, 0, 0]);
    expect(placeChips(pair, 13).map(({ line }) => line)).toEqual([0, 0, 1, 1]);
  });

  it('are never smaller than 11 px: fewer are shown where there is no room', () => {
    const frames = [Array.from({ length: 16 }, () => sentence)];
    for (const width of [120, 170, 320, 600])
      for (const height of [170, 320, 600]) {
        const { font, lineHeight, lines } = layRows(frames, { width, height });
        expect(font).toBeGreaterThanOrEqual(11);
        expect(lines.length).toBeGreaterThan(0);
        const needed = lineHeight * lines.reduce((sum, one) => sum + one, 0);
        expect(needed).toBeLessThanOrEqual(height + 1e-6);
      }
    expect(layRows(frames, { width: 170, height: 170 }).lines.length).toBeLessThan(16);
    expect(layRows(frames, { width: 600, height: 600 }).lines).toEqual(new Array(16).fill(1));
  });

  it('have room for their longest frame, so that none moves in time', () => {
    const short = chips(4, 5);
    const { lines } = layRows(
      [
        [short, short],
        [sentence, short],
      ],
      { width: 170, height: 170 },
    );
    expect(lines[0]!).toBeGreaterThan(1);
    expect(lines[1]).toBe(1);
  });
});
