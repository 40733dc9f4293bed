import { requireBetween } from '../check.ts';
import type { Denoiser, Space, Threshold, Vector } from '../types.ts';

/**
 * x̂₀ clipped to [−limit, limit] in each coordinate (Ho et al. 2020, whose pictures lie in [−1, 1]).
 * @param limit > 0, in the units of the points
 * @throws RangeError when the limit is not a positive number
 */
export function clippedDenoiser(denoise: Denoiser<Vector>, limit = 1): Denoiser<Vector> {
  const how = { kind: 'limit', limit } as const;
  requireThreshold(how);
  return (x, t) => thresholded(denoise(x, t), how);
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
  const how = { kind: 'dynamic', limit, quantile } as const;
  requireThreshold(how);
  return (x, t) => thresholded(denoise(x, t), how, dimension);
}

/**
 * A denoiser on any space whose answers are kept within a range.
 * @throws RangeError when a number of the range is out of its own
 */
export function thresholdedDenoiser<X>(
  denoise: Denoiser<X>,
  space: Pick<Space<X>, 'threshold' | 'scope'>,
  how: Threshold | null,
): Denoiser<X> {
  if (how === null) return denoise;
  requireThreshold(how);
  return (x, t) => space.scope(() => space.threshold(denoise(x, t), how));
}

/** x̂₀ within the range, [n][dimension]: `Space.threshold` on arrays. */
export function thresholded(x0Hat: Vector, how: Threshold, dimension = 2): Vector {
  const { limit } = how;
  const out = x0Hat.slice();
  for (let start = 0; start < out.length; start += dimension) {
    const point = out.subarray(start, start + dimension);
    const s =
      how.kind === 'limit' ? limit : Math.max(limit, quantileOf(point.map(Math.abs).sort(), how.quantile));
    const shrink = s === limit ? 1 : limit / s;
    point.forEach((value, i) => {
      point[i] = Math.min(s, Math.max(-s, value)) * shrink;
    });
  }
  return out;
}

function requireThreshold(how: Threshold): void {
  if (how.kind === 'limit') {
    requireBetween('The limit of clipping', how.limit, Number.MIN_VALUE, Infinity);
    return;
  }
  requireBetween('The quantile of dynamic thresholding', how.quantile, 0, 1);
  requireBetween('The limit of dynamic thresholding', how.limit, Number.MIN_VALUE, Number.MAX_VALUE);
}

/** Linear interpolation between the order statistics, as numpy and torch do. */
function quantileOf(sorted: Float64Array, quantile: number): number {
  const at = quantile * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (at - below) * (sorted[above]! - sorted[below]!);
}
