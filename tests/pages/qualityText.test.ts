import { expect, it } from 'vitest';
import {
  distanceText,
  onTheData,
  percentText,
  stageQualityText,
  targetText,
  timesErrorText,
  timesText,
} from '../../src/pages/qualityText.ts';

const measured = (value: number, error: number, perfect = 0.01) => ({ value, error, perfect });

it('does not hold few samples against true draws, which more could turn round', () => {
  const near = { strays: measured(0.012, 0.005), slicedW2: measured(0.1, 0.01, 0.1) };
  const far = { strays: measured(0.012, 0.005), slicedW2: measured(0.5, 0.01, 0.1) };
  const said = (of: typeof near, samples: number) =>
    Object.values(stageQualityText({ samples, ...of })).join();
  for (const of of [near, far]) expect(said(of, 500)).not.toMatch(/true draws|×/);
  expect(said(near, 2000)).toContain('as good as true draws');
  expect(said(far, 2000)).toContain('5.0×');
});

it('says a share with its error, with as many digits as that leaves', () => {
  expect(percentText(onTheData(measured(0.0134, 0.0021)))).toBe('98.7 ± 0.2 %');
  expect(percentText(onTheData(measured(0.4, 0.011)))).toBe('60 ± 1 %');
  expect(percentText(onTheData(measured(1, 0.0004)))).toBe('0.0 ± 0.0 %');
});

it('says how far the samples are, however far', () => {
  expect(timesText(measured(0.12, 0.01, 0.1))).toBe('1.2×');
  expect(timesErrorText(measured(0.12, 0.01, 0.1))).toBe(' ± 0.1');
  expect(timesErrorText(measured(30, 25, 0.1))).toBe(' ± 250');
  // Beside “> 999×” it would say nothing.
  expect(timesErrorText(measured(3e5, 3e4, 0.1))).toBe('');
  expect(timesErrorText(measured(Number.NaN, Number.NaN, 0.1))).toBe('');
  expect(timesText(measured(12.34, 0.01, 0.1))).toBe('123×');
  for (const value of [3.7e30, Number.POSITIVE_INFINITY, Number.NaN]) {
    expect(timesText(measured(value, 0.01, 0.1))).toBe('> 999×');
    expect(distanceText(measured(value, 0.01))).toBe('very far');
  }
  expect(distanceText(measured(0.0812, 0.0051))).toBe('0.081 ± 0.005');
});

it('says how far samples are from a condition’s target, and never nearer than exact draws', () => {
  expect(targetText(measured(0.13, 0.004, 0.1))).toEqual({
    full: '1.3× ± 0.0 as far from the target as exact draws',
    short: '1.3× ± 0.0 off target',
    least: '1.3×',
  });
  expect(targetText(measured(0.05, 0.004, 0.1)).short).toBe('as exact draws');
  expect(targetText(measured(0.13, 0.02, 0.1)).short).toBe('as exact draws');
});
