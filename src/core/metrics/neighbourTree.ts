import type { Vector } from '../types.ts';

/** Points in a leaf, which are simply gone through. */
const LEAF = 10;

/** Nearest points of a fixed set: a k-d tree, halved along its longer side, so that clusters and outliers cost no more. */
export interface NeighbourTree {
  /**
   * Squared distances from (x, y) to its K nearest points, increasing, into `out`; Infinity where there are fewer, or where
   * x or y is not finite.
   * @param skip a point of the set that is not counted; −1 for none
   * @param within squared: farther points are not looked for
   */
  nearest(x: number, y: number, out: Float64Array, skip?: number, within?: number): void;
}

/** @param points [n][2], finite; copied */
export function neighbourTree(points: Vector): NeighbourTree {
  const n = points.length / 2;
  const order = Int32Array.from({ length: n }, (_, i) => i);
  /** Of the node whose middle is here: its longer side, and where on it the second half begins. */
  const axes = new Uint8Array(n);
  const cuts = new Float64Array(n);
  split({ points, order, axes, cuts }, 0, n);
  const xs = Float64Array.from(order, (i) => points[2 * i]!);
  const ys = Float64Array.from(order, (i) => points[2 * i + 1]!);

  let x = 0;
  let y = 0;
  let skip = -1;
  let found: Float64Array = new Float64Array(0);
  let last = 0;

  /** @param offX, offY how far (x, y) lies outside of the node's part of the plane */
  function visit(from: number, to: number, offX: number, offY: number): void {
    if (to - from <= LEAF) {
      for (let i = from; i < to; i++) {
        const square = (x - xs[i]!) ** 2 + (y - ys[i]!) ** 2;
        if (square < found[last]! && order[i] !== skip) insert(found, square);
      }
      return;
    }
    const middle = (from + to) >> 1;
    const alongX = axes[middle] === 0;
    const past = (alongX ? x : y) - cuts[middle]!;
    const [farX, farY] = alongX ? [past, offY] : [offX, past];
    if (past < 0) visit(from, middle, offX, offY);
    else visit(middle, to, offX, offY);
    if (farX * farX + farY * farY > found[last]!) return;
    if (past < 0) visit(middle, to, farX, farY);
    else visit(from, middle, farX, farY);
  }

  return {
    nearest(atX, atY, out, without = -1, within = Infinity) {
      out.fill(within);
      x = atX;
      y = atY;
      skip = without;
      found = out;
      last = out.length - 1;
      if (Number.isFinite(x) && Number.isFinite(y)) visit(0, n, 0, 0);
      if (within < Infinity) for (let k = 0; k <= last; k++) if (out[k] === within) out[k] = Infinity;
    },
  };
}

/** Puts a value into its place of the sorted numbers, dropping the last. */
function insert(sorted: Float64Array, value: number): void {
  let at = sorted.length - 1;
  while (at > 0 && sorted[at - 1]! > value) {
    sorted[at] = sorted[at - 1]!;
    at--;
  }
  sorted[at] = value;
}

interface Nodes {
  readonly points: Vector;
  readonly order: Int32Array;
  readonly axes: Uint8Array;
  readonly cuts: Float64Array;
}

/** Orders from…to so that no point before the middle lies beyond it along the node's axis, and so on in both halves. */
function split(nodes: Nodes, from: number, to: number): void {
  if (to - from <= LEAF) return;
  const { points, order, axes, cuts } = nodes;
  const middle = (from + to) >> 1;
  const axis = longerSide(points, order, from, to);
  select(points, order, axis, from, to - 1, middle);
  axes[middle] = axis;
  cuts[middle] = points[2 * order[middle]! + axis]!;
  split(nodes, from, middle);
  split(nodes, middle, to);
}

function longerSide(points: Vector, order: Int32Array, from: number, to: number): 0 | 1 {
  let [lowX, lowY, highX, highY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = from; i < to; i++) {
    const x = points[2 * order[i]!]!;
    const y = points[2 * order[i]! + 1]!;
    if (x < lowX) lowX = x;
    if (x > highX) highX = x;
    if (y < lowY) lowY = y;
    if (y > highY) highY = y;
  }
  return highX - lowX >= highY - lowY ? 0 : 1;
}

/** Quickselect (Hoare 1961): afterwards `order[at]` is what it were if left…right were sorted; equal values do no harm. */
function select(
  points: Vector,
  order: Int32Array,
  axis: 0 | 1,
  left: number,
  right: number,
  at: number,
): void {
  while (left < right) {
    const pivot = points[2 * order[(left + right) >> 1]! + axis]!;
    let i = left;
    let j = right;
    while (i <= j) {
      while (points[2 * order[i]! + axis]! < pivot) i++;
      while (points[2 * order[j]! + axis]! > pivot) j--;
      if (i > j) break;
      const swapped = order[i]!;
      order[i++] = order[j]!;
      order[j--] = swapped;
    }
    if (at <= j) right = j;
    else if (at >= i) left = i;
    else return;
  }
}
