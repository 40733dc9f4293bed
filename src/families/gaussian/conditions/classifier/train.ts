import type { ConditionGradient } from '../../../../core/guidance/index.ts';
import { createRng } from '../../../../core/rng.ts';
import type { Kernel, Rng, Vector } from '../../../../core/types.ts';
import type { GaussianExperiment } from '../../experiment.ts';
import {
  backward,
  type ClassifierShape,
  featuresOf,
  fillFeatures,
  forward,
  initialWeights,
  throughFeatures,
} from './network.ts';

/** p_φ(y|x_t), learned from noised training points (Dhariwal & Nichol 2021, §4). */
export interface LearnedClassifier {
  /** Cross-entropy of the last steps, nats. */
  readonly loss: number;
  /** ∇_x ln p_φ(y|x_t) of a class 0…K−1. */
  gradient(y: number): ConditionGradient;
  /** ln p_φ(y|x_t) [n][K]. */
  logPosterior(x: Vector, kernel: Kernel): Float32Array;
}

const STEPS = 1200;
const BATCH = 128;
const LEARNING_RATE = 3e-3;
/** The rate falls to 0 over this last share of the steps. */
const COOLING = 0.5;
/** Steps between two pauses. */
const AT_ONCE = 2;
/** Share of a running mean that a step has. */
const RECENT = 0.02;

const known = new WeakMap<GaussianExperiment, LearnedClassifier>();

/** The classifier of an experiment, learned once, in small steps: pauses let training go on beside it. */
export async function* classifierOf(
  experiment: GaussianExperiment,
): AsyncGenerator<void, LearnedClassifier, void> {
  const made = known.get(experiment);
  if (made) return made;
  const learned = yield* learn(experiment);
  known.set(experiment, learned);
  return learned;
}

/** @param nSteps how long it learns */
export async function* learn(
  experiment: GaussianExperiment,
  nSteps = STEPS,
): AsyncGenerator<void, LearnedClassifier, void> {
  const shape = { nClasses: experiment.dataset.classNames.length };
  const rng = createRng(7).fork('classifier');
  const weights = initialWeights(shape, rng.fork('weights'));
  const adam = { m: new Float32Array(weights.length), v: new Float32Array(weights.length) };
  const draws = rng.fork('batches');
  let loss = Math.log(shape.nClasses);
  for (let step = 0; step < nSteps; step++) {
    const gradient = new Float32Array(weights.length);
    loss += RECENT * (gradientOf(experiment, shape, weights, draws, gradient) - loss);
    const rate = LEARNING_RATE * Math.min(1, (1 - step / nSteps) / COOLING);
    adamStep(weights, gradient, adam, step + 1, rate);
    if (step % AT_ONCE === 0) yield;
  }
  return classifier(shape, weights, loss);
}

/** One batch: the slope of its mean cross-entropy. @returns that entropy, nats */
function gradientOf(
  experiment: GaussianExperiment,
  shape: ClassifierShape,
  weights: Float32Array,
  rng: Rng,
  gradient: Float32Array,
): number {
  const { task, points, labels, process, trainingLevels } = experiment;
  const levels = task.drawLevels(BATCH, rng);
  const chosen = Array.from({ length: BATCH }, () => rng.integer(labels.length));
  let inputs = new Float32Array(0);
  chosen.forEach((index, i) => {
    const kernel = process.kernel(trainingLevels.times[levels[i]!]!);
    const [x, y] = [0, 1].map(
      (axis) => kernel.alpha * points[2 * index + axis]! + kernel.sigma * rng.normal(),
    ) as [number, number];
    if (i === 0) inputs = new Float32Array(BATCH * featuresOf(new Float64Array(2), kernel).length);
    fillFeatures(inputs, i, x, y, kernel);
  });
  const activations = forward(shape, weights, inputs);
  const slope = activations.logits.map(Math.exp);
  let loss = 0;
  chosen.forEach((index, i) => {
    const at = i * shape.nClasses + labels[index]! - 1;
    loss -= activations.logits[at]! / BATCH;
    slope[at]! -= 1;
  });
  backward(
    shape,
    weights,
    activations,
    slope.map((value) => value / BATCH),
    gradient,
  );
  return loss;
}

/** Kingma & Ba 2015, Algorithm 1. */
function adamStep(
  weights: Float32Array,
  gradient: Float32Array,
  { m, v }: { m: Float32Array; v: Float32Array },
  step: number,
  rate: number,
): void {
  const [beta1, beta2, epsilon] = [0.9, 0.999, 1e-8];
  for (let i = 0; i < weights.length; i++) {
    const g = gradient[i]!;
    m[i] = beta1 * m[i]! + (1 - beta1) * g;
    v[i] = beta2 * v[i]! + (1 - beta2) * g * g;
    const mean = m[i]! / (1 - beta1 ** step);
    weights[i]! -= (rate * mean) / (Math.sqrt(v[i]! / (1 - beta2 ** step)) + epsilon);
  }
}

function classifier(shape: ClassifierShape, weights: Float32Array, loss: number): LearnedClassifier {
  const answer = (x: Vector, kernel: Kernel) => forward(shape, weights, featuresOf(x, kernel));
  return {
    loss,
    logPosterior: (x, kernel) => answer(x, kernel).logits,
    gradient: (y) => (x, kernel) => {
      const activations = answer(x, kernel);
      const slope = activations.logits.map((log, i) => (i % shape.nClasses === y ? 1 : 0) - Math.exp(log));
      return throughFeatures(x, kernel, backward(shape, weights, activations, slope, null));
    },
  };
}
