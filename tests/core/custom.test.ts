import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { customDataset } from '../../src/core/datasets/custom.ts';
import { datasets } from '../../src/core/datasets/index.ts';
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
    expect(density).toHaveLength(400);
    const expected = sampleMoments(points);
    const { mean, covariance } = mixtureMoments(density);
    const jitter = 0.02 ** 2 * ((expected.covariance[0] + expected.covariance[2]) / 2);
    expectClose(mean, expected.mean, { absolute: 1e-10 });
    const [xx, xy, yy] = expected.covariance;
    expectClose(covariance, [xx + jitter, xy, yy + jitter], { absolute: 1e-9 });
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
