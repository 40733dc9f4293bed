import type { Vector } from '../types.ts';

/** @throws RangeError unless both sets hold at least one point, as x, y pairs of finite numbers */
export function requirePoints(...sets: readonly Vector[]): void {
  for (const points of sets) {
    if (points.length === 0 || points.length % 2 !== 0) {
      throw new RangeError(
        `A distance needs points as x, y pairs, at least one; got ${points.length} numbers.`,
      );
    }
    if (!points.every(Number.isFinite)) throw new RangeError('A distance needs finite points.');
  }
}
