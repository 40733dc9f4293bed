import { describe, expect, it } from 'vitest';
import { leftToGain } from '../../src/store/trained.ts';

const of = (value: number, perfect: number, error = 0) => ({ value, error, perfect });
const perfect = { strays: of(0.01, 0.01), missed: of(0.031, 0.031), slicedW2: of(0.05, 0.05) };
const point = (numbers: Partial<typeof perfect>) => ({ step: 1, samples: 8000, ...perfect, ...numbers });

describe('what training can still gain', () => {
  it('is nothing where all numbers are those of true draws, or near them', () => {
    expect(leftToGain(point({}))).toBeNull();
    expect(leftToGain(point({ strays: of(0.02, 0.01), slicedW2: of(0.06, 0.05) }))).toBeNull();
  });

  it('is named, what the eye sees first', () => {
    expect(leftToGain(point({ strays: of(0.36, 0.01), missed: of(0.2, 0.031) }))?.what).toBe('strays');
    expect(leftToGain(point({ missed: of(0.125, 0.031) }))?.what).toBe('missed');
    expect(leftToGain(point({ slicedW2: of(0.1, 0.05) }))?.what).toBe('slicedW2');
  });

  it('is not said of what may be chance', () => {
    expect(leftToGain(point({ strays: of(0.024, 0.01, 0.003) }))).toBeNull();
    expect(leftToGain(point({ strays: of(0.024, 0.01, 0.001) }))?.what).toBe('strays');
  });

  it('is said of what is no number', () => {
    expect(leftToGain(point({ slicedW2: of(Number.NaN, 0.05) }))?.what).toBe('slicedW2');
    expect(leftToGain(point({ slicedW2: of(Infinity, 0.05) }))?.what).toBe('slicedW2');
  });
});
