import { expect, it } from 'vitest';
import { recentQuality, withQuality } from '../../src/store/qualityHistory.ts';
import { qualityOf } from './fakeEngine.ts';

const measured = (step: number, value: number, samples = 2000) => ({
  ...qualityOf('own', step),
  samples,
  strays: { value, error: 0.01, perfect: 0.01 },
});
const historyOf = (...events: ReturnType<typeof measured>[]) => events.reduce(withQuality, []);

it('replaces what fewer samples said of the same step', () => {
  const history = historyOf(measured(10, 0.5), measured(20, 0.4), measured(20, 0.3, 8000));
  expect(history.map(({ step, samples }) => [step, samples])).toEqual([
    [10, 2000],
    [20, 8000],
  ]);
});

it('stays bounded, and keeps its ends', () => {
  const history = historyOf(...Array.from({ length: 5000 }, (_, i) => measured(i + 1, 0.1)));
  expect(history.length).toBeLessThanOrEqual(1000);
  expect(history.at(-1)!.step).toBe(5000);
  expect(history[0]!.step).toBeLessThan(50);
});

it('pools the last nearly equal models, and says that this is surer', () => {
  const history = historyOf(measured(100, 0.9), measured(900, 0.2), measured(1000, 0.1));
  const { step, samples, strays } = recentQuality(history)!;
  expect([step, samples]).toEqual([1000, 4000]);
  expect(strays.value).toBeCloseTo(0.15, 12);
  expect(strays.error).toBeCloseTo(0.01 / Math.SQRT2, 12);
  expect(recentQuality([])).toBeNull();
});

it('takes weights that were measured often enough alone', () => {
  const history = historyOf(measured(950, 0.9), measured(1000, 0.1, 8000));
  expect(recentQuality(history)).toBe(history.at(-1));
});
