import { describe, expect, it } from 'vitest';
import { pinwheel } from '../../src/core/datasets/pinwheel.ts';
import { createRng } from '../../src/core/rng.ts';
import { drawMixture } from './mixtures.ts';

const N = 20_000;

/** Johnson et al. 2016 (SVAE, `make_pinwheel_data`), as FFJORD has it: 2·einsum('ti,tij->tj', features, rotations). */
function reference(): readonly (readonly [number, number])[] {
  const rng = createRng(5);
  return Array.from({ length: N }, () => {
    const features = [1 + 0.3 * rng.normal(), 0.1 * rng.normal()] as const;
    const angle = (2 * Math.PI * rng.integer(5)) / 5 + 0.25 * Math.exp(features[0]);
    const rotation = [
      [Math.cos(angle), -Math.sin(angle)],
      [Math.sin(angle), Math.cos(angle)],
    ] as const;
    const along = (j: 0 | 1) => 2 * (features[0] * rotation[0][j] + features[1] * rotation[1][j]);
    return [along(0), along(1)];
  });
}

const quantile = (values: readonly number[], q: number) =>
  values.toSorted((a, b) => a - b)[Math.floor(q * values.length)]!;
const shareBelow = (values: readonly number[], level: number) =>
  values.filter((value) => value < level).length / values.length;

describe('the pinwheel turns as the code that it cites', () => {
  const expected = reference();
  const ys = expected.map(([, y]) => y);
  const xs = expected.map(([x]) => x);
  const axis = (points: ArrayLike<number>, k: 0 | 1) => Array.from(points).filter((_, i) => i % 2 === k);
  // Five standard errors of a share, in the reference and here.
  const within = (q: number) => 5 * Math.sqrt((2 * q * (1 - q)) / N);

  it.each([
    ['samples', () => pinwheel.sample(N, createRng(1), 1)],
    ['density', () => drawMixture(pinwheel.density(1), N, createRng(2))],
  ])('in its %s', (_, draw) => {
    const points = draw();
    for (const q of [0.05, 0.25, 0.5, 0.75, 0.95]) {
      expect(Math.abs(shareBelow(axis(points, 0), quantile(xs, q)) - q)).toBeLessThan(within(q));
      expect(Math.abs(shareBelow(axis(points, 1), quantile(ys, q)) - q)).toBeLessThan(within(q));
    }
  });
});
