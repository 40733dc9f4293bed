import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawnSchedule } from '../../src/core/schedules/drawn.ts';
import { controlPoints, curveCodec, curveOf, MAX_CURVE_POINTS } from '../../src/experiment/curveCodec.ts';
import { ConfigError } from '../../src/experiment/errors.ts';
import { FIELDS } from '../../src/experiment/fields.ts';
import { fieldValues } from './arbitraries.ts';

const fallback = FIELDS.drawnSchedule.default;

it('any valid curve can be drawn, and comes back from its control points and from a link', () => {
  fc.assert(
    fc.property(fieldValues('drawnSchedule'), (curve) => {
      expect(curveOf(controlPoints(curve))).toEqual(curve);
      expect(drawnSchedule(controlPoints(curve), 'alpha-bar').betas(50).every(Number.isFinite)).toBe(true);
      expect(curveCodec.parse(curveCodec.format(curve), 'Curve', [])).toEqual({ value: curve, warnings: [] });
    }),
  );
});

it('is short in a link', () => {
  expect(curveCodec.format(fallback)).toBe('300_900_500_500_700_100_1000_1');
});

describe('a link that is not a falling curve', () => {
  it('becomes one near it, whatever it says, and the page says so once', () => {
    const anyLevels = fc.array(fc.integer({ min: 0, max: 9999 }), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(anyLevels, (levels) => {
        const { value, warnings } = curveCodec.parse(levels.join('_'), 'Curve', fallback);
        expect(curveCodec.check(value, 'curve')).toEqual(value);
        expect(warnings.length).toBe(curveCodec.format(value) === levels.join('_') ? 0 : 1);
      }),
    );
  });

  it.each([
    ['500_400_200_800', [0.2, 0.8, 0.5, 0.4, 1, 0.001]],
    ['500_400_1000_600', [0.5, 0.4, 1, 0.399]],
    ['500_0_1000_0', [0.5, 0.002, 1, 0.001]],
    ['500_400_1000', [0.5, 0.4, 1, 0.001]],
    ['500_400_500_300_1000_100', [0.5, 0.4, 1, 0.1]],
  ])('%s', (text, value) => {
    expect(curveCodec.parse(text, 'Curve', fallback).value).toEqual(value);
  });

  it.each(['', 'abc', '500', '5_x', '-1_3', '12345_1'])('%s gives way to the default', (text) => {
    const { value, warnings } = curveCodec.parse(text, 'Curve', fallback);
    expect(value).toEqual(fallback);
    expect(warnings).toEqual(['Curve in the link cannot be read; using the default curve.']);
  });
});

it.each([
  ['0.5', /is not a list/],
  [[], /has 0 numbers/],
  [[0.5, 0.5, 1], /has 3 numbers/],
  [Array.from({ length: 2 * MAX_CURVE_POINTS + 2 }, () => 0.5), /has 22 numbers/],
  [[0.5, Number.NaN, 1, 0.1], /curve\[1\] = NaN is not a number from 0.001 to 1/],
  [[0.5, 0.5, 1, 0], /curve\[3\] = 0 is not a number from 0.001 to 1/],
  [[0.5, 0.5, 0.4, 0.3, 1, 0.1], /curve\[2\] = 0.4 does not come after/],
  [[0.5, 0.5, 0.7, 0.5, 1, 0.1], /curve\[3\] = 0.5 is not below/],
  [[0.5, 1, 1, 0.1], /curve\[1\] = 1 is not below/],
  [[0.5, 0.5], /curve\[0\] = 0.5 is not the end, 1/],
])('refuses %j from a program', (value, message) => {
  expect(() => curveCodec.check(value, 'curve')).toThrow(ConfigError);
  expect(() => curveCodec.check(value, 'curve')).toThrow(message);
});
