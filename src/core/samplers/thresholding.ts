import { requireBetween } from '../check.ts';
import type { Denoiser, Vector } from '../types.ts';

/**
 * x̂₀ clipped to [−limit, limit] in each coordinate (Ho et al. 2020, whose pictures lie in [−1, 1]).
 * @param limit > 0, in the units of the points
 * @throws RangeError when the limit is not a positive number
 */
export function clippedDenoiser(denoise: Denoiser<Vector>, limit = 1): Denoiser<Vector> {
  requireBetween('The limit of clipping', limit, Number.MIN_VALUE, Infinity);
  return (x, t) => denoise(x, t).map((value) => Math.min(limit, Math.max(-limit, value)));
}

/**
 * Dynamic thresholding (Saharia et al. 2022, §2.3): s is the given quantile of a point's |x̂₀| over its coordinates, but
 * at least the limit; the point is clipped to [−s, s] and, where s exceeds the limit, shrunk by limit/s.
 * @param quantile in [0,1], between order statistics linearly; the paper's is 0.995
 * @param limit > 0, in the units of the points; 1 in the paper
 * @param dimension coordinates per point
 * @throws RangeError when a parameter is out of range
 */
export function dynamicThreshold(
  denoise: Denoiser<Vector>,
  {
    quantile = 0.995,
    limit = 1,
    dimension = 2,
  }: Partial<Record<'quantile' | 'limit' | 'dimension', number>> = {},
): Denoiser<Vector> {
  requireBetween('The quantile of dynamic thresholding', quantile, 0, 1);
  requireBetween('The limit of dynamic thresholding', limit, Number.MIN_VALUE, Number.MAX_VALUE);
  return (x, t) => {
    const out = denoise(x, t).slice();
    for (let start = 0; start < out.length; start += dimension) {
      const point = out.subarray(start, start + dimension);
      const s = Math.max(limit, quantileOf(point.map(Math.abs).sort(), quantile));
      point.forEach((value, i) => {
        point[i] = (Math.min(s, Math.max(-s, value)) * limit) / s;
      });
    }
    return out;
  };
}

/** Linear interpolation between the order statistics, as numpy and torch do. */
function quantileOf(sorted: Float64Array, quantile: number): number {
  const at = quantile * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (at - below) * (sorted[above]! - sorted[below]!);
}
