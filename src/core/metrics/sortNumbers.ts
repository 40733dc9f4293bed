/** Numbers in one part of the range beyond which it is left to the general sort. */
const MOST_IN_ONE = 64;

let ends = new Uint32Array(0);
let parts = new Uint32Array(0);
let spare = new Float64Array(0);

function reserve(n: number): void {
  if (parts.length >= n) return;
  ends = new Uint32Array(n + 1);
  parts = new Uint32Array(n);
  spare = new Float64Array(n);
}

/**
 * Sorts numbers in place, in the order of `Float64Array.sort`. Where they are spread like samples, it puts them into as
 * many even parts of their range as there are numbers, and is several times as fast.
 */
export function sortNumbers(x: Float64Array): Float64Array {
  const n = x.length;
  let [low, high] = [x[0]!, x[0]!];
  for (let i = 1; i < n; i++) {
    const value = x[i]!;
    if (value < low) low = value;
    else if (value > high) high = value;
    else if (Number.isNaN(value)) return x.sort();
  }
  const scale = (n - 1) / (high - low);
  // What is not finite, or all alike.
  if (!(scale > 0 && scale < Number.MAX_VALUE)) return x.sort();
  reserve(n);
  ends.fill(0, 0, n + 1);
  for (let i = 0; i < n; i++) {
    const part = ((x[i]! - low) * scale) >>> 0;
    parts[i] = part;
    ends[part + 1]! += 1;
  }
  let most = 0;
  for (let part = 1; part <= n; part++) {
    if (ends[part]! > most) most = ends[part]!;
    ends[part]! += ends[part - 1]!;
  }
  if (most > MOST_IN_ONE) return x.sort();
  for (let i = 0; i < n; i++) spare[ends[parts[i]!]!++] = x[i]!;
  for (let i = 0; i < n; i++) {
    const value = spare[i]!;
    let at = i;
    for (; at > 0 && x[at - 1]! > value; at--) x[at] = x[at - 1]!;
    x[at] = value;
  }
  return x;
}
