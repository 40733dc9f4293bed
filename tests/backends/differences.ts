function requireSameLength(a: ArrayLike<number>, b: ArrayLike<number>): void {
  if (a.length !== b.length) throw new RangeError(`There are ${a.length} numbers beside ${b.length}.`);
}

/** max |a − b|; NaN where either holds one. @throws RangeError when they are not of one length */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  requireSameLength(a, b);
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i]! - b[i]!));
  return largest;
}

/** ‖a − b‖/‖b‖. @throws RangeError when they are not of one length */
export function relativeError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  requireSameLength(a, b);
  let error = 0;
  let size = 0;
  for (let i = 0; i < a.length; i++) {
    error += (a[i]! - b[i]!) ** 2;
    size += b[i]! ** 2;
  }
  return Math.sqrt(error / size);
}
