import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { customDataset } from '../../src/core/datasets/custom.ts';
import { datasets } from '../../src/core/datasets/index.ts';
import { exactLogDensity, exactScore } from '../../src/core/exact.ts';
import { createRng } from '../../src/core/rng.ts';
import { standardization } from '../../src/core/standardize.ts';
import { expectClose } from './golden.ts';
import { mixtureMoments, sampleMoments } from './mixtures.ts';

describe('custom points', () => {
  const coordinate = fc.double({ min: -4, max: 4, noNaN: true });

  it('are drawn with replacement, close to where they are', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 30 }), (list) => {
        const dataset = customDataset(Float64Array.from(list.flat()));
        const draws = dataset.sample(20, createRng(1), 1);
        for (let i = 0; i < draws.length; i += 2) {
          const nearest = Math.min(...list.map(([x, y]) => Math.hypot(x - draws[i]!, y - draws[i + 1]!)));
          expect(nearest).toBeLessThan(0.6);
        }
        expect(dataset.density(1)).toHaveLength(list.length);
      }),
    );
  });

  it('keep their moments when there are more than the density has components', () => {
    const points = datasets.get('swiss-roll').sample(3000, createRng(4), 1);
    const density = customDataset(points).density(1);
    expect(density.length).toBeLessThanOrEqual(400);
    expect(density.length).toBeGreaterThanOrEqual(40);
    const expected = sampleMoments(points);
    const { mean, covariance } = mixtureMoments(density);
    const jitter = 0.02 ** 2 * ((expected.covariance[0] + expected.covariance[2]) / 2);
    expectClose(mean, expected.mean, { absolute: 1e-10 });
    const [xx, xy, yy] = expected.covariance;
    expectClose(covariance, [xx + jitter, xy, yy + jitter], { absolute: 1e-9 });
  });

  it('are a sample: all rows are the training set, as they are and in their order, with their classes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(coordinate, coordinate, fc.nat(1)), { minLength: 2, maxLength: 60 }),
        (list) => {
          const labels = [0, 1, ...list.slice(2).map(([, , label]) => label)];
          const points = Float64Array.from(list.flatMap((row) => row.slice(0, 2)));
          const { rows, classNames } = customDataset(points, { names: ['a', 'b'], labels });
          expect(rows).toEqual({ points, labels: Uint8Array.from(labels) });
          expect(classNames).toEqual(['a', 'b']);
        },
      ),
    );
  });

  it('of 2 000 and 100 000 normal draws have the entropy, second moment and score of the normal distribution', () => {
    for (const n of [2000, 100_000]) {
      const rng = createRng(n);
      const points = Float64Array.from({ length: 2 * n }, () => rng.normal());
      const dataset = customDataset(points);
      const density = dataset.density(1);
      // E r² = 2 within its error, in the density and in fresh draws.
      const fresh = dataset.sample(n, createRng(1), 1);
      const { mean, covariance } = mixtureMoments(density);
      const second = covariance[0] + covariance[2] + mean[0] ** 2 + mean[1] ** 2;
      expect(Math.abs(second - 2)).toBeLessThan(6 / Math.sqrt(n));
      expect(Math.abs(fresh.reduce((sum, x) => sum + x * x, 0) / n - 2)).toBeLessThan(9 / Math.sqrt(n));
      // ½ log₂ 2πe = 2.05 bits per dimension.
      const logs = exactLogDensity(density, { alpha: 1, sigma: 0 }, fresh.subarray(0, 4000));
      const bits = -logs.reduce((sum, log) => sum + log, 0) / logs.length / 2 / Math.LN2;
      expect(Math.abs(bits - 2.05)).toBeLessThan(0.1);
      // At ᾱ = 0.9 the score at r = 1 is −1 along r.
      const circle = Array.from({ length: 64 }, (_, k) => (2 * Math.PI * k) / 64);
      const around = Float64Array.from(circle.flatMap((a) => [Math.cos(a), Math.sin(a)]));
      const score = exactScore(density, { alpha: Math.sqrt(0.9), sigma: Math.sqrt(0.1) }, around);
      const radial = around.reduce((sum, x, i) => sum + (x * score[i]!) / 64, 0);
      expect(Math.abs(radial + 1)).toBeLessThan(n === 2000 ? 0.2 : 0.05);
    }
  });

  it('keep the weights of clusters, and are repeated as often as they are', () => {
    const rng = createRng(3);
    const n = 20_000;
    const points = Float64Array.from({ length: 2 * n }, (_, i) => {
      const centre = i < 1.8 * n ? -3 : 3;
      return (i % 2 === 0 ? centre : 0) + 0.3 * rng.normal();
    });
    const density = customDataset(points).density(1);
    const right = density.reduce((sum, part) => {
      const x = part.kind === 'gaussian' ? part.mean[0] : Number.NaN;
      return sum + (x > 0 ? part.weight : 0);
    }, 0);
    expect(right).toBeCloseTo(0.1, 2);

    const repeats = Float64Array.from({ length: 2000 }, (_, i) => (i < 1500 ? 1 : i % 2 === 0 ? -1 : 2));
    const { mean } = mixtureMoments(customDataset(repeats).density(1));
    expectClose(mean, [0.5, 1.25], { absolute: 1e-10 });
  });

  it('have units of their middle where few far points would make the units', () => {
    const rng = createRng(8);
    const points = Float64Array.from({ length: 1800 }, () => Math.tan(Math.PI * (rng.uniform() - 0.5)));
    const { units } = customDataset(points);
    expect(units!.scale).toBeLessThan(12);
    const normal = Float64Array.from({ length: 1800 }, () => rng.normal());
    const { covariance } = sampleMoments(normal);
    expect(customDataset(normal).units!.scale).toBeCloseTo(
      Math.sqrt((covariance[0] + covariance[2]) / 2),
      10,
    );
  });

  it('can be one single place', () => {
    const density = customDataset(Float64Array.of(1, 2, 1, 2)).density(1);
    expect(standardization(density).centre).toEqual([1, 2]);
    expect(standardization(density).scale).toBeCloseTo(0.02, 12);
  });

  it.each([[[]], [[1]], [[1, Number.NaN]], [[1, Infinity]]])('refuse %j', (points) => {
    expect(() => customDataset(Float64Array.from(points))).toThrow(/data set (needs|must)/);
  });
});
