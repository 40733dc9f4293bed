import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { datasets } from '../../src/core/datasets/index.ts';
import { type Moment, nowText } from '../../src/pages/nowText.ts';

const trained = { source: 'own', step: 9000, works: true } as const;
const moment: Moment = {
  time: 0.18,
  direction: 'reverse',
  signal: 0.6,
  shape: 'the spiral',
  samples: true,
  model: trained,
};

describe('the sentence of the moment', () => {
  it('says what is seen on the way to the noise', () => {
    const forward = { ...moment, direction: 'forward' } as const;
    expect(nowText({ ...forward, time: 0, signal: 1 })).toBe(
      'These are the data. Now noise is added to every point, a little at a time.',
    );
    expect(nowText(forward)).toBe(
      't = 0.18: the outline of the spiral dissolves: 60 % of the variance is still data.',
    );
    expect(nowText({ ...forward, time: 1, signal: 0 })).toContain('Now the way back');
  });

  it('says what is seen on the way back', () => {
    expect(nowText(moment)).toBe(
      't = 0.18: the network has removed most noise: the outline of the spiral appears.',
    );
    expect(nowText({ ...moment, model: null })).toContain('the exact answer has removed');
    expect(nowText({ ...moment, time: 0, signal: 1 })).toContain('Done: new points');
  });

  it('does not praise a network that has learned nothing', () => {
    const young = { ...moment, model: { source: 'own', step: 30, works: false } } as const;
    expect(nowText(young)).toContain('after 30 training steps the network does not know yet');
    expect(nowText({ ...young, time: 0, signal: 1 })).not.toContain('Done');
  });

  it('says nothing of a young network that its samples refute', () => {
    const quick = { ...moment, model: { source: 'own', step: 218, works: true } } as const;
    expect(nowText(quick)).toContain('the outline of the spiral appears');
  });

  it('speaks of noising alone where no stage samples', () => {
    expect(nowText({ ...moment, samples: false })).toContain('dissolves');
  });

  it('is one line of plain words at every moment of every data set', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const shape = fc.constantFrom(...datasets.entries.map((entry) => entry.shape));
    const direction = fc.constantFrom('forward' as const, 'reverse' as const);
    fc.assert(
      fc.property(share, share, shape, direction, fc.boolean(), (time, signal, shape, direction, samples) => {
        const text = nowText({ ...moment, time, signal, shape, direction, samples });
        expect(text.length).toBeLessThan(95);
        expect(text).toMatch(/^[A-Zt][^\n]*\.$/);
        expect(text).not.toMatch(/NaN|undefined|Infinity/);
      }),
    );
  });
});
