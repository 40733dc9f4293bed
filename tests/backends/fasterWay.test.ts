import { describe, expect, it } from 'vitest';
import { fasterWay } from '../../src/backends/simd/fasterWay.ts';

/** The share of so many times that two threads did it, each way taking what it takes at that time. */
function shareTogether(times: number, ms: (together: boolean, time: number) => number): number {
  const ways = fasterWay();
  let count = 0;
  for (let time = 0; time < times; time++) {
    const together = ways.together();
    if (together) count += 1;
    ways.took(ms(together, time));
  }
  return count / times;
}

describe('the faster way', () => {
  it('is together where that takes less', () => {
    expect(shareTogether(4000, (together) => (together ? 0.6 : 1))).toBeGreaterThan(0.9);
  });

  it('is alone where two threads get in the way of each other', () => {
    expect(shareTogether(4000, (together) => (together ? 1.1 : 1))).toBeLessThan(0.1);
  });

  it('is found again when it changes', () => {
    const later = (together: boolean, time: number) => (together === time < 2000 ? 0.6 : 1);
    let lateTogether = 0;
    shareTogether(6000, (together, time) => {
      if (together && time >= 4000) lateTogether += 1;
      return later(together, time);
    });
    expect(lateTogether / 2000).toBeLessThan(0.1);
  });

  it('is not judged by the first of a run, when a thread may still sleep', () => {
    let before = false;
    const share = shareTogether(4000, (together) => {
      const first = together && !before;
      before = together;
      return first ? 50 : together ? 0.6 : 1;
    });
    expect(share).toBeGreaterThan(0.9);
  });
});
