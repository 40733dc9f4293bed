/** The first index whose number is above u, of numbers that rise; the last where none is. */
export function firstAbove(upTo: ArrayLike<number>, u: number): number {
  let [low, high] = [0, upTo.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (upTo[middle]! > u) high = middle;
    else low = middle + 1;
  }
  return low;
}
