import { requireBetween } from '../check.ts';

export interface Spline {
  /** @throws RangeError outside the first and last x */
  value(x: number): number;
  /** d value/dx, continuous. */
  slope(x: number): number;
}

/**
 * The monotone cubic spline through points (Fritsch & Carlson 1980, §4): smooth, and rising or falling wherever its
 * points do, so that it never overshoots them.
 * @param xs [n] strictly increasing, n ≥ 2
 * @param ys [n]
 */
export function monotoneSpline(xs: readonly number[], ys: readonly number[]): Spline {
  requirePoints(xs, ys);
  const slopes = limitedSlopes(xs, ys);

  /** The Hermite basis on the interval that holds x, and its derivative. */
  const locate = (x: number) => {
    requireBetween('x', x, xs[0]!, xs.at(-1)!);
    let k = 0;
    while (k < xs.length - 2 && x >= xs[k + 1]!) k++;
    const width = xs[k + 1]! - xs[k]!;
    return { k, width, u: (x - xs[k]!) / width };
  };

  return {
    value(x) {
      const { k, width, u } = locate(x);
      if (u === 1) return ys[k + 1]!;
      const rise = ys[k + 1]! - ys[k]!;
      const curvature = (1 - u) * (slopes[k]! * width - rise) - u * (slopes[k + 1]! * width - rise);
      return ys[k]! + u * (rise + (1 - u) * curvature);
    },
    slope(x) {
      const { k, width, u } = locate(x);
      const secant = (ys[k + 1]! - ys[k]!) / width;
      const [left, right] = [slopes[k]!, slopes[k + 1]!];
      return (1 - u) * (1 - 3 * u) * left + u * (3 * u - 2) * right + 6 * u * (1 - u) * secant;
    },
  };
}

/** The mean of the neighbouring secants, drawn into the circle of radius 3 within which a cubic is monotone. */
function limitedSlopes(xs: readonly number[], ys: readonly number[]): number[] {
  const secants = xs.slice(1).map((x, k) => (ys[k + 1]! - ys[k]!) / (x - xs[k]!));
  const slopes = xs.map((_, k) => {
    const before = secants[k - 1] ?? secants[k]!;
    const after = secants[k] ?? before;
    return before * after > 0 ? (before + after) / 2 : 0;
  });
  for (const [k, secant] of secants.entries()) {
    if (secant === 0) continue; // both of its slopes are 0 already
    const reach = Math.hypot(slopes[k]! / secant, slopes[k + 1]! / secant);
    if (reach <= 3) continue;
    slopes[k] = (3 / reach) * slopes[k]!;
    slopes[k + 1] = (3 / reach) * slopes[k + 1]!;
  }
  return slopes;
}

function requirePoints(xs: readonly number[], ys: readonly number[]): void {
  if (xs.length < 2 || ys.length !== xs.length) {
    throw new RangeError(
      `A spline needs at least 2 points, as many xs as ys, not ${xs.length} and ${ys.length}.`,
    );
  }
  for (const [k, x] of xs.entries()) {
    if (!Number.isFinite(x) || !Number.isFinite(ys[k])) {
      throw new RangeError(`Points must be finite numbers; point ${k + 1} is (${x}, ${ys[k]}).`);
    }
    if (k > 0 && x <= xs[k - 1]!)
      throw new RangeError(`The xs must increase; ${x} comes after ${xs[k - 1]}.`);
  }
}
