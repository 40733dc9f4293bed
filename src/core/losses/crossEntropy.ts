/** Rows of logits, each of `groups` categorical variables of `size` values: [n][groups][size]. */
export interface LogitShape {
  readonly n: number;
  readonly groups: number;
  readonly size: number;
}

/** A group with this label has no loss. */
export const NO_LABEL = -1;

/**
 * Softmax cross-entropy, −Σ w·ln p(label), over all groups of all rows, divided by n; in nats.
 * @param logits [n][groups][size]
 * @param labels [n][groups] of 0…size − 1, or NO_LABEL
 * @param weights [n][groups], or null for 1
 * @param into [n][groups][size], to which the slopes w·(p − onehot)/n are added
 */
export function crossEntropy(
  logits: Float32Array,
  { n, groups, size }: LogitShape,
  labels: ArrayLike<number>,
  weights: ArrayLike<number> | null,
  into: Float32Array,
): number {
  const exponentials = new Float64Array(size);
  let loss = 0;
  for (let group = 0; group < n * groups; group++) {
    const label = labels[group]!;
    const weight = weights ? weights[group]! : 1;
    if (label === NO_LABEL || weight === 0) continue;
    const at = group * size;
    let largest = logits[at]!;
    for (let k = 1; k < size; k++) if (logits[at + k]! > largest) largest = logits[at + k]!;
    let sum = 0;
    for (let k = 0; k < size; k++) {
      const e = Math.exp(logits[at + k]! - largest);
      exponentials[k] = e;
      sum += e;
    }
    loss += weight * (Math.log(sum) + largest - logits[at + label]!);
    const scale = weight / n / sum;
    for (let k = 0; k < size; k++) into[at + k]! += scale * exponentials[k]!;
    into[at + label]! -= weight / n;
  }
  return loss / n;
}

/** p = softmax of each group. @param logits [n·groups][size] */
export function softmaxGroups(logits: ArrayLike<number>, size: number): Float64Array {
  const out = new Float64Array(logits.length);
  for (let at = 0; at < out.length; at += size) {
    let largest = -Infinity;
    for (let k = 0; k < size; k++) largest = Math.max(largest, logits[at + k]!);
    let sum = 0;
    for (let k = 0; k < size; k++) {
      const e = Math.exp(logits[at + k]! - largest);
      out[at + k] = e;
      sum += e;
    }
    for (let k = 0; k < size; k++) out[at + k]! /= sum;
  }
  return out;
}

/** Σ (F − target)²/(n·columns), with its slopes added to `into`. @param outputs [n][columns] */
export function squaredError(outputs: Float32Array, targets: ArrayLike<number>, into: Float32Array): number {
  let loss = 0;
  for (let i = 0; i < outputs.length; i++) {
    const error = outputs[i]! - targets[i]!;
    loss += error * error;
    into[i]! += (2 * error) / outputs.length;
  }
  return loss / outputs.length;
}
