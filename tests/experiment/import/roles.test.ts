import { describe, expect, it } from 'vitest';
import { openText } from './files.ts';

describe('the time of each row', () => {
  const rows = (step: (i: number) => number) =>
    Array.from({ length: 40 }, (_, i) => `${step(i)},${Math.cos(i)},${Math.sin(2 * i)}`);

  it.each(['time', 'timestamp', 'epoch', 'unix_time', 'Time (s)', 'event_time'])('(%s) is not x', (name) => {
    for (const step of [
      (i: number) => 1_700_000_000 + 60 * i,
      (i: number) => 0.25 * i,
      (i: number) => i * i,
    ]) {
      const { roles } = openText([`${name},a,b`, ...rows(step)].join('\n'));
      expect(roles).toEqual({ x: 1, y: 2, class: null });
    }
  });

  it('is x where there is one other column of numbers, or its name says nothing of time', () => {
    const two = Array.from({ length: 40 }, (_, i) => `${60 * i},${Math.cos(i)}`);
    expect(openText(['time,a', ...two].join('\n')).roles).toMatchObject({ x: 0, y: 1 });
    expect(openText(['height,a,b', ...rows((i) => 60 * i)].join('\n')).roles).toMatchObject({ x: 0, y: 1 });
    expect(openText(['time,a,b', ...rows((i) => (i * 7) % 40)].join('\n')).roles).toMatchObject({
      x: 0,
      y: 1,
    });
  });
});
