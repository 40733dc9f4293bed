import { describe, expect, it } from 'vitest';
import { arraySpace } from '../../src/core/arraySpace.ts';
import { brownianPath } from '../../src/core/brownianPath.ts';
import { datasets } from '../../src/core/datasets/index.ts';
import { drawDensity } from '../../src/core/exact/drawDensity.ts';
import { exactDenoiser, exactLogDensity } from '../../src/core/exact.ts';
import {
  alongLine,
  classGradient,
  drawOnLine,
  drawTempered,
  fromLineAxes,
  type GaussianFactor,
  guidedBy,
  guidedDraw,
  knownLine,
  lineCdf,
  lineConditional,
  lineGradient,
  logFactorOf,
  logTempered,
  multipliedDraw,
  perturbedDraw,
  productDensity,
  projectedBy,
  ratioGradient,
  reconstructedBy,
  repainted,
} from '../../src/core/guidance/index.ts';
import { slicedWasserstein2, wasserstein1OnLine } from '../../src/core/metrics/index.ts';
import { discreteChain } from '../../src/core/processes/discreteChain.ts';
import { createRng } from '../../src/core/rng.ts';
import { noiseKeyOf, sample } from '../../src/core/sample.ts';
import { ddpm } from '../../src/core/samplers/ddpm.ts';
import { schedules } from '../../src/core/schedules/index.ts';
import { scaledDensity, unitsOf } from '../../src/core/standardize.ts';
import type {
  Denoiser,
  GaussianDraw,
  LabelledDensity,
  Sampler,
  Space,
  Vector,
} from '../../src/core/types.ts';

const roll = datasets.get('swiss-roll');
/** The roll by every fourth of its Gaussians, so that whole chains are short work. */
const labelled = thinned(roll.labelledDensity(1));
const { density } = labelled;
/** Every one of them, where two ways differ by little. */
const whole = scaledDensity(unitsOf(roll, 1), roll.density(1));

function thinned({ density: whole, labels }: LabelledDensity): LabelledDensity {
  const kept = (_: unknown, k: number) => k % 4 === 0;
  const parts = scaledDensity(unitsOf(roll, 1), whole).filter(kept);
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  return {
    density: parts.map((part) => ({ ...part, weight: part.weight / total })),
    labels: labels.filter(kept),
  };
}

interface Way {
  /** What the points are drawn from: the thinned roll, where nothing is said. */
  readonly data?: LabelledDensity['density'];
  readonly denoise?: (space: Space<Vector>, plain: Denoiser<Vector>) => Denoiser<Vector>;
  readonly draw?: (space: Space<Vector>) => GaussianDraw<Vector>;
  readonly sampler?: Sampler;
}

const chain = (T: number) => discreteChain(schedules.get('linear').betas(T, { rescale: true }));

/** Samples by DDPM with the exact denoiser, all T steps. */
function samples(T: number, n: number, seed: number, way: Way): Vector {
  const process = chain(T);
  const rng = createRng(seed);
  const space = arraySpace(rng.fork('noise'));
  const plain = exactDenoiser(way.data ?? density, process);
  const start = rng.fork('start');
  const times = Array.from({ length: T + 1 }, (_, i) => (T - i) / T);
  const draw = way.draw?.(space);
  const context = {
    space,
    process,
    denoise: way.denoise?.(space, plain) ?? plain,
    options: { eta: 1, variance: 'beta-tilde' as const },
    reverseNoise: brownianPath(process, T, times),
    noiseKey: noiseKeyOf(T),
    ...(draw && { draw }),
  };
  const x = Float64Array.from({ length: 2 * n }, () => start.normal());
  let last: Vector = x;
  for (const state of sample(way.sampler ?? ddpm, context, times, x)) last = state.x;
  return last;
}

const r = { mean: [0.4, -0.2], covariance: [0.0625, 0, 0.0625] } as const;
const CLEAN = { alpha: 1, sigma: 0 };

/** Mean distance of n samples to many draws of the target, and of n true draws, over a few seeds. */
function distances(
  way: Way,
  target: (seed: number, n: number) => Vector,
  T: number,
  n: number,
  far = slicedWasserstein2,
  seeds: readonly number[] = [1, 2, 3],
) {
  const mean = (of: (seed: number) => number) =>
    seeds.reduce((sum, seed) => sum + of(seed) / seeds.length, 0);
  const truth = (seed: number) => target(100 + seed, 10 * n);
  return {
    own: mean((seed) => far(samples(T, n, seed, way), truth(seed))),
    two: mean((seed) => far(target(200 + seed, n), truth(seed))),
  };
}

/** What DDPM's hundred steps leave of themselves, over both axes. */
const SOLVER = 0.015;
/** Whole chains of hundreds of points, with every component of the density. */
const LONG = 120_000;

describe('multiplication by r', { timeout: LONG }, () => {
  const T = 100;
  const n = 1000;
  const { density: product, logZ } = productDensity(density, r);
  const target = (seed: number, count: number) => drawDensity(product, count, createRng(seed));
  const process = chain(T);
  const of = (way: Way) => distances(way, target, T, n);

  it('has the Z of the mean of r over draws of p', () => {
    const points = drawDensity(density, 200_000, createRng(5));
    let sum = 0;
    for (let i = 0; i < points.length; i += 2) {
      sum += Math.exp(-((points[i]! - 0.4) ** 2 + (points[i + 1]! + 0.2) ** 2) / 2 / 0.0625);
    }
    expect(Math.exp(logZ) / (sum / 200_000)).toBeCloseTo(1, 1);
    expect(product.reduce((total, { weight }) => total + weight, 0)).toBeCloseTo(1, 12);
  });

  it('of boxes is p·r/Z up to the cells, and so are its draws', () => {
    const board = datasets.get('checkerboard').density(1);
    const wide = { mean: [1, 0.5], covariance: [2, 0.6, 1] } as const;
    const found = productDensity(board, wide);
    const points = drawDensity(board, 100_000, createRng(6));
    const weights = Float64Array.from({ length: 100_000 }, (_, i) =>
      factorAt(wide, points[2 * i]!, points[2 * i + 1]!),
    );
    const mass = weights.reduce((sum, weight) => sum + weight, 0);
    expect(Math.exp(found.logZ) / (mass / 100_000)).toBeCloseTo(1, 1);
    const weighted = [0, 1].map(
      (axis) => weights.reduce((sum, weight, i) => sum + weight * points[2 * i + axis]!, 0) / mass,
    );
    const drawn = drawDensity(found.density, 100_000, createRng(7));
    for (const axis of [0, 1]) {
      const mean = drawn.reduce((sum, value, i) => sum + (i % 2 === axis ? value : 0), 0) / 100_000;
      expect(Math.abs(mean - weighted[axis]!)).toBeLessThan(0.02);
    }
  });

  it('is exact by r_t, and errs by the same r at every step and by r(x̂₀)', () => {
    const exact = of({ denoise: (s, d) => guidedBy(s, process, d, ratioGradient(product, density)) });
    const paper = of({ draw: (s) => perturbedDraw(s, r) });
    const multiplied = of({ draw: (s) => multipliedDraw(s, r) });
    const reconstructed = of({ denoise: (s, d) => reconstructedBy(s, process, d, logFactorOf(r)) });
    expect(exact.own).toBeLessThan(exact.two + SOLVER);
    for (const way of [paper, multiplied, reconstructed]) {
      expect(way.own).toBeGreaterThan(1.3 * exact.own);
      expect(way.own).toBeLessThan(0.1);
    }
    // A perturbed mean is the product of the two Gaussians to first order.
    expect(Math.abs(paper.own - multiplied.own)).toBeLessThan(0.02);
  });

  it('through a denoiser, differences give its slope', () => {
    // x̂₀ = ½x: ∇ln r(x̂₀) = ½·(−R⁻¹(½x − m)).
    const space = arraySpace(createRng(1));
    const half: Denoiser<Vector> = (x) => x.map((value) => value / 2);
    const { alpha, sigma } = process.kernel(0.5);
    const at = Float64Array.of(1, -2);
    const moved = reconstructedBy(space, process, half, logFactorOf(r))(at, 0.5);
    at.forEach((value, axis) => {
      const slope = -0.5 * ((value / 2 - r.mean[axis]!) / 0.0625);
      expect(moved[axis]!).toBeCloseTo(value / 2 + (sigma ** 2 / alpha) * slope, 6);
    });
  });
});

function factorAt({ mean, covariance: [xx, xy, yy] }: GaussianFactor, x: number, y: number): number {
  const [dx, dy] = [x - mean[0], y - mean[1]];
  const det = xx * yy - xy * xy;
  return Math.exp(-(yy * dx * dx - 2 * xy * dx * dy + xx * dy * dy) / det / 2);
}

describe('a known coordinate', { timeout: LONG }, () => {
  const T = 200;
  // Many points of one seed tell more than a few of three: true draws are nearer to each other.
  const n = 3000;
  const line = { direction: [1, 0], value: 0.3 } as const;
  const conditional = lineConditional(whole, line);
  const target = (seed: number, count: number) => drawOnLine(conditional, line, count, createRng(seed));
  const far = (a: Vector, b: Vector) => wasserstein1OnLine(alongLine(a, line), alongLine(b, line));
  const of = (way: Way) => distances({ ...way, data: whole }, target, T, n, far, [1]);

  it.each([
    ['swiss-roll', [1, 0]],
    ['swiss-roll', [0.6, -0.8]],
    ['checkerboard', [0, 1]],
    ['checkerboard', [0.6, 0.8]],
  ] as const)('of %s along %j has the density that quadrature finds', (id, direction) => {
    const set = datasets.get(id).density(1);
    const along = { direction, value: 0.7 };
    const found = lineConditional(set, along);
    // p along the line, by the density of the plane, in 20 000 steps.
    const [from, to] = [-8, 8];
    const steps = 20_000;
    const at = (k: number) => from + ((k + 0.5) * (to - from)) / steps;
    const points = fromLineAxes(
      Float64Array.from({ length: 2 * steps }, (_, i) => (i % 2 === 0 ? along.value : at(i >> 1))),
      along,
    );
    const p = exactLogDensity(set, CLEAN, points).map((log) => (Math.exp(log) * (to - from)) / steps);
    const total = p.reduce((sum, value) => sum + value, 0);
    expect(Math.exp(found.logEvidence) / total).toBeCloseTo(1, 2);
    let sum = 0;
    for (let k = 0; k < steps; k++) {
      sum += p[k]!;
      if (k % 2000 === 1999) expect(lineCdf(found, at(k))).toBeCloseTo(sum / total, 2);
    }
  });

  it('is exact by guidance, biased by replacement, which repeats cure, and worse by projection', () => {
    const process = chain(T);
    const known = knownLine(line);
    const exact = of({
      denoise: (s, d) => guidedBy(s, process, d, lineGradient(conditional, line, whole)),
    });
    const [once, often] = [1, 3].map((repeats) => of({ sampler: repainted(ddpm, known, repeats) }));
    const projected = of({ denoise: (s, d) => projectedBy(s, d, known) });
    expect(exact.own).toBeLessThan(exact.two + 2 * SOLVER);
    expect(often!.own).toBeLessThan(0.9 * once!.own);
    expect(projected.own).toBeGreaterThan(exact.own);
  });

  it('is kept to the bit by replacement and projection', () => {
    for (const way of [
      { sampler: repainted(ddpm, knownLine(line), 2) },
      { denoise: (s: Space<Vector>, d: Denoiser<Vector>) => projectedBy(s, d, knownLine(line)) },
    ]) {
      expect(samples(20, 50, 1, way).every((value, i) => i % 2 === 1 || Math.abs(value - 0.3) < 1e-12)).toBe(
        true,
      );
    }
  });
});

describe('one class', { timeout: LONG }, () => {
  const T = 100;
  const n = 1000;
  const process = chain(T);
  const gradient = classGradient(labelled, 0);
  const of = (scale: number, way: Way) =>
    distances(way, (seed, count) => drawTempered(labelled, 0, scale, count, createRng(seed)), T, n);
  const bothAlgorithms = (scale: number) =>
    [
      { denoise: (s: Space<Vector>, d: Denoiser<Vector>) => guidedBy(s, process, d, gradient, scale) },
      { draw: (s: Space<Vector>) => guidedDraw(s, process, gradient, scale, 'mean') },
      { draw: (s: Space<Vector>) => guidedDraw(s, process, gradient, scale, 'x') },
    ].map((way) => of(scale, way));

  it('is p(x|y) at scale 1 by either algorithm', () => {
    for (const { own, two } of bothAlgorithms(1)) expect(own).toBeLessThan(1.6 * two);
  });

  it('at scale 3 does not reach p(x)p(y|x)³', () => {
    for (const { own, two } of bothAlgorithms(3)) expect(own).toBeGreaterThan(2 * two);
  });

  it.each([0.5, 3])('draws of p(x)p(y|x)^%s are what a weighted average of draws of p is', (scale) => {
    const points = drawDensity(density, 50_000, createRng(8));
    const logs = logTempered(labelled, 0, scale, points);
    const plain = exactLogDensity(density, CLEAN, points);
    const weights = logs.map((log, i) => Math.exp(log - plain[i]!));
    const mass = weights.reduce((sum, weight) => sum + weight, 0);
    const drawn = drawTempered(labelled, 0, scale, 50_000, createRng(9));
    for (const axis of [0, 1]) {
      const expected = weights.reduce((sum, weight, i) => sum + weight * points[2 * i + axis]!, 0) / mass;
      const mean = drawn.reduce((sum, value, i) => sum + (i % 2 === axis ? value : 0), 0) / 50_000;
      expect(Math.abs(mean - expected)).toBeLessThan(0.03);
    }
  });
});
