import { shuffledDraws } from '../../backends/batches.ts';
import { withClasses } from '../../backends/classes.ts';
import type { Model } from '../../backends/model.ts';
import { answerable, objectiveOf } from '../../backends/objective.ts';
import { freshState } from '../../backends/state.ts';
import type { Task } from '../../backends/task.ts';
import type { Batch, StepRates } from '../../backends/types.ts';
import { distillationTarget, type StudentStep, studentSteps } from '../../core/distillation.ts';
import type { Rng } from '../../core/types.ts';
import { truncatedSnr } from '../../core/weightings/truncatedSnr.ts';
import { type DeviceDenoiser, learnedDeviceDenoiser } from './deviceDenoiser.ts';
import type { GaussianExperiment } from './experiment.ts';

/** Batches whose points are drawn together, so that the teacher is asked about many points of one time at once. */
const BLOCK = 16;
/** A loss beyond this is divergence. */
const ABSURD_LOSS = 1e6;

export interface DistillationOptions {
  /** Of the student's training. */
  readonly trainSteps: number;
  readonly batchSize: number;
  /** Where the rate begins, before it falls linearly to 0. */
  readonly learningRate: number;
  readonly rng: Rng;
}

/** A student of progressive distillation; whoever asked for it frees its network. */
export interface Student {
  readonly model: Model;
  /** Mean loss of the last batches. */
  readonly loss: number;
}

/**
 * Trains a student that does in one step of DDIM what its teacher does in two (Salimans & Ho 2022, Algorithm 2). It is the teacher's
 * network, begins with its weights, and is the next teacher. Where classes are taught, it learns the answers for any class.
 * @param times [2N + 1] that the teacher visits, from 1 to 0
 * @param told hears how many steps are done
 * @returns the student, or in words why there is none
 */
export async function* distil(
  { backend, network: teacher }: Model,
  experiment: GaussianExperiment,
  times: readonly number[],
  { trainSteps, batchSize, learningRate, rng }: DistillationOptions,
  told: (step: number) => void = () => undefined,
): AsyncGenerator<void, Student | string, void> {
  // x̂₀ = (z − σε̂)/α says nothing where α is 0, and one step from t = 1 is all that the last student takes (§4).
  if (experiment.output.dividesByAlpha) {
    return 'A student must say x̂₀ at t = 1, where nothing of it is left in an answer that divides by α. Let the network predict v or x₀.';
  }
  const steps = studentSteps(times);
  const weights = freshState(await teacher.readWeights());
  const trainer = backend.createTrainer(studentTask(experiment, steps), weights, rng.fork('batches'));
  const denoiser = learnedDeviceDenoiser(backend, teacher, experiment, rng.fork('noise'));
  const drawing = rng.fork('points');
  try {
    let loss = Number.NaN;
    for (let block = 0; trainer.step < trainSteps; block++) {
      const wanted = Math.min(BLOCK, trainSteps - trainer.step);
      const batches = yield* drawBatches(denoiser, experiment, steps, wanted, batchSize, drawing.fork(block));
      for (const batch of batches) {
        trainer.advanceOn(batch, ratesAt(trainer.step, trainSteps, learningRate));
        yield;
      }
      loss = await trainer.settle();
      if (!(Math.abs(loss) < ABSURD_LOSS)) return `Distillation diverged at step ${trainer.step}.`;
      told(trainer.step);
    }
    return { model: { backend, network: trainer.freeze(), source: 'own', step: trainSteps }, loss };
  } finally {
    trainer.dispose();
  }
}

/** The rate falls linearly to 0 in every round (App. G), so that the last weights need no average. */
function ratesAt(step: number, trainSteps: number, peak: number): StepRates {
  return { learningRate: peak * (1 - step / trainSteps), emaDecay: 0 };
}

/** The loss max(α²/σ², 1)·‖x̃ − x̂(z_t)‖² at t ∈ {1/N, …, 1} alone, by the answers that the network has. */
export function studentTask(experiment: GaussianExperiment, steps: readonly StudentStep[]): Task {
  const { task, process, output, trainingLevels, classes } = experiment;
  const objective = objectiveOf({
    process,
    times: steps.map(({ t }) => t).toReversed(),
    below: trainingLevels.previousTime,
    output,
    weighting: truncatedSnr,
    parameters: {},
    learnsVariance: task.objective.learnsVariance,
  });
  return {
    ...task,
    objective: withClasses(objective, classes.length),
    drawLevels: (n, rng) => Uint32Array.from({ length: n }, () => rng.integer(steps.length)),
  };
}

/**
 * Batches at all times of the student alike. A batch is given as (x₀, ε), of which an engine makes αx₀ + σε and what is to be
 * answered about it; so x̃ stands in the place of x₀, and of ε the noise that makes them the z_t of which x̃ was found.
 */
export async function* drawBatches(
  denoiser: DeviceDenoiser<unknown>,
  { points, process }: GaussianExperiment,
  steps: readonly StudentStep[],
  count: number,
  batchSize: number,
  rng: Rng,
): AsyncGenerator<void, readonly Batch[], void> {
  const perTime = Math.ceil((count * batchSize) / steps.length);
  const total = perTime * steps.length;
  const [level, x0, eps] = [new Uint32Array(total), new Float32Array(2 * total), new Float32Array(2 * total)];
  const place = shuffledDraws(total, rng.fork('order'));
  const clean = shuffledDraws(points.length / 2, rng.fork('points'));
  for (const [k, step] of steps.entries()) {
    const { alpha, sigma } = process.kernel(step.t);
    const noised = new Float64Array(2 * perTime);
    for (let i = 0; i < perTime; i++) {
      const from = 2 * clean();
      noised[2 * i] = alpha * points[from]! + sigma * rng.normal();
      noised[2 * i + 1] = alpha * points[from + 1]! + sigma * rng.normal();
    }
    const targets = await targetsOf(denoiser, process, noised, step);
    const told = answerable({ alpha, sigma });
    for (let i = 0; i < perTime; i++) {
      const at = place();
      level[at] = steps.length - 1 - k;
      for (const axis of [0, 1]) {
        const target = targets[2 * i + axis]!;
        x0[2 * at + axis] = target;
        eps[2 * at + axis] = (noised[2 * i + axis]! - told.alpha * target) / told.sigma;
      }
    }
    yield;
  }
  return Array.from({ length: count }, (_, b) => {
    const [first, end] = [b * batchSize, (b + 1) * batchSize];
    return {
      size: batchSize,
      level: level.subarray(first, end),
      x0: x0.subarray(2 * first, 2 * end),
      eps: eps.subarray(2 * first, 2 * end),
    };
  });
}

/** x̃ of points z_t, [n][2], scaled units. */
async function targetsOf(
  { space, denoise, upload, read }: DeviceDenoiser<unknown>,
  process: GaussianExperiment['process'],
  noised: Float64Array,
  step: StudentStep,
): Promise<Float32Array> {
  const z = upload(noised);
  try {
    const target = distillationTarget({ space, process, denoise }, z, step);
    try {
      return await read(target);
    } finally {
      space.release(target);
    }
  } finally {
    space.release(z);
  }
}
