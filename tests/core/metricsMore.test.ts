import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  energyDistance,
  exactWasserstein2,
  histogramJs,
  histogramKl,
  memorisedFraction,
  mmdSquared,
  mmdSquaredUnbiased,
  nearestNeighbourRatio,
  precisionRecall,
  slicedWasserstein2,
  trueVersusTrue,
  wasserstein1OnLine,
} from '../../src/core/metrics/index.ts';
import { createRng } from '../../src/core/rng.ts';
import type { Vector } from '../../src/core/types.ts';
import { expectClose, flat, goldenFile, type Points } from './golden.ts';

interface Pair {
  readonly id: string;
  readonly X: Points;
  readonly Y: Points;
  readonly values: {
    readonly w2_exact: number;
    readonly per_axis_1d: {
      readonly wasserstein_1: readonly number[];
      readonly scipy_energy_distance_is_a_square_root: readonly number[];
    };
  };
}

/** 'mmd2_biased_sigmas_0.01_0.1' and 'mmd2_unbiased_sigma_1' name their own bandwidths. */
const mmdName = /^mmd2_(biased|unbiased)_sigmas?_([\d._]+)$/;

it.each(goldenFile<{ cases: readonly Pair[] }>('metrics').cases)(
  'equals the golden $id',
  ({ X, Y, values }) => {
    const [a, b] = [flat(X), flat(Y)];
    const tolerance = { relative: 1e-12, absolute: 1e-14 };
    expectClose([exactWasserstein2(a, b)], [values.w2_exact], tolerance);
    expectClose([exactWasserstein2(b, a)], [values.w2_exact], tolerance);
    for (const [name, value] of Object.entries(values)) {
      const [, kind, list] = mmdName.exec(name) ?? [];
      if (!list) continue;
      const mmd = kind === 'biased' ? mmdSquared : mmdSquaredUnbiased;
      expectClose([mmd(a, b, list.split('_').map(Number))], [Number(value)], tolerance);
    }
    for (const axis of [0, 1]) {
      const along = (v: Vector) => v.filter((_, i) => i % 2 === axis);
      expectClose(
        [wasserstein1OnLine(along(a), along(b))],
        [values.per_axis_1d.wasserstein_1[axis]!],
        tolerance,
      );
      const flattened = (v: Vector) => v.map((value, i) => (i % 2 === axis ? value : 0));
      expectClose(
        [Math.sqrt(energyDistance(flattened(a), flattened(b)))],
        [values.per_axis_1d.scipy_energy_distance_is_a_square_root[axis]!],
        tolerance,
      );
    }
  },
);

const coordinate = fc.double({ min: -100, max: 100, noNaN: true });
const pointSet = (maxLength: number) =>
  fc
    .array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength })
    .map((points) => Float64Array.from(points.flat()));

/** The least over all permutations. */
function byPermutations(a: Vector, b: Vector): number {
  const best = (i: number, left: readonly number[]): number =>
    left.length === 0
      ? 0
      : Math.min(
          ...left.map((j) => {
            const square = (a[2 * i]! - b[2 * j]!) ** 2 + (a[2 * i + 1]! - b[2 * j + 1]!) ** 2;
            return (
              square +
              best(
                i + 1,
                left.filter((other) => other !== j),
              )
            );
          }),
        );
  const n = a.length / 2;
  return Math.sqrt(
    best(
      0,
      Array.from({ length: n }, (_, j) => j),
    ) / n,
  );
}

describe('exact W2', () => {
  it('is the best of all permutations', () => {
    fc.assert(
      fc.property(pointSet(6), pointSet(6), (a, b) => {
        const n = Math.min(a.length, b.length);
        const [first, second] = [a.slice(0, n), b.slice(0, n)];
        const expected = byPermutations(first, second);
        expectClose([exactWasserstein2(first, second)], [expected], { absolute: 1e-9, relative: 1e-12 });
      }),
    );
  });

  it('of unequal sets equals that of their copies, and never falls below the sliced one', () => {
    fc.assert(
      fc.property(pointSet(5), pointSet(6), (a, b) => {
        const [n, m] = [a.length / 2, b.length / 2];
        const copies = (v: Vector, times: number) =>
          Float64Array.from(Array.from({ length: times }, () => Array.from(v)).flat());
        const expected = exactWasserstein2(copies(a, m), copies(b, n));
        const found = exactWasserstein2(a, b);
        expectClose([found], [expected], { absolute: 1e-8, relative: 1e-10 });
        expectClose([exactWasserstein2(b, a)], [found], { absolute: 1e-8, relative: 1e-10 });
        expect(found).toBeGreaterThanOrEqual(slicedWasserstein2(a, b) - 1e-9);
      }),
    );
  });

  it('of a translation is its length, at 300 points, and near it with one of 60 left out', () => {
    const rng = createRng(1);
    const a = Float64Array.from({ length: 600 }, () => rng.normal());
    const b = a.map((v, i) => v + (i % 2 === 0 ? 3 : 4));
    expect(exactWasserstein2(a, b)).toBeCloseTo(5, 12);
    const few = a.slice(0, 120);
    const missing = exactWasserstein2(few.slice(2), b.slice(0, 120));
    expect(Math.abs(missing - 5)).toBeLessThanOrEqual(exactWasserstein2(few.slice(2), few));
  });

  it('refuses too many points', () => {
    expect(() => exactWasserstein2(new Float64Array(8002), new Float64Array(8002))).toThrow(/up to 4000/);
    expect(() => exactWasserstein2(new Float64Array(802), Float64Array.of(0, 0))).toThrow(/400 when/);
  });
});

const normal = (n: number, seed: number, by = 0): Vector => {
  const rng = createRng(seed);
  return Float64Array.from({ length: 2 * n }, () => rng.normal() + by);
};

describe('MMD', () => {
  it('of far sets is twice the number of bandwidths less what each set has within', () => {
    const one = Float64Array.of(0, 0);
    expect(mmdSquared(one, Float64Array.of(1e6, 0), [1, 2])).toBeCloseTo(4, 12);
    expect(mmdSquared(one, one, [1])).toBe(0);
  });

  it('unbiased is 0 in the mean between true sets', () => {
    const values = Array.from({ length: 60 }, (_, i) =>
      mmdSquaredUnbiased(normal(30, 2 * i), normal(40, 2 * i + 1), [1]),
    );
    const mean = values.reduce((a, b) => a + b) / values.length;
    const spread = Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length);
    expect(Math.abs(mean)).toBeLessThan((4 * spread) / Math.sqrt(values.length));
  });

  it('refuses no bandwidth, one of 0, and single points', () => {
    const one = Float64Array.of(0, 0);
    expect(() => mmdSquared(one, one, [])).toThrow(/bandwidth/);
    expect(() => mmdSquared(one, one, [0])).toThrow(/bandwidth/);
    expect(() => mmdSquaredUnbiased(one, one, [1])).toThrow(/two points/);
  });
});

describe('the histogram divergences', () => {
  const box = { low: [0, 0], high: [2, 1] } as const;
  const a = Float64Array.of(0.5, 0.2, 0.5, 0.8, 1.5, 0.5, 0.1, 0.1);
  const b = Float64Array.of(0.5, 0.2, 1.5, 0.5);

  it('are those of the shares, counted by hand', () => {
    const options = { bins: 1, box };
    expect(histogramKl(a, b, options)).toBe(0);
    // Two columns in two rows: a has (2, 0 | 1, 1), b has (1, 0 | 0, 1).
    const cells = { bins: 2, box };
    expect(histogramKl(b, a, cells)).toBeCloseTo(0.5 * Math.log(0.5 / 0.5) + 0.5 * Math.log(0.5 / 0.25), 12);
    expect(histogramKl(a, b, cells)).toBe(Infinity);
    expect(histogramKl(a, b, cells, 1)).toBeLessThan(1);
    const js =
      0.5 * (0.25 * Math.log(0.25 / 0.125) + 0.25 * Math.log(0.25 / 0.375)) +
      0.5 * (0.5 * Math.log(0.5 / 0.375));
    expect(histogramJs(a, b, cells)).toBeCloseTo(js, 12);
  });

  it('JS is ln 2 for sets that share no cell, and outside points share one', () => {
    expect(histogramJs(Float64Array.of(0, 0), Float64Array.of(1, 1))).toBeCloseTo(Math.LN2, 12);
    expect(histogramJs(Float64Array.of(9, 9), Float64Array.of(-9, 5), { bins: 4, box })).toBe(0);
  });

  it('refuse no bins and a box turned over', () => {
    expect(() => histogramJs(a, b, { bins: 0 })).toThrow(/bins/);
    expect(() => histogramJs(a, b, { bins: 2, box: { low: [1, 0], high: [0, 1] } })).toThrow(/corner/);
    expect(() => histogramKl(a, b, { bins: 2 }, -1)).toThrow(/pseudo-count/);
  });
});

describe('precision and recall', () => {
  it('are near 1 for true samples; precision sees outliers, recall and coverage see what is missing', () => {
    const data = normal(400, 1);
    const same = precisionRecall(data, normal(400, 2));
    expect(same.precision).toBeGreaterThan(0.9);
    expect(same.recall).toBeGreaterThan(0.9);
    expect(Math.abs(same.density - 1)).toBeLessThan(0.15);
    expect(same.coverage).toBeGreaterThan(0.85);
    const narrow = precisionRecall(
      data,
      normal(400, 3).map((v) => v / 10),
    );
    expect(narrow.precision).toBeGreaterThan(0.95);
    expect(narrow.recall).toBeLessThan(0.1);
    expect(narrow.coverage).toBeLessThan(0.2);
    const far = precisionRecall(data, normal(400, 4, 50));
    expect(far).toEqual({ precision: 0, recall: 0, density: 0, coverage: 0 });
  });

  it('of a set with itself are 1, and density is what its balls hold', () => {
    const line = Float64Array.of(0, 0, 1, 0, 3, 0);
    // k = 1: radii 1, 1, 2; points held by balls: 0 by {0,1}, 1 by {0,1,3}, 3 by {3}.
    expect(precisionRecall(line, line, 1)).toEqual({ precision: 1, recall: 1, density: 2, coverage: 1 });
  });

  it('refuse sets no larger than k', () => {
    expect(() => precisionRecall(normal(3, 1), normal(9, 2), 3)).toThrow(/at least 4 points/);
    expect(() => precisionRecall(normal(3, 1), normal(9, 2), 0)).toThrow(/neighbours/);
  });
});

describe('memorisation', () => {
  const training = normal(200, 5);

  it('is 1 for copies and about 1/9 for fresh draws', () => {
    expect(memorisedFraction(training.slice(0, 60), training)).toBe(1);
    expect(memorisedFraction(Float64Array.of(0, 0), Float64Array.of(0, 0, 0, 0))).toBe(1);
    expect(Math.abs(memorisedFraction(normal(2000, 6), training) - 1 / 9)).toBeLessThan(0.03);
  });

  it('the ratio of distances is 0 for copies, 1 for fresh draws, more off the data', () => {
    const fresh = normal(2000, 7);
    expect(nearestNeighbourRatio(training, training, fresh)).toBe(0);
    expect(Math.abs(nearestNeighbourRatio(normal(2000, 8), training, fresh) - 1)).toBeLessThan(0.1);
    expect(nearestNeighbourRatio(normal(50, 9, 20), training, fresh)).toBeGreaterThan(10);
  });

  it('refuses one training point, and fresh draws that are none', () => {
    expect(() => memorisedFraction(training, Float64Array.of(0, 0))).toThrow(/two training points/);
    expect(() => nearestNeighbourRatio(training, training, training)).toThrow(/fresh/);
    expect(() => memorisedFraction(training, training, 2)).toThrow(/threshold/);
  });
});

it('true versus true is the median over pairs, for any comparison', () => {
  const draw = (i: number) => normal(60, i);
  for (const compare of [
    exactWasserstein2,
    histogramJs,
    (a: Vector, b: Vector) => mmdSquared(a, b, [1]),
    (a: Vector, b: Vector) => precisionRecall(a, b).recall,
    (a: Vector, b: Vector) => memorisedFraction(a, b),
  ]) {
    const values = Array.from({ length: 15 }, (_, k) => compare(draw(2 * k), draw(2 * k + 1)));
    expect(trueVersusTrue(compare, draw)).toBe(values.sort((x, y) => x - y)[7]);
  }
});
