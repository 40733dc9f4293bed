import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Density, DensityComponent } from '../../src/core/types.ts';

/** A case of a golden file; `values` and `params` are read with the types that the file's README states. */
export interface GoldenCase<Params, Values> {
  readonly id: string;
  readonly params: Params;
  readonly values: Values;
}

/** The cases of tests/golden/<name>.json whose id passes. */
export function goldenCases<Params, Values>(
  name: string,
  wanted: (id: string) => boolean,
): readonly GoldenCase<Params, Values>[] {
  const { cases } = goldenFile<{ cases: readonly GoldenCase<Params, Values>[] }>(name);
  const found = cases.filter(({ id }) => wanted(id));
  if (found.length === 0) throw new Error(`No golden case of ${name} was wanted.`);
  return found;
}

export function goldenFile<Content>(name: string): Content {
  return JSON.parse(readFileSync(new URL(`../golden/${name}.json`, import.meta.url), 'utf8')) as Content;
}

export type Points = readonly (readonly [number, number])[];

export const flat = (points: Points): Float64Array => Float64Array.from(points.flat());

export interface GoldenMixture {
  readonly means: Points;
  readonly std: number;
  readonly weights: readonly number[];
}

export const mixtureDensity = ({ means, std, weights }: GoldenMixture): Density =>
  means.map(
    (mean, k): DensityComponent => ({
      kind: 'gaussian',
      weight: weights[k]!,
      mean,
      covariance: [std ** 2, 0, std ** 2],
    }),
  );

/** Every |a − b| ≤ absolute + relative·|b|. */
export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  { relative = 0, absolute = 0 }: { readonly relative?: number; readonly absolute?: number },
): void {
  expect(actual.length).toBe(expected.length);
  let worst = -Infinity;
  let at = 0;
  for (let i = 0; i < expected.length; i++) {
    const excess = Math.abs(actual[i]! - expected[i]!) - absolute - relative * Math.abs(expected[i]!);
    if (Number.isNaN(excess) || excess > worst) {
      worst = Number.isNaN(excess) ? Infinity : excess;
      at = i;
    }
  }
  if (worst > 0) expect(`[${at}] ${actual[at]}`).toBe(`[${at}] ${expected[at]}`);
}
