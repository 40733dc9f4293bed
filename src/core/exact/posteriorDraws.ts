import { exactLogDensity } from '../exact.ts';
import { truncatedNormalQuantile } from '../truncatedNormalQuantile.ts';
import type { Density, DensityComponent, Kernel, Rng, Vector } from '../types.ts';
import { secondOrder } from './secondOrder.ts';

/** What a draw is made of, so that the same draw follows x_t continuously: three uniform numbers and two normal ones. */
export type DrawSeeds = readonly {
  readonly uniform: readonly [number, number, number];
  readonly normal: readonly [number, number];
}[];

export function drawSeeds(n: number, rng: Rng): DrawSeeds {
  return Array.from({ length: n }, () => ({
    uniform: [rng.uniform(), rng.uniform(), rng.uniform()],
    normal: [rng.normal(), rng.normal()],
  }));
}

/**
 * Draws from p(x_0|x_t) of a mixture, exactly: a component by its share of p_t(x_t), then its own posterior, which is a Gaussian, or of a
 * box a truncated normal on each axis.
 * @param kernel with noise
 * @param x x_t, in the units of the density
 * @returns [n][2]
 */
export function posteriorDraws(
  density: Density,
  kernel: Kernel,
  [x, y]: readonly [number, number],
  seeds: DrawSeeds,
): Vector {
  const at = Float64Array.of(x, y);
  const logits = density.map((component) => exactLogDensity([component], kernel, at)[0]!);
  const top = Math.max(...logits);
  let sum = 0;
  const upTo = logits.map((logit) => (sum += Math.exp(logit - top)));
  const sources = new Map<number, (seed: DrawSeeds[number]) => readonly [number, number]>();
  const out = new Float64Array(2 * seeds.length);
  for (const [i, seed] of seeds.entries()) {
    const k = Math.max(
      0,
      upTo.findIndex((share) => share > seed.uniform[0] * sum),
    );
    const source = sources.get(k) ?? sourceOf(density[k]!, kernel, x, y);
    sources.set(k, source);
    out.set(source(seed), 2 * i);
  }
  return out;
}

function sourceOf(component: DensityComponent, kernel: Kernel, x: number, y: number) {
  return component.kind === 'box' ? ofBox(component, kernel, x, y) : ofGaussian(component, kernel, x, y);
}

function ofGaussian(component: DensityComponent, kernel: Kernel, x: number, y: number) {
  const { x0, covariance } = secondOrder([component], kernel)(x, y);
  const [xx, xy, yy] = covariance;
  const first = Math.sqrt(Math.max(0, xx));
  const cross = first > 0 ? xy / first : 0;
  const second = Math.sqrt(Math.max(0, yy - cross ** 2));
  const mean = [x0[0], x0[1]] as const;
  return ({ normal: [u, v] }: DrawSeeds[number]) =>
    [mean[0] + first * u, mean[1] + cross * u + second * v] as const;
}

/** Given x_t, z = (αx_0 − x_t)/σ of each axis is a standard normal between the sides of the box. */
function ofBox(
  { low, high }: Extract<DensityComponent, { kind: 'box' }>,
  { alpha, sigma }: Kernel,
  x: number,
  y: number,
) {
  const axis = (at: 0 | 1, place: number, share: number) => {
    const width = high[at] - low[at];
    if (alpha === 0) return low[at] + share * width;
    const from = (alpha * low[at] - place) / sigma;
    return low[at] + (truncatedNormalQuantile(from, (alpha * width) / sigma, share) * sigma) / alpha;
  };
  return ({ uniform: [, u, v] }: DrawSeeds[number]) => [axis(0, x, u), axis(1, y, v)] as const;
}
