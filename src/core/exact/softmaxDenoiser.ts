import { requirePoints } from '../metrics/requirePoints.ts';
import type { Denoiser, Density, ForwardProcess, Kernel, Vector } from '../types.ts';
import { requirePairs } from './requireField.ts';

/** Points whose share is below e^−40 (4e-18) cannot change a float64 sum. */
const NEGLIGIBLE = 40;

/**
 * What a model that has memorised its training set learns: the denoiser of the finite set itself,
 * x̂₀ = Σ xᵢ softmaxᵢ(−‖x_t − αxᵢ‖²/2σ²) (Karras et al. 2022, Eq. 57). Without noise: the nearest point.
 * @param points [N][2], at least one; kept, not copied
 * @returns a denoiser of [n][2] in O(n·N)
 */
export function softmaxDenoiser(points: Vector, process: ForwardProcess): Denoiser<Vector> {
  requirePoints(points);
  const squares = new Float64Array(points.length / 2);
  return (x, t) => {
    requirePairs(x);
    const kernel = process.kernel(t);
    const out = new Float64Array(x.length);
    for (let i = 0; i < x.length; i += 2) average(points, kernel, x[i]!, x[i + 1]!, squares, out, i);
    return out;
  };
}

function average(
  points: Vector,
  { alpha, sigma }: Kernel,
  x: number,
  y: number,
  squares: Float64Array,
  out: Vector,
  at: number,
): void {
  let least = Infinity;
  for (let k = 0; k < squares.length; k++) {
    const dx = x - alpha * points[2 * k]!;
    const dy = y - alpha * points[2 * k + 1]!;
    const square = dx * dx + dy * dy;
    squares[k] = square;
    if (square < least) least = square;
  }
  const inverse = sigma > 0 ? 1 / (2 * sigma ** 2) : Infinity;
  const most = sigma > 0 ? least + NEGLIGIBLE / inverse : least;
  let total = 0;
  let sumX = 0;
  let sumY = 0;
  for (let k = 0; k < squares.length; k++) {
    const square = squares[k]!;
    if (square > most) continue;
    const weight = square === least ? 1 : Math.exp((least - square) * inverse);
    total += weight;
    sumX += weight * points[2 * k]!;
    sumY += weight * points[2 * k + 1]!;
  }
  out[at] = sumX / total;
  out[at + 1] = sumY / total;
}

/**
 * The same set as a density of equal spikes, so that every exact field applies to it (log-density and score need σ > 0).
 * @param points [N][2], at least one
 */
export function empiricalDensity(points: Vector): Density {
  requirePoints(points);
  const n = points.length / 2;
  return Array.from({ length: n }, (_, k) => ({
    kind: 'gaussian',
    weight: 1 / n,
    mean: [points[2 * k]!, points[2 * k + 1]!],
    covariance: [0, 0, 0],
  }));
}
