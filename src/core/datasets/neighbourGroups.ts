import type { Vector } from '../types.ts';

/**
 * Splits points into groups of neighbours of about equal size: halved along their longer side, again and again.
 * Equal points may be parted, which changes no mean and no weight.
 * @param points [n][2]
 * @param members which of the points; reordered in place
 * @param count 1…members.length
 * @returns the groups, as parts of `members`
 */
export function neighbourGroups(points: Vector, members: Uint32Array, count: number): readonly Uint32Array[] {
  if (count <= 1) return [members];
  const axis = longerSide(points, members);
  const lowerCount = Math.floor(count / 2);
  const cut = Math.round((members.length * lowerCount) / count);
  selectLowest(points, members, axis, cut);
  return [
    ...neighbourGroups(points, members.subarray(0, cut), lowerCount),
    ...neighbourGroups(points, members.subarray(cut), count - lowerCount),
  ];
}

function longerSide(points: Vector, members: Uint32Array): 0 | 1 {
  const low = [Infinity, Infinity] as [number, number];
  const high = [-Infinity, -Infinity] as [number, number];
  for (const i of members) {
    for (const axis of [0, 1] as const) {
      const value = points[2 * i + axis]!;
      if (value < low[axis]) low[axis] = value;
      if (value > high[axis]) high[axis] = value;
    }
  }
  return high[0] - low[0] >= high[1] - low[1] ? 0 : 1;
}

/** Brings the `k` members that are lowest on an axis to the front (Hoare's selection; n steps on average). */
function selectLowest(points: Vector, members: Uint32Array, axis: 0 | 1, k: number): void {
  const at = (position: number) => points[2 * members[position]! + axis]!;
  let from = 0;
  let to = members.length - 1;
  while (from < to) {
    const pivot = at((from + to) >> 1);
    let i = from;
    let j = to;
    while (i <= j) {
      while (at(i) < pivot) i++;
      while (at(j) > pivot) j--;
      if (i > j) break;
      const swapped = members[i]!;
      members[i++] = members[j]!;
      members[j--] = swapped;
    }
    if (k <= j) to = j;
    else if (k >= i) from = i;
    else return;
  }
}
