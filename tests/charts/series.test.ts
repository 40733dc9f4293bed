import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisEnd, domain, logRange, smooth, thin } from '../../src/charts/series.ts';
import { createRng } from '../../src/core/rng.ts';

const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 3000 });

describe('thinning', () => {
  it('keeps order, both ends and both extremes within the number allowed', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 4, max: 400 }), (y, most) => {
        const series = thin(
          y.map((_, i) => i),
          y,
          most,
        );
        expect(series.x.length).toBeLessThanOrEqual(most);
        expect(series.x[0]).toBe(0);
        expect(series.x[series.x.length - 1]).toBe(y.length - 1);
        expect(domain(series.y)).toEqual(domain(y));
        for (let k = 1; k < series.x.length; k++) expect(series.x[k]!).toBeGreaterThan(series.x[k - 1]!);
        expect(series.y).toEqual(series.x.map((i) => y[i]));
      }),
    );
  });

  it('drops what is not finite', () => {
    expect(thin([0, 1, 2], [1, Number.NaN, Number.POSITIVE_INFINITY])).toEqual({ x: [0], y: [1] });
  });
});

describe('smoothing', () => {
  it('leaves a constant as it is from the first value on', () => {
    const { mean, error } = smooth([1, 2, 10, 400], [3, 3, 3, 3], () => 20);
    for (const value of mean) expect(value).toBeCloseTo(3);
    expect(error.at(-1)).toBeCloseTo(0);
  });

  it('forgets half in a half-life', () => {
    const steps = Array.from({ length: 2001 }, (_, i) => i);
    const jump = steps.map((step) => (step < 1000 ? 0 : 1));
    expect(smooth(steps, jump, () => 100).mean[1099]).toBeCloseTo(0.5, 2);
  });

  it('knows how far its mean may be off by chance', () => {
    const rng = createRng(11);
    const steps = Array.from({ length: 4000 }, (_, i) => i);
    const { mean, error } = smooth(
      steps,
      steps.map(() => rng.normal()),
      () => 20,
    );
    const within = mean.filter((value, i) => i > 100 && Math.abs(value) < 2 * error[i]!).length;
    expect(within / (mean.length - 101)).toBeGreaterThan(0.9);
    // Σw² / (Σw)² of weights that halve in 20 steps.
    expect(error.at(-1)).toBeCloseTo(Math.sqrt(Math.LN2 / 40), 1);
  });

  it('passes over values that are not finite', () => {
    expect(smooth([0, 1, 2], [2, Number.NaN, 2], () => 5).mean[2]).toBeCloseTo(2);
  });
});

describe('axes', () => {
  it('end on a round number not below the value', () => {
    expect([99, 100, 101, 15_001].map(axisEnd)).toEqual([100, 100, 120, 20_000]);
    expect(axisEnd(0)).toBe(1);
  });

  it('hold all positive values of a logarithmic axis and at least a factor of four', () => {
    const positive = fc.array(fc.double({ min: 1e-8, max: 1e6, noNaN: true }), {
      minLength: 1,
      maxLength: 50,
    });
    fc.assert(
      fc.property(positive, (y) => {
        const [low, high] = logRange([...y, 0, -1, Number.NaN]);
        for (const value of y) expect(value >= low * 0.999 && value <= high * 1.001).toBe(true);
        expect(high / low).toBeGreaterThanOrEqual(3.99);
      }),
    );
    expect(logRange([])).toEqual([0.1, 1]);
  });
});
