import type { Density } from '../types.ts';

/** Whether most of a density lies in Gaussians with a standard deviation, across where they are narrowest, below `width` (data units). */
export function isFinerThan(density: Density, width: number): boolean {
  const fine = density.filter((part) => part.kind === 'gaussian' && narrowest(part.covariance) < width);
  return fine.reduce((sum, { weight }) => sum + weight, 0) > 0.5;
}

function narrowest([xx, xy, yy]: readonly [number, number, number]): number {
  return Math.sqrt(Math.max(0, (xx + yy) / 2 - Math.hypot((xx - yy) / 2, xy)));
}
