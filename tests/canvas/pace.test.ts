import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evenPace, paceBy, paceOf } from '../../src/canvas/pace.ts';
import { processes } from '../../src/core/processes/index.ts';
import { defaultConfig } from '../../src/experiment/fields.ts';
import { processOf } from '../../src/experiment/noise.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });

describe.each(processes.entries.map(({ id }) => id))('the pace of playback in %s', (process) => {
  const { kernel } = processOf({ ...defaultConfig, process });
  const logSnr = (time: number) => {
    const { alpha, sigma } = kernel(time);
    return 2 * Math.log(alpha / sigma);
  };
  const pace = paceOf(logSnr);

  it('goes from end to end and never back', () => {
    expect([pace.timeAt(0), pace.timeAt(1)]).toEqual([0, 1]);
    fc.assert(
      fc.property(share, share, (a, b) => {
        expect(Math.sign(pace.timeAt(b) - pace.timeAt(a)) * Math.sign(b - a)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('is undone by its inverse', () => {
    fc.assert(
      fc.property(share, (progress) => {
        expect(pace.progressAt(pace.timeAt(progress))).toBeCloseTo(progress, 6);
      }),
    );
  });

  it('gives the times at which the data can be seen half of the way or more', () => {
    // Half of the variance is noise.
    const blurred = [...Array(1001).keys()].map((k) => k / 1000).find((time) => logSnr(time) < 0) ?? 1;
    expect(pace.progressAt(blurred)).toBeGreaterThan(0.4);
  });
});

describe('a pace without noise to go by', () => {
  it('is even', () => {
    expect(paceOf(() => 3)).toBe(evenPace);
  });
});

it('what falls at once or not at all is played too', () => {
  const early = paceBy((time) => Math.max(0, 1 - 10 * time));
  // All of it is gone at t = 0.1, which takes nearly all of the time to come to.
  expect(early.timeAt(0.5)).toBeLessThan(0.1);
  expect(early.timeAt(0.9)).toBeGreaterThan(0.1);
  expect(paceBy(() => 1).timeAt(0.3)).toBe(0.3);
});
