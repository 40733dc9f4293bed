import type { Density, Kernel, Vector } from '../types.ts';

/** @throws RangeError unless the density has a component, alpha and sigma are at least 0, and x holds pairs */
export function requireField(density: Density, { alpha, sigma }: Kernel, x: Vector): void {
  if (density.length === 0) throw new RangeError('A density needs at least one component.');
  requirePairs(x);
  if (!(alpha >= 0 && sigma >= 0 && alpha + sigma > 0 && Number.isFinite(alpha + sigma))) {
    throw new RangeError(
      `A kernel needs finite alpha and sigma of at least 0, not both 0; got ${alpha} and ${sigma}.`,
    );
  }
}

/** @throws RangeError unless x holds whole points */
export function requirePairs(x: Vector): void {
  if (x.length % 2 !== 0) throw new RangeError(`Points come as x, y pairs, not as ${x.length} numbers.`);
}
