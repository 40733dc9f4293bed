import type { Space, Vector } from './types.ts';

/**
 * A function of the points themselves.
 * @throws RangeError where the space does not have them at hand
 */
export function applied<X>(
  space: Pick<Space<X>, 'apply'>,
  of: (...points: readonly Vector[]) => Vector,
  ...xs: readonly X[]
): X {
  if (!space.apply) throw new RangeError('This needs the points themselves, which this space does not have.');
  return space.apply(of, ...xs);
}
