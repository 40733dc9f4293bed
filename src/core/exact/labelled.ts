import { requireInteger } from '../check.ts';
import { exactLogDensity, exactScore } from '../exact.ts';
import type { Density, Kernel, LabelledDensity, Vector } from '../types.ts';

/** C. @throws RangeError unless there is one label per component, and the labels are all of 0…C−1 */
export function classCount({ density, labels }: LabelledDensity): number {
  if (labels.length !== density.length || density.length === 0) {
    throw new RangeError(
      `Every component needs one label; there are ${density.length} components and ${labels.length} labels.`,
    );
  }
  for (const label of labels) requireInteger('A label', label, 0, density.length - 1);
  const count = Math.max(...labels) + 1;
  const present = new Set(labels);
  if (present.size !== count) {
    throw new RangeError(`Labels must be all of 0…${count - 1}; only ${[...present].join(', ')} occur.`);
  }
  return count;
}

/** p(y): [C], sums to 1. */
export function classPrior(labelled: LabelledDensity): Float64Array {
  const prior = new Float64Array(classCount(labelled));
  labelled.density.forEach(({ weight }, k) => {
    prior[labelled.labels[k]!]! += weight;
  });
  return prior;
}

/**
 * p(x|y), a mixture of its own: every exact field of it is the conditional one (score(x|y), ε*(x|y), E[x_0|x_t, y], …).
 * @param y a class, 0…C−1
 */
export function classDensity(labelled: LabelledDensity, y: number): Density {
  requireInteger('The class', y, 0, classCount(labelled) - 1);
  const total = classPrior(labelled)[y]!;
  return labelled.density
    .filter((_, k) => labelled.labels[k] === y)
    .map((component) => ({ ...component, weight: component.weight / total }));
}

/**
 * p(y|x_t), Bayes' rule: the classifier that no trained one can beat.
 * @param x [n][2] noised points @returns [n][C], rows sum to 1
 */
export function classPosterior(labelled: LabelledDensity, kernel: Kernel, x: Vector): Float64Array {
  const prior = classPrior(labelled);
  const nClasses = prior.length;
  const joint = Array.from(prior, (p, y) => {
    const logDensity = exactLogDensity(classDensity(labelled, y), kernel, x);
    return logDensity.map((value) => value + Math.log(p));
  });
  const out = new Float64Array((x.length / 2) * nClasses);
  for (let i = 0; i < x.length / 2; i++) {
    const top = joint.reduce((most, logs) => Math.max(most, logs[i]!), -Infinity);
    // Outside every class (without noise) the point says nothing: the prior stands.
    const weights = joint.map((logs, y) => (top === -Infinity ? prior[y]! : Math.exp(logs[i]! - top)));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    for (let y = 0; y < nClasses; y++) out[i * nClasses + y] = weights[y]! / total;
  }
  return out;
}

/**
 * ∇_x ln p(y|x_t) = score(x|y) − score(x), the gradient of the exact classifier.
 * @param x [n][2] noised points; y a class for all of them @returns [n][2], 1/unit
 */
export function classifierGradient(labelled: LabelledDensity, kernel: Kernel, x: Vector, y: number): Vector {
  const unconditional = exactScore(labelled.density, kernel, x);
  return exactScore(classDensity(labelled, y), kernel, x).map((value, i) => value - unconditional[i]!);
}
