import { requireInteger } from '../check.ts';
import type { Vector } from '../types.ts';

/** p(y|x) = softmax(Wx + b)_y. */
export interface LinearClassifier {
  /** [C][2], 1/unit. */
  readonly weights: readonly (readonly [number, number])[];
  /** [C]. */
  readonly biases: readonly number[];
}

/**
 * ∇_x ln p(y|x) = W_y − Σ_c p(c|x) W_c.
 * @param x [n][2]; labels [n], each 0…C−1
 * @returns [n][2], 1/unit
 * @throws RangeError when W and b, or x and the labels, do not fit each other
 */
export function linearClassifierGradient(
  { weights, biases }: LinearClassifier,
  x: Vector,
  labels: readonly number[],
): Vector {
  if (weights.length === 0 || weights.length !== biases.length) {
    throw new RangeError(
      `A classifier needs one bias for each class; ${weights.length} and ${biases.length}.`,
    );
  }
  if (x.length !== 2 * labels.length) {
    throw new RangeError(`${labels.length} labels need as many points, not ${x.length / 2}.`);
  }
  const out = new Float64Array(x.length);
  labels.forEach((label, i) => {
    requireInteger('A label', label, 0, weights.length - 1);
    const logits = weights.map(([a, b], c) => a * x[2 * i]! + b * x[2 * i + 1]! + biases[c]!);
    const top = Math.max(...logits);
    const shares = logits.map((logit) => Math.exp(logit - top));
    const total = shares.reduce((sum, share) => sum + share, 0);
    for (const axis of [0, 1] as const) {
      const mean = shares.reduce((sum, share, c) => sum + share * weights[c]![axis], 0) / total;
      out[2 * i + axis] = weights[label]![axis] - mean;
    }
  });
  return out;
}
