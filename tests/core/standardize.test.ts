import { expect, it } from 'vitest';
import { standardization, toData, toScaled } from '../../src/core/standardize.ts';
import type { Density } from '../../src/core/types.ts';
import { expectClose } from './golden.ts';

it('scaled and back is where it was', () => {
  const std = { centre: [1, -2], scale: 3 } as const;
  const x = Float64Array.of(1, 2, 3, 4);
  expectClose(toData(std, toScaled(std, x)), x, { absolute: 1e-12 });
  expect(toScaled(std, Float64Array.of(1, -2))).toEqual(Float64Array.of(0, 0));
});

it('a single point without noise cannot be standardized', () => {
  const point: Density = [{ kind: 'gaussian', weight: 1, mean: [0, 0], covariance: [0, 0, 0] }];
  expect(() => standardization(point)).toThrow(/no spread/);
});
