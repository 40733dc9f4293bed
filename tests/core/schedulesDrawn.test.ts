import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainTables } from '../../src/core/chain.ts';
import { discreteChain } from '../../src/core/processes/discreteChain.ts';
import { type ControlPoint, type DrawnAxis, drawnSchedule } from '../../src/core/schedules/drawn.ts';
import { monotoneSpline } from '../../src/core/schedules/monotoneSpline.ts';
import { expectClose } from './golden.ts';

const positive = fc.double({ min: 0.01, max: 1, noNaN: true });
const steps = fc.array(fc.tuple(positive, positive), { minLength: 1, maxLength: 9 });

/** Points from (0,0) to (1,1), both coordinates strictly increasing. */
const staircase = steps.map((pairs) => {
  const total = pairs.reduce(([x, y], [dx, dy]) => [x + dx, y + dy], [0, 0]);
  const points: [number, number][] = [[0, 0]];
  let [x, y] = [0, 0];
  for (const [dx, dy] of pairs) {
    x += dx;
    y += dy;
    points.push([x / total[0]!, y / total[1]!]);
  }
  points[points.length - 1] = [1, 1];
  return points;
});

describe('monotone spline', () => {
  it('goes through its points, never falls, and its slope is the derivative', () => {
    fc.assert(
      fc.property(staircase, (points) => {
        const spline = monotoneSpline(
          points.map(([x]) => x),
          points.map(([, y]) => y),
        );
        for (const [x, y] of points) expectClose([spline.value(x)], [y], { absolute: 1e-15 });
        let previous = -1;
        for (let i = 0; i <= 400; i++) {
          const value = spline.value(i / 400);
          expect(value >= previous - 1e-15).toBe(true);
          expect(spline.slope(i / 400) >= -1e-9).toBe(true);
          previous = value;
        }
        // Between two points: at one the second derivative jumps.
        const h = 1e-8;
        const between = [0.1, 0.37, 0.5, 0.93].filter((x) =>
          points.every(([knot]) => Math.abs(x - knot) > h),
        );
        for (const x of between) {
          const numeric = (spline.value(x + h) - spline.value(x - h)) / (2 * h);
          expectClose([spline.slope(x)], [numeric], { relative: 1e-3, absolute: 1e-3 });
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is the straight line through points on one, and a parabola’s chord rule in between', () => {
    const line = monotoneSpline([0, 0.2, 0.5, 1], [1, 0.8, 0.5, 0]);
    for (const x of [0, 0.11, 0.4, 0.99, 1]) expectClose([line.value(x)], [1 - x], { absolute: 1e-15 });
    // Secants 1 and 3: slopes 1, 2, 3 at the points, so the Hermite cubics are known.
    const bent = monotoneSpline([0, 1, 2], [0, 1, 4]);
    expectClose([bent.slope(0), bent.slope(1), bent.slope(2)], [1, 2, 3], { absolute: 1e-15 });
    expectClose([bent.value(0.5), bent.value(1.5)], [0.5 - 1 / 8, 2.5 - 1 / 8], { absolute: 1e-15 });
  });

  it('draws steep slopes into the circle of radius 3', () => {
    const spline = monotoneSpline([0, 1, 2], [0, 1, 101]);
    const [left, right] = [spline.slope(0), spline.slope(1)];
    expectClose([Math.hypot(left, right)], [3], { relative: 1e-12 });
  });

  it('is flat where its points turn', () => {
    const spline = monotoneSpline([0, 1, 2, 3], [0, 1, 0, 0]);
    expect([1, 2, 3].map(spline.slope)).toEqual([0, 0, 0]);
    expect(spline.value(2.5)).toBe(0);
  });

  it.each([
    [[0], [1], /at least 2 points/],
    [[0, 1], [1], /as many xs as ys, not 2 and 1/],
    [[0, 0], [1, 2], /xs must increase; 0 comes after 0/],
    [[0, Number.NaN], [1, 2], /finite numbers; point 2/],
  ])('refuses %j, %j', (xs, ys, message) => {
    expect(() => monotoneSpline(xs, ys)).toThrow(message);
  });

  it('refuses an x outside', () => {
    expect(() => monotoneSpline([0, 1], [0, 1]).value(1.1)).toThrow(/x must be a number from 0 to 1/);
  });
});

const drawing = (points: readonly [number, number][], axis: DrawnAxis): ControlPoint[] =>
  points.map(([t, y]) => ({ t, value: axis === 'alpha-bar' ? 1 - 0.9999 * y : -9 * y }));

describe.each(['alpha-bar', 'log-alpha-bar'] as const)('a schedule drawn on the axis of %s', (axis) => {
  it('gives a chain with the drawn ᾱ at every step', () => {
    fc.assert(
      fc.property(staircase, fc.integer({ min: 10, max: 1000 }), (points, nSteps) => {
        const schedule = drawnSchedule(drawing(points, axis), axis);
        const betas = schedule.betas(nSteps);
        const { alphasCumprod } = chainTables(betas);
        expect(alphasCumprod.every((value, i) => value > 0 && value < (alphasCumprod[i - 1] ?? 1))).toBe(
          true,
        );
        const clippedAt = betas.indexOf(0.999);
        const exact = clippedAt < 0 ? nSteps : clippedAt;
        const drawn = alphasCumprod.map((_, i) => schedule.alphaBar((i + 1) / nSteps));
        expectClose(alphasCumprod.slice(0, exact), drawn.slice(0, exact), { relative: 1e-10 });
        const { alpha, sigma } = discreteChain(betas).kernel(1);
        expect(alpha > 0 && sigma > 0).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('has the slope of ln ᾱ', () => {
    const schedule = drawnSchedule(
      drawing(
        [
          [0, 0],
          [0.3, 0.1],
          [0.8, 0.6],
          [1, 1],
        ],
        axis,
      ),
      axis,
    );
    const h = 1e-6;
    for (const t of [0.1, 0.5, 0.7, 0.9]) {
      const numeric = Math.log(schedule.alphaBar(t + h) / schedule.alphaBar(t - h)) / (2 * h);
      expectClose([schedule.logSlope(t)], [numeric], { relative: 1e-6 });
    }
  });

  it('starts at 1 and ends at the last point', () => {
    const schedule = drawnSchedule(
      drawing(
        [
          [0, 0],
          [1, 1],
        ],
        axis,
      ),
      axis,
    );
    const end = axis === 'alpha-bar' ? 1 - 0.9999 : Math.exp(-9);
    expect([schedule.alphaBar(0), schedule.alphaBar(1)]).toEqual([1, end]);
  });
});

it('two points on ln ᾱ are the constant schedule', () => {
  const schedule = drawnSchedule(
    [
      { t: 0, value: 0 },
      { t: 1, value: -5 },
    ],
    'log-alpha-bar',
  );
  expectClose(schedule.betas(40), new Float64Array(40).fill(-Math.expm1(-5 / 40)), { relative: 1e-12 });
});

const at = (...pairs: [number, number][]): ControlPoint[] => pairs.map(([t, value]) => ({ t, value }));

it.each([
  [at([0, 1]), 'alpha-bar', /at least 2 points, not 1/],
  [at([0, 0.9], [1, 0.1]), 'alpha-bar', /first point must be t = 0, ᾱ = 1, not \(0, 0.9\)/],
  [at([0, 1], [1, 0.1]), 'log-alpha-bar', /first point must be t = 0, ln ᾱ = 0/],
  [at([0, 1], [0.9, 0.1]), 'alpha-bar', /last point must be at t = 1, not 0.9/],
  [at([0, 1], [0.5, 0.4], [0.5, 0.3], [1, 0.1]), 'alpha-bar', /times must increase/],
  [at([0, 1], [0.5, 0.4], [1, 0.4]), 'alpha-bar', /ᾱ must fall from point to point; 0.4 comes after 0.4/],
  [at([0, 1], [1, 0]), 'alpha-bar', /stay above 0; it ends in 0/],
  [at([0, 0], [1, -1000]), 'log-alpha-bar', /stay above 0/],
  [at([0, 0], [1, Number.NaN]), 'log-alpha-bar', /must fall from point to point; NaN/],
  [at([0, 0], [1, -1]), 'snr' as DrawnAxis, /axis must be 'alpha-bar' or 'log-alpha-bar', not 'snr'/],
] as [ControlPoint[], DrawnAxis, RegExp][])('refuses %j on %s', (points, axis, message) => {
  expect(() => drawnSchedule(points, axis)).toThrow(message);
});
