import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arraySpace } from '../../src/core/arraySpace.ts';
import { registry } from '../../src/core/registry.ts';
import { createRng } from '../../src/core/rng.ts';
import type { Rng } from '../../src/core/types.ts';

const draws = (rng: Rng, n: number) => Array.from({ length: n }, () => rng.uniform());
const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;

function correlation(a: readonly number[], b: readonly number[]): number {
  const [ma, mb] = [mean(a), mean(b)];
  const covariance = mean(a.map((v, i) => (v - ma) * (b[i]! - mb)));
  return covariance / Math.sqrt(mean(a.map((v) => (v - ma) ** 2)) * mean(b.map((v) => (v - mb) ** 2)));
}

describe('rng', () => {
  it('repeats itself for equal seeds, and differs for neighbouring ones', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        expect(draws(createRng(seed), 5)).toEqual(draws(createRng(seed), 5));
        expect(draws(createRng(seed), 5)).not.toEqual(draws(createRng(seed + 1), 5));
      }),
    );
  });

  it('is uniform: 64 cells, pairs of neighbours, and every bit', () => {
    const n = 256_000;
    const values = draws(createRng(11), n);
    const cells = new Float64Array(64);
    const pairs = new Float64Array(64);
    let bits = 0;
    for (let i = 0; i < n; i++) {
      cells[Math.floor(values[i]! * 64)]! += 1;
      if (i > 0) pairs[8 * Math.floor(values[i - 1]! * 8) + Math.floor(values[i]! * 8)]! += 1;
      bits += Math.floor(values[i]! * 2 ** 53) % 2;
    }
    const chiSquare = (counts: Float64Array) =>
      counts.reduce((sum, count) => sum + (count - n / 64) ** 2 / (n / 64), 0);
    // 63 degrees of freedom: 4.5 standard deviations of chi-square above its mean.
    expect(chiSquare(cells)).toBeLessThan(63 + 4.5 * Math.sqrt(126));
    expect(chiSquare(pairs)).toBeLessThan(63 + 4.5 * Math.sqrt(126));
    expect(Math.abs(bits / n - 0.5)).toBeLessThan(4.5 / (2 * Math.sqrt(n)));
  });

  it('has normals with the moments and the tails of a normal', () => {
    const rng = createRng(12);
    const n = 200_000;
    const values = Array.from({ length: n }, () => rng.normal());
    const moment = (k: number) => mean(values.map((v) => v ** k));
    expect(Math.abs(moment(1))).toBeLessThan(4.5 / Math.sqrt(n));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(4.5 * Math.sqrt(2 / n));
    expect(Math.abs(moment(3))).toBeLessThan(4.5 * Math.sqrt(15 / n));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(4.5 * Math.sqrt(96 / n));
    const beyond3 = values.filter((v) => Math.abs(v) > 3).length / n;
    expect(Math.abs(beyond3 - 0.0026998)).toBeLessThan(4.5 * Math.sqrt(0.0027 / n));
  });

  it('forks by path and key alone, whatever was drawn', () => {
    fc.assert(
      fc.property(fc.integer(), fc.oneof(fc.integer(), fc.string()), fc.nat(20), (seed, key, used) => {
        const rng = createRng(seed);
        draws(rng, used);
        expect(draws(rng.fork(key), 4)).toEqual(draws(createRng(seed).fork(key), 4));
      }),
    );
  });

  it('forks to unrelated streams', () => {
    const rng = createRng(5);
    const n = 20_000;
    const streams = [rng, rng.fork(0), rng.fork(1), rng.fork('1'), rng.fork(0).fork(1), rng.fork(1).fork(0)];
    const values = streams.map((stream) => draws(stream, n));
    for (let i = 0; i < values.length; i++) {
      for (let j = 0; j < i; j++) {
        expect(Math.abs(correlation(values[i]!, values[j]!))).toBeLessThan(4.5 / Math.sqrt(n));
      }
    }
  });

  it('the first draws of successive keys are uniform and unrelated', () => {
    const rng = createRng(8);
    const first = Array.from({ length: 20_000 }, (_, key) => rng.fork(key).uniform());
    expect(Math.abs(mean(first) - 0.5)).toBeLessThan(4.5 / Math.sqrt(12 * first.length));
    expect(Math.abs(correlation(first.slice(1), first.slice(0, -1)))).toBeLessThan(
      4.5 / Math.sqrt(first.length),
    );
  });

  it('draws every integer below n alike', () => {
    const rng = createRng(2);
    const counts = new Float64Array(7);
    for (let i = 0; i < 70_000; i++) counts[rng.integer(7)]! += 1;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(4.5 * 100);
  });

  it('refuses what it cannot use', () => {
    expect(() => createRng(Number.NaN)).toThrow(/seed must be a finite number/);
    expect(() => createRng(1).integer(0)).toThrow(/whole number from 1/);
  });
});

describe('arraySpace', () => {
  it('gives a particle the same noise however many there are', () => {
    const space = arraySpace(createRng(1));
    const few = space.gaussian(new Float64Array(10), 3);
    const many = space.gaussian(new Float64Array(40), 3);
    expect(many.subarray(0, 10)).toEqual(few);
    expect(space.gaussian(new Float64Array(10), 4)).not.toEqual(few);
  });

  it('combines linearly', () => {
    const space = arraySpace(createRng(1));
    const sum = space.combine([2, Float64Array.of(1, 2)], [-1, Float64Array.of(3, 5)]);
    expect(sum).toEqual(Float64Array.of(-1, -1));
    expect(() => space.combine()).toThrow(/at least one term/);
  });
});

describe('registry', () => {
  const fruit = registry('fruit', [{ id: 'apple' }, { id: 'pear' }]);

  it('finds entries, and lists what there is when it does not', () => {
    expect(fruit.get('pear').id).toBe('pear');
    expect(fruit.has('plum')).toBe(false);
    expect(() => fruit.get('plum')).toThrow("There is no fruit 'plum'; choose one of apple, pear.");
  });

  it('refuses two entries of one id', () => {
    expect(() => registry('fruit', [{ id: 'apple' }, { id: 'apple' }])).toThrow(/share an id/);
  });
});
