import { describe, expect, it } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import type { Rng } from '../../../src/core/types.ts';
import { openText, sampleOf } from './files.ts';

type Draw = (rng: Rng, i: number) => readonly [number, number];
const both =
  (one: (rng: Rng) => number): Draw =>
  (rng) => [one(rng), one(rng)];
const exponential = (rng: Rng) => -Math.log(1 - rng.uniform());

const open = (draw: Draw, n: number, seed: number, choices = {}) => {
  const rng = createRng(seed);
  const rows = Array.from({ length: n }, (_, i) => draw(rng, i).join(','));
  return openText(`x,y\n${rows.join('\n')}`, 'a.csv', choices);
};

const PLAIN: Readonly<Record<string, Draw>> = {
  uniform: both((rng) => rng.uniform()),
  normal: both((rng) => rng.normal()),
  exponential: both(exponential),
  'two clusters of 90 and 10 %': (rng, i) => [(i % 10 ? -2 : 2) + 0.3 * rng.normal(), 0.3 * rng.normal()],
  'two narrow clusters': (rng, i) => [(i % 10 ? -2 : 2) + 0.01 * rng.normal(), 0.01 * rng.normal()],
  ring: (rng) => {
    const angle = 2 * Math.PI * rng.uniform();
    return [Math.cos(angle) + 0.05 * rng.normal(), Math.sin(angle) + 0.05 * rng.normal()];
  },
  'whole numbers': (rng, i) => [i % 7, Math.floor(5 * rng.uniform())],
  'nearly one value': (rng, i) => [i % 20 ? 0 : 1, rng.normal()],
};
const HEAVY: Readonly<Record<string, Draw>> = {
  Cauchy: both((rng) => rng.normal() / rng.normal()),
  't with 2 degrees of freedom': both((rng) => rng.normal() / Math.sqrt(exponential(rng))),
  'lognormal of σ = 1.5': both((rng) => Math.exp(1.5 * rng.normal())),
};

describe('far points', () => {
  it.each(Object.keys(PLAIN))('are not seen in a table that is %s', (name) => {
    for (const [n, seed] of [
      [60, 1],
      [300, 2],
      [1500, 3],
      [1500, 4],
      [5000, 5],
    ] as const) {
      expect(open(PLAIN[name]!, n, seed).outside).toBe(0);
    }
  });

  it.each([1e10, 1e40, -1e300])(
    'beside which nothing could be learned are left out (%s), unless a person wants them',
    (far) => {
      const draw: Draw = (rng, i) => (i === 20 ? [far, far] : [rng.normal(), rng.normal()]);
      const opened = open(draw, 50, 1);
      expect(opened.clipped).toBe(true);
      expect(sampleOf(opened).points.every((value) => Math.abs(value) < 8)).toBe(true);
      expect(sampleOf(opened).notes.join(' ')).toMatch(/Left out \d points? far from the rest/);
      const kept = open(draw, 50, 1, { clip: false });
      expect(kept.clipped).toBe(false);
      expect(sampleOf(kept).points).toHaveLength(100);
    },
  );

  it.each(Object.keys(HEAVY))('of a %s are counted, and can be left out', (name) => {
    for (const seed of [1, 2, 3, 4]) {
      const opened = open(HEAVY[name]!, 1500, seed);
      expect(opened.outside).toBeGreaterThan(7);
      expect(opened.outside).toBeLessThan(0.1 * 1500);
      const note = `${opened.outside} of 1,500 points are outside, and can be left out.`;
      expect(sampleOf(opened).notes.join(' ')).toContain(note);
      const { points, notes } = sampleOf(open(HEAVY[name]!, 1500, seed, { clip: true }));
      expect(points).toHaveLength(2 * (1500 - opened.outside));
      expect(Math.max(...points.map(Math.abs))).toBeLessThan(8);
      expect(notes.join(' ')).toContain(`Left out ${opened.outside} points far from the rest`);
    }
  });

  it('of a short table, each with a value of its own, are left outside', () => {
    const draw: Draw = (rng, i) => [i < 3 ? -9000 - 500 * i : rng.normal(), rng.normal()];
    const opened = open(draw, 60, 1);
    expect(opened.outside).toBe(3);
    expect(sampleOf(opened).points.filter((value) => Math.abs(value) < 8)).toHaveLength(2 * 60 - 3);
  });
});

describe('a value that stands for missing numbers', () => {
  it.each([-9999, 999, -99])('is named and counted, and its rows can be left out: %d', (code) => {
    const draw: Draw = (rng, i) => [i % 20 === 7 ? code : rng.normal(), rng.normal()];
    const opened = open(draw, 60, 1);
    expect(opened.outside).toBe(3);
    expect(sampleOf(opened).notes).toContain(
      `x is ${code} in 3 rows, far from everything else: it may stand for a missing number.`,
    );
    expect(sampleOf(opened).notes.join(' ')).not.toContain('on its own');
    const xs = sampleOf(opened).points.filter((value, i) => i % 2 === 0 && Math.abs(value) < 8);
    expect(new Set(xs).size).toBe(57);
    const clipped = sampleOf(open(draw, 60, 1, { clip: true }));
    expect(clipped.points).toHaveLength(2 * 57);
    expect(Math.max(...clipped.points.map(Math.abs))).toBeLessThan(8);
  });

  it('is seen at both ends and in both columns, and in many rows', () => {
    const draw: Draw = (rng, i) => [i % 5 ? rng.normal() : i % 2 ? -9999 : 9999, i % 4 ? rng.normal() : -99];
    expect(sampleOf(open(draw, 200, 1)).notes.filter((note) => note.includes('missing number'))).toHaveLength(
      3,
    );
  });
});
