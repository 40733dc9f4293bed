import type { Density, DensityComponent, Rng, Vector } from '../../src/core/types.ts';

/** Draws from a mixture, by its own definition. */
export function drawMixture(density: Density, n: number, rng: Rng): Vector {
  const points = new Float64Array(2 * n);
  for (let i = 0; i < 2 * n; i += 2) {
    const component = pick(density, rng.uniform());
    if (component.kind === 'box') {
      const { low, high } = component;
      points.set(
        [0, 1].map((axis) => low[axis]! + (high[axis]! - low[axis]!) * rng.uniform()),
        i,
      );
    } else {
      // Cholesky factor of the covariance.
      const [xx, xy, yy] = component.covariance;
      const [u, v] = [rng.normal(), rng.normal()];
      const a = Math.sqrt(xx);
      const b = xy / a;
      points.set([component.mean[0] + a * u, component.mean[1] + b * u + Math.sqrt(yy - b * b) * v], i);
    }
  }
  return points;
}

/** The component whose share of [0,1) holds u. */
function pick(density: Density, u: number): DensityComponent {
  let left = u;
  for (const component of density) {
    left -= component.weight;
    if (left < 0) return component;
  }
  return density.at(-1)!;
}

export interface Moments {
  readonly mean: readonly [number, number];
  readonly covariance: readonly [number, number, number];
}

export function sampleMoments(points: Vector): Moments {
  const n = points.length / 2;
  const sums = [0, 0, 0, 0, 0];
  for (let i = 0; i < points.length; i += 2) {
    const [x, y] = [points[i]!, points[i + 1]!];
    [x, y, x * x, x * y, y * y].forEach((value, k) => {
      sums[k]! += value / n;
    });
  }
  const [x, y, xx, xy, yy] = sums as [number, number, number, number, number];
  return { mean: [x, y], covariance: [xx - x * x, xy - x * y, yy - y * y] };
}

export function mixtureMoments(density: Density): Moments {
  const sums = [0, 0, 0, 0, 0];
  for (const component of density) {
    const box = component.kind === 'box';
    const [x, y] = box
      ? [(component.low[0] + component.high[0]) / 2, (component.low[1] + component.high[1]) / 2]
      : component.mean;
    const [xx, xy, yy] = box
      ? [
          (component.high[0] - component.low[0]) ** 2 / 12,
          0,
          (component.high[1] - component.low[1]) ** 2 / 12,
        ]
      : component.covariance;
    [x, y, xx + x * x, xy + x * y, yy + y * y].forEach((value, k) => {
      sums[k]! += component.weight * value;
    });
  }
  const [x, y, xx, xy, yy] = sums as [number, number, number, number, number];
  return { mean: [x, y], covariance: [xx - x * x, xy - x * y, yy - y * y] };
}
