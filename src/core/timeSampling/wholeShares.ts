import { requireInteger } from '../check.ts';

/**
 * Whole numbers in proportion to the shares, by largest remainders, and at least 1 for each share: so that whatever may
 * happen is among so many equally likely cases.
 * @param shares [n], at least 0; none of 0 gets anything
 * @param total what they sum to, at least the number of shares above 0
 * @returns [n]
 * @throws RangeError when the total does not reach for all, or a share is negative or not finite
 */
export function wholeShares(shares: ArrayLike<number>, total: number): Uint32Array {
  const all = Array.from(shares);
  if (!all.every((share) => share >= 0 && share < Infinity)) {
    throw new RangeError('Shares must be finite numbers from 0.');
  }
  const counts = new Uint32Array(all.length);
  let rich = all.flatMap((share, i) => (share > 0 ? [i] : []));
  requireInteger('The total', total, rich.length, 2 ** 32 - 1);
  let left = total;
  // Whoever would get less than 1 gets 1, and the others share what is left.
  for (;;) {
    const perShare = left / sumOf(rich, all);
    const poor = rich.filter((i) => all[i]! * perShare < 1);
    if (poor.length === 0) break;
    for (const i of poor) counts[i] = 1;
    left -= poor.length;
    rich = rich.filter((i) => counts[i] === 0);
  }
  const perShare = left / sumOf(rich, all);
  for (const i of rich) {
    counts[i] = Math.floor(all[i]! * perShare);
    left -= counts[i]!;
  }
  const remainder = (i: number) => all[i]! * perShare - counts[i]!;
  for (const i of rich.toSorted((a, b) => remainder(b) - remainder(a)).slice(0, left)) counts[i]! += 1;
  return counts;
}

const sumOf = (indices: readonly number[], values: readonly number[]) =>
  indices.reduce((sum, i) => sum + values[i]!, 0);
