import { withClasses } from '../../src/backends/classes.ts';
import { examplesOf } from '../../src/backends/examples.ts';
import { initialWeights, type NetworkShape } from '../../src/backends/network.ts';
import { LEVEL, LEVEL_SIZE, type Objective } from '../../src/backends/objective.ts';
import { freshState } from '../../src/backends/state.ts';
import type { Task } from '../../src/backends/task.ts';
import type { Batch, TrainerBackend, TrainerState } from '../../src/backends/types.ts';
import { createRng } from '../../src/core/rng.ts';
import { referenceBound, referenceLoss } from './reference.ts';

const N_LEVELS = 7;

/** Noise levels of no process at all: every number of every row differs, so that a mix-up shows. */
function randomObjective(learnsVariance: boolean): Objective {
  const rng = createRng(11);
  const levels = Float32Array.from({ length: N_LEVELS * LEVEL_SIZE }, () => rng.normal());
  for (let i = 0; i < N_LEVELS; i++) {
    const row = levels.subarray(i * LEVEL_SIZE, (i + 1) * LEVEL_SIZE);
    row[LEVEL.gain] = 0.2 + rng.uniform();
    row[LEVEL.logBeta] = -1 - rng.uniform();
    row[LEVEL.logBetaTilde] = -2 - rng.uniform();
    row[LEVEL.isKl] = i % 3 === 0 ? 0 : 1;
  }
  return { levels, nLevels: N_LEVELS, learnsVariance, boundWeight: learnsVariance ? 0.3 : 0 };
}

export function randomTask(shape: NetworkShape): Task {
  const { classes = 0 } = shape;
  const rng = createRng(12);
  return {
    shape,
    objective: withClasses(randomObjective(shape.outputs === 4), classes),
    points: Float64Array.from({ length: 40 }, () => rng.normal()),
    labels: Uint8Array.from({ length: 20 }, (_, i) => 1 + (i % Math.max(1, classes))),
    timeSampling: 'uniform',
    drawLevels: (n, stream) => Uint32Array.from({ length: n }, () => stream.integer(N_LEVELS)),
  };
}

export function randomBatch(size: number, seed = 13, classes = 0): Batch {
  const rng = createRng(seed);
  const normals = () => Float32Array.from({ length: 2 * size }, () => rng.normal());
  return {
    size,
    level: Uint32Array.from({ length: size }, () => rng.integer((classes + 1) * N_LEVELS)),
    x0: normals(),
    eps: normals(),
  };
}

/** The last layer and the biases start at zero; random ones test more. */
export function randomWeights(shape: NetworkShape): Float32Array {
  const rng = createRng(14);
  return initialWeights(shape, rng).map((value) => value + 0.2 * rng.normal());
}

export function randomState(shape: NetworkShape): TrainerState {
  return freshState(randomWeights(shape));
}

/** The loss in float64, and the objective's gradient in some of the parameters by central differences. */
export function referenceGradient({ shape, objective }: Task, weights: Float32Array, batch: Batch) {
  const examples = examplesOf(batch, objective);
  const exact = Float64Array.from(weights);
  const objectiveAt = (moved: Float64Array) => {
    const loss = referenceLoss(moved, shape, examples);
    if (!objective.learnsVariance) return loss;
    return loss + objective.boundWeight * referenceBound(moved, shape, examples, exact);
  };
  const gradientAt = (i: number) => {
    const at = (h: number) => objectiveAt(exact.with(i, exact[i]! + h));
    return (at(1e-5) - at(-1e-5)) / 2e-5;
  };
  return { loss: referenceLoss(exact, shape, examples), gradientAt };
}

/** One step's loss and gradient: after the first step Adam's m is a tenth of it. */
export async function lossAndGradient<X>(backend: TrainerBackend<X>, task: Task, batch: Batch) {
  const trainer = backend.createTrainer(task, randomState(task.shape), createRng(1));
  trainer.advanceOn(batch, { learningRate: 1e-3, emaDecay: 0.5 });
  const loss = await trainer.settle();
  const { firstMoment } = await trainer.state();
  trainer.dispose();
  return { loss, gradient: firstMoment.map((m) => 10 * m) };
}
