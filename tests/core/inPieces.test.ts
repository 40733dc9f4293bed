import { describe, expect, it } from 'vitest';
import { allAtOnce, shared } from '../../src/core/inPieces.ts';

function* countTo(n: number, steps: number[]): Generator<number, string, void> {
  for (let k = 1; k <= n; k++) {
    steps.push(k);
    yield k;
  }
  return 'done';
}

describe('a computation for everyone who asks', () => {
  it('is carried on by whoever comes next, and done once', () => {
    const steps: number[] = [];
    const ask = shared(countTo(4, steps));
    const [one, other] = [ask(), ask()];
    expect([one.next(), other.next(), one.next()].map(({ value }) => value)).toEqual([1, 2, 3]);
    expect([allAtOnce(other), allAtOnce(one), allAtOnce(ask())]).toEqual(['done', 'done', 'done']);
    expect(steps).toEqual([1, 2, 3, 4]);
  });

  it('goes on for the others when one gives up', () => {
    const ask = shared(countTo(3, []));
    const one = ask();
    one.next();
    one.return('left');
    expect(allAtOnce(ask())).toBe('done');
  });

  it('fails for everyone, whenever they ask', () => {
    const ask = shared(
      // biome-ignore lint/correctness/useYield: it fails at once.
      (function* (): Generator<number, string, void> {
        throw new RangeError('no');
      })(),
    );
    const other = ask();
    expect(() => ask().next()).toThrow('no');
    expect(() => other.next()).toThrow('no');
    expect(() => ask().next()).toThrow('no');
  });
});
