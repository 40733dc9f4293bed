import { mean } from './metrics/measured.ts';

/** A fitted order of convergence, with the standard error that the scatter about the line leaves. */
export interface OrderFit {
  readonly order: number;
  readonly error: number;
}

/** Fewer points say nothing of their scatter. */
const LEAST_POINTS = 3;

/**
 * The order p of error ≈ c·S^(−p): least squares of ln error on ln S.
 * @param nSteps S of each run, positive
 * @param errors theirs; those that are 0 or no number are left out, since they have no logarithm
 * @returns null where fewer than three different S are left
 */
export function fitOrder(nSteps: readonly number[], errors: readonly number[]): OrderFit | null {
  const points = nSteps.flatMap((S, i) => {
    const error = errors[i]!;
    return error > 0 && Number.isFinite(error) ? [[Math.log(S), Math.log(error)] as const] : [];
  });
  if (new Set(points.map(([x]) => x)).size < LEAST_POINTS) return null;
  const [xMean, yMean] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))];
  const spread = points.reduce((sum, [x]) => sum + (x - xMean) ** 2, 0);
  const slope = points.reduce((sum, [x, y]) => sum + (x - xMean) * (y - yMean), 0) / spread;
  const residual = points.reduce((sum, [x, y]) => sum + (y - yMean - slope * (x - xMean)) ** 2, 0);
  return { order: -slope, error: Math.sqrt(residual / (points.length - 2) / spread) };
}
