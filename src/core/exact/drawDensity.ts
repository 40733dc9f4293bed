import { firstAbove } from '../firstAbove.ts';
import type { Density, DensityComponent, Rng, Vector } from '../types.ts';

/** Independent draws of a mixture, [n][2], in the units of the density; its weights need not sum to 1. */
export function drawDensity(density: Density, n: number, rng: Rng): Vector {
  if (density.length === 0) throw new RangeError('A density needs at least one component.');
  let total = 0;
  const upTo = Float64Array.from(density, ({ weight }) => {
    total += weight;
    return total;
  });
  const out = new Float64Array(2 * n);
  for (let i = 0; i < n; i++) {
    const u = total * rng.uniform();
    out.set(drawComponent(density[firstAbove(upTo, u)]!, rng), 2 * i);
  }
  return out;
}

/** One draw of a component. */
export function drawComponent(component: DensityComponent, rng: Rng): readonly [number, number] {
  if (component.kind === 'box') {
    const { low, high } = component;
    return [low[0] + rng.uniform() * (high[0] - low[0]), low[1] + rng.uniform() * (high[1] - low[1])];
  }
  const {
    mean,
    covariance: [xx, xy, yy],
  } = component;
  // Cholesky's root, which may be singular.
  const a = Math.sqrt(xx);
  const b = a > 0 ? xy / a : 0;
  const c = Math.sqrt(Math.max(0, yy - b * b));
  const z = rng.normal();
  return [mean[0] + a * z, mean[1] + b * z + c * rng.normal()];
}
