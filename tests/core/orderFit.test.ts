import { describe, expect, it } from 'vitest';
import { fitOrder } from '../../src/core/orderFit.ts';
import { createRng } from '../../src/core/rng.ts';

describe('the fitted order', () => {
  it.each([1, 2, 3])('is that of a power law S^−%i, without error', (p) => {
    const nSteps = [5, 10, 40];
    const fit = fitOrder(
      nSteps,
      nSteps.map((S) => 7 * S ** -p),
    );
    expect(fit!.order).toBeCloseTo(p, 10);
    expect(fit!.error).toBeCloseTo(0, 6);
  });

  it('has the scatter of its points as its error', () => {
    const rng = createRng(1);
    const nSteps = [5, 10, 20, 40, 80, 160];
    const found = Array.from({ length: 400 }, () =>
      fitOrder(
        nSteps,
        nSteps.map((S) => S ** -2 * Math.exp(0.1 * rng.normal())),
      ),
    );
    const errors = found.map((fit) => (fit!.order - 2) / fit!.error);
    const inside = errors.filter((z) => Math.abs(z) < 2.776).length / errors.length;
    expect(inside).toBeGreaterThan(0.92); // 95 % of Student's t with 4 degrees of freedom
    expect(inside).toBeLessThan(0.98);
  });

  it('leaves out what has no logarithm, and says nothing of two points', () => {
    expect(fitOrder([1, 2], [1, 0.5])).toBeNull();
    expect(fitOrder([1, 2, 2], [1, 0.5, 0.5])).toBeNull();
    expect(fitOrder([1, 2, 4, 8], [1, 0, Number.NaN, Number.POSITIVE_INFINITY])).toBeNull();
    expect(fitOrder([1, 2, 4, 8], [1, 0.5, 0.25, 0])!.order).toBeCloseTo(1, 10);
  });
});
