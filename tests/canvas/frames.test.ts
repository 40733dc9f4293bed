import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bracketAt, chosenIndices, nfeAt, positionAt, soFarAt, stepWords } from '../../src/canvas/frames.ts';
import { lines } from './fixtures.ts';

describe('frames between which a time lies', () => {
  it('finds the same position from recordings of either direction', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 2, max: 40 }),
        (t, nFrames) => {
          for (const direction of ['forward', 'reverse'] as const) {
            const [x, y] = positionAt(lines(direction, nFrames), 1, t);
            expect(x).toBeCloseTo(2 * t - 1, 5);
            expect(y).toBeCloseTo(-t, 5);
          }
        },
      ),
    );
  });

  it('holds the nearest end outside the recorded times, as in a growing recording', () => {
    const growing = new Float32Array([1, 0.75, 0.5]);
    expect(bracketAt(growing, 0.1).after).toBe(2);
    expect(bracketAt(growing, 0.1).weight + bracketAt(growing, 0.1).before).toBeCloseTo(2);
    expect(bracketAt(growing, 2)).toEqual({ before: 0, after: 1, weight: 0 });
    expect(bracketAt(new Float32Array([1]), 0.3)).toEqual({ before: 0, after: 0, weight: 0 });
  });

  it('counts the evaluations that were needed to arrive, also where float32 rounds the frame time', () => {
    const trajectory = lines('reverse', 11);
    expect(nfeAt(trajectory, 1)).toBe(0);
    expect(nfeAt(trajectory, 0.7)).toBe(15);
    expect(nfeAt(trajectory, 0.69)).toBe(15);
    expect(nfeAt(trajectory, 0)).toBe(50);
  });

  it('says time and evaluations, and no evaluations where there are none', () => {
    expect(stepWords(lines('reverse'), 0.5)).toEqual(['t = 0.50', 'NFE 10 / 20']);
    expect(stepWords(lines('forward'), 0.5)).toEqual(['t = 0.50']);
    expect(stepWords(null, 1)).toEqual(['t = 1.00']);
  });

  it('says how far a recording has come that is still being made', () => {
    const whole = lines('reverse', 11);
    const growing = { ...whole, times: whole.times.slice(0, 6), nfe: whole.nfe.slice(0, 6) };
    expect(soFarAt(growing, 0.2)).toBeCloseTo(0.5);
    expect(stepWords(growing, 0.2)).toEqual(['computing, t = 0.50']);
    expect(stepWords(growing, 0.2, 0.3)).toEqual([`computing, step ${growing.nfe.at(-1)}`]);
    for (const t of [0.5, 0.7, 1]) expect(soFarAt(growing, t)).toBeNull();
    for (const t of [0, 0.5, 1]) {
      for (const direction of ['forward', 'reverse'] as const) {
        expect(soFarAt(lines(direction, 11), t)).toBeNull();
      }
    }
  });

  it('counts steps where t stays', () => {
    expect(stepWords(lines('reverse'), 0.5, 0.3)).toEqual(['step 10 of 20', 'at t = 0.3']);
    expect(stepWords(null, 1, 0.3)).toEqual(['at t = 0.3']);
  });

  it('chooses distinct, evenly spread particles', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 1, max: 60 }), (n, count) => {
        const chosen = chosenIndices(n, count);
        expect(new Set(chosen).size).toBe(Math.min(n, count));
        for (const i of chosen) expect(i >= 0 && i < n).toBe(true);
      }),
    );
  });
});
