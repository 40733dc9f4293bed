import { describe, expect, it } from 'vitest';
import { drawDensity } from '../../src/core/exact/drawDensity.ts';
import { exactLogDensity, exactScore } from '../../src/core/exact.ts';
import {
  depthWithin,
  drawWithin,
  hasArea,
  logIndicator,
  type Region,
  regionDensity,
  regionScore,
} from '../../src/core/guidance/index.ts';
import { slicedWasserstein2 } from '../../src/core/metrics/index.ts';
import { createRng } from '../../src/core/rng.ts';
import type { Density } from '../../src/core/types.ts';

const SQUARE: Region = [
  [-1, -1],
  [1, -1],
  [1, 1],
  [-1, 1],
];
/** A bay is cut out of it from the right. */
const BAY: Region = [
  [-2, -2],
  [2, -2],
  [0, 0],
  [2, 2],
  [-2, 2],
];
const MIXED: Density = [
  { kind: 'gaussian', weight: 0.5, mean: [0.3, 0.2], covariance: [1, 0.5, 0.6] },
  { kind: 'gaussian', weight: 0.2, mean: [-1, 0.5], covariance: [0.01, 0, 0.01] },
  { kind: 'box', weight: 0.3, low: [-0.5, -3], high: [1.5, 0.5] },
];

describe('an outline', () => {
  it('says how deep a point lies within', () => {
    expect(depthWithin(SQUARE, 0, 0)).toBeCloseTo(1);
    expect(depthWithin(SQUARE, 0.7, 0.2)).toBeCloseTo(0.3);
    expect(depthWithin(SQUARE, 4, 5)).toBeCloseTo(-5);
    expect(depthWithin(BAY, 1, 0)).toBeCloseTo(-Math.SQRT1_2);
    expect(depthWithin(BAY, -1, 0)).toBeCloseTo(1);
  });

  it('encloses something, or nothing', () => {
    expect(hasArea(BAY)).toBe(true);
    const eight: Region = [[0, 0], [1, 1], [1, 0], [0, 1]]; // biome-ignore format: one line
    expect(hasArea(eight)).toBe(true);
    expect(hasArea([[0, 0], [1, 1], [3, 3]])).toBe(false); // biome-ignore format: one line
    expect(hasArea([[2, 2], [2, 2], [2, 2]])).toBe(false); // biome-ignore format: one line
  });
});

describe.each([
  ['a square', SQUARE],
  ['with a bay', BAY],
] as const)('a density within an outline, %s', (_, region) => {
  const { density, mass } = regionDensity(MIXED, region);
  const all = drawDensity(MIXED, 40_000, createRng(1));
  const within = (x: ArrayLike<number>) =>
    Array.from({ length: x.length / 2 }, (_, i) => depthWithin(region, x[2 * i]!, x[2 * i + 1]!) > 0);

  it('has the mass that draws find', () => {
    const share = within(all).filter(Boolean).length / 40_000;
    expect(Math.abs(mass - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / 40_000) + 0.003);
    expect(density.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
  });

  it('is drawn from exactly: all draws lie within, and as the data do there', () => {
    const drawn = drawWithin(MIXED, region, 4000, createRng(2));
    expect(within(drawn).every(Boolean)).toBe(true);
    const inside = within(all);
    const kept = all.filter((_, i) => inside[i >> 1]).slice(0, 8000);
    const other = drawWithin(MIXED, region, 4000, createRng(3));
    const perfect = slicedWasserstein2(drawn, other);
    expect(slicedWasserstein2(drawn, kept)).toBeLessThan(2 * perfect);
    expect(slicedWasserstein2(drawDensity(density, 4000, createRng(4)), kept)).toBeLessThan(2.5 * perfect);
  });

  it('is p/P(A) a few cells from the edge', () => {
    const clean = { alpha: 1, sigma: 0.1 };
    const at = Float64Array.of(-0.4, 0.1);
    const [own] = exactLogDensity(density, clean, at);
    const [whole] = exactLogDensity(MIXED, clean, at);
    expect(own!).toBeCloseTo(whole! - Math.log(mass), 1);
  });
});

/** Points about a region, far from it, and between its parts. */
const rng = createRng(6);
const AROUND = Float64Array.from({ length: 800 }, (_, i) => (i < 400 ? 1 : 6) * rng.normal());

it.each([
  ['a square', SQUARE, MIXED],
  ['with a bay', BAY, MIXED],
  // A ring of cells, from whose middle none is near.
  ['of two far parts', [[-4, -4], [4, -4], [4, 4], [-4, 4], [-4, -4], [-3, -3], [-3, 3], [3, 3], [3, -3], [-3, -3]] as Region, [{ kind: 'gaussian', weight: 1, mean: [0, 0], covariance: [2, 0.9, 1] }] as Density], // biome-ignore format: one line
])(
  'has the score of its mixture to 1e-9, though cells are not asked one by one: %s',
  (_, region, density) => {
    const found = regionDensity(density, region);
    expect(found.grids.length).toBeGreaterThan(0);
    for (const kernel of [
      { alpha: 1, sigma: 0 },
      { alpha: 1, sigma: 0.003 },
      { alpha: 0.99, sigma: 0.1 },
      { alpha: 0.7, sigma: 0.7 },
      { alpha: 0.01, sigma: 1 },
      { alpha: 0, sigma: 1 },
      { alpha: 1, sigma: 20 },
    ]) {
      const fast = regionScore(found, kernel, AROUND);
      for (const [i, value] of exactScore(found.density, kernel, AROUND).entries()) {
        const scale = Math.max(Math.abs(value), 1e-3 / (kernel.sigma || 1));
        expect(Math.abs(fast[i]! - value), `${i} at σ = ${kernel.sigma}`).toBeLessThan(1e-9 * scale);
      }
    }
  },
);

it('has a smoothed indicator that is P(x₀ ∈ A|x_t) of data of unit variance, where the outline is straight', () => {
  const far = 1e4;
  const right: Region = [[0.5, -far], [far, -far], [far, far], [0.5, far]]; // biome-ignore format: one line
  const kernel = { alpha: 0.8, sigma: 0.6 };
  const rng = createRng(5);
  // x₀ given x̂₀ = 0.1 is N(0.1, 0.6²).
  let count = 0;
  for (let i = 0; i < 40_000; i++) if (0.1 + 0.6 * rng.normal() > 0.5) count += 1;
  expect(Math.exp(logIndicator(right)(kernel)(0.1, 3))).toBeCloseTo(count / 40_000, 2);
  expect(logIndicator(right)(kernel)(-1000, 0)).toBeLessThan(-1e6);
  expect(logIndicator(right)({ alpha: 1, sigma: 0 })(2, 0)).toBeCloseTo(0, 9);
});

it('is drawn from, each draw anew, where little of the data lies: in their tails and at a corner', () => {
  const data: Density = [
    { kind: 'gaussian', weight: 0.7, mean: [0, 0], covariance: [0.04, 0.01, 0.03] },
    { kind: 'box', weight: 0.3, low: [2, -1], high: [3, 1] },
  ];
  const tail: Region = [[0.75, -0.2], [0.95, 0.1], [2.001, 1.2]]; // biome-ignore format: one line
  const { mass } = regionDensity(data, tail);
  expect(mass).toBeLessThan(2e-4);
  const drawn = drawWithin(data, tail, 20_000, createRng(1));
  // None was taken again.
  expect(new Set(drawn).size).toBeGreaterThan(39_000);
  // The mean of p·1_A by quadrature.
  const side = 400;
  const [sum, mean] = [
    [0, 0, 0],
    [0, 0],
  ];
  const axes = [0, 1].map((k) => [Math.min(...tail.map((v) => v[k]!)), Math.max(...tail.map((v) => v[k]!))]);
  for (let i = 0; i < side * side; i++) {
    const [x, y] = [i % side, Math.floor(i / side)].map((at, k) => {
      const [low, high] = axes[k]!;
      return low! + ((at + 0.5) / side) * (high! - low!);
    }) as [number, number];
    if (depthWithin(tail, x, y) <= 0) continue;
    const [xx, xy, yy] = [0.04, 0.01, 0.03];
    const det = xx * yy - xy * xy;
    const gaussian =
      Math.exp(-(yy * x * x - 2 * xy * x * y + xx * y * y) / (2 * det)) / (2 * Math.PI * Math.sqrt(det));
    const p = 0.7 * gaussian + (x > 2 && y > -1 && y < 1 ? 0.15 : 0);
    [p, p * x, p * y].forEach((value, k) => {
      sum[k]! += value;
    });
  }
  for (let i = 0; i < drawn.length; i++) mean[i % 2]! += drawn[i]! / 20_000;
  for (const k of [0, 1] as const) expect(mean[k]!).toBeCloseTo(sum[k + 1]! / sum[0]!, 2);
});

it('has no draws where there are no data', () => {
  const away = SQUARE.map(([x, y]) => [x + 50, y] as const);
  expect(regionDensity(MIXED, away).mass).toBe(0);
  expect(() => drawWithin(MIXED, away, 10, createRng(1))).toThrow(/No draw lies within/);
});
