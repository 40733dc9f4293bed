import fc from 'fast-check';
import { expect, it } from 'vitest';
import { distanceWords, stageQualityText, timesText } from '../../src/pages/qualityText.ts';
import { isLikeTruth } from '../../src/store/likeTruth.ts';

const measured = fc.record({
  value: fc.double({ min: 0, max: 10, noNaN: true }),
  error: fc.double({ min: 0, max: 1, noNaN: true }),
  perfect: fc.double({ min: 1e-3, max: 1, noNaN: true }),
});

it('what is within two standard errors of true draws, or better, is as good as they are', () => {
  expect(isLikeTruth({ value: 0.8, error: 0.1, perfect: 1 })).toBe(true);
  expect(isLikeTruth({ value: 1.19, error: 0.1, perfect: 1 })).toBe(true);
  expect(isLikeTruth({ value: 1.21, error: 0.1, perfect: 1 })).toBe(false);
  expect(isLikeTruth({ value: Number.NaN, error: 0.1, perfect: 1 })).toBe(false);
  expect(isLikeTruth({ value: Number.POSITIVE_INFINITY, error: 0.1, perfect: 1 })).toBe(false);
});

it('nothing is ever said to be better than perfect, nor once as far as perfect', () => {
  fc.assert(
    fc.property(measured, measured, (slicedW2, strays) => {
      expect(timesText(slicedW2)).not.toMatch(/^0/);
      const { full, short } = stageQualityText({ samples: 4000, strays, slicedW2 });
      for (const text of [distanceWords(slicedW2), full, short]) expect(text).not.toMatch(/\b(0\.\d|1\.0)×/);
    }),
  );
});
