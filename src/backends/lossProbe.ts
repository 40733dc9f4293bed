import { gaussianKl } from '../core/gaussianKl.ts';
import type { Operation } from '../core/operations.ts';
import type { Rng } from '../core/types.ts';
import { classDraws, levelSize } from './classes.ts';
import { latestOf } from './latest.ts';
import type { LossFollower } from './lossFollower.ts';
import { LEVEL, type Objective } from './objective.ts';
import type { Task } from './task.ts';
import type { Network, SharedLevel, TrainerBackend } from './types.ts';

/** Steps between probes. */
const EVERY = 500;
/** Probes of so many points wait longer: a point takes a third of a training example's time, and a batch has hundreds. */
const POINTS_PER_STEP = 20;

/**
 * The last step at or before this one at which the losses are asked for, a matter of steps alone so that equal seeds give
 * equal models: early ones while everything changes, then at even distances. Null before the first.
 */
export function probeStepBefore(step: number, { levels, lossesPerLevel }: LossFollower): number | null {
  const every = Math.max(EVERY, Math.ceil((levels.length * lossesPerLevel) / POINTS_PER_STEP));
  const [first, second] = [Math.ceil(every / 5), Math.ceil((2 * every) / 5)];
  if (step < first) return null;
  if (step < second) return first;
  return step < every ? second : every * Math.floor(step / every);
}

/** Noised points of one level, [n][2] each, scaled units, and the level's row of the objective. */
export interface Probe {
  readonly row: Float32Array;
  readonly x0: Float32Array;
  readonly eps: Float32Array;
  readonly x: Float32Array;
}

/** F and v, [n][2] each. */
interface Answer {
  readonly output: Float32Array;
  readonly variance: Float32Array | null;
}

/**
 * The losses of a network on fresh noised points of the training set.
 * @param rng what they are drawn from
 * @returns [nBins][lossesPerLevel] of single examples: what is trained on, the part that teaches a variance included
 */
export async function probeLosses(
  backend: TrainerBackend<unknown>,
  network: Network<unknown>,
  task: Task,
  follower: LossFollower,
  rng: Rng,
): Promise<Float64Array> {
  const { objective } = task;
  const probes = drawProbes(task, follower, rng);
  const answers = backend.sampleProgram
    ? await answersAtOnce(backend, network, probes, objective, rng)
    : await Promise.all(probes.map((probe) => answerTo(backend, network, probe)));
  return Float64Array.from({ length: probes.length * follower.lossesPerLevel }, (_, i) => {
    const k = Math.floor(i / follower.lossesPerLevel);
    return lossOf(objective, probes[k]!, answers[k]!, i % follower.lossesPerLevel);
  });
}

/** [nBins] points of the training set with fresh noise; those of one level are shown the same class, or none. */
export function drawProbes(task: Task, { levels, lossesPerLevel: n }: LossFollower, rng: Rng): Probe[] {
  const { objective, points } = task;
  const rowSize = levelSize(objective);
  const classOf = classDraws(task, rng.fork('classes'));
  const anyPoint = () => rng.integer(points.length / 2);
  return Array.from(levels, (level) => {
    const shownClass = classOf(anyPoint());
    const at = (level + shownClass) * rowSize;
    const row = objective.levels.subarray(at, at + rowSize);
    const x0 = new Float32Array(2 * n);
    for (let i = 0; i < n; i++) {
      let index = anyPoint();
      while (shownClass > 0 && shownClass !== objective.nLevels * task.labels![index]!) index = anyPoint();
      x0.set(points.subarray(2 * index, 2 * index + 2), 2 * i);
    }
    const eps = Float32Array.from({ length: 2 * n }, () => rng.normal());
    const x = x0.map((value, i) => row[LEVEL.alpha]! * value + row[LEVEL.sigma]! * eps[i]!);
    return { row, x0, eps, x };
  });
}

async function answerTo(
  backend: TrainerBackend<unknown>,
  network: Network<unknown>,
  { row, x }: Probe,
): Promise<Answer> {
  const asked = backend.upload(x);
  const { output, variance } = network.evaluate(asked, sharedLevel(row));
  const results = [output, variance].filter((result) => result !== null);
  try {
    const [f, v = null] = await Promise.all(results.map((result) => backend.read(result)));
    return { output: f!, variance: v };
  } finally {
    for (const x of [asked, ...results]) backend.release(x);
  }
}

/** e^{v/4} is how a program tells of v: ln Σ = ½v between these bounds. */
const BOUNDS = { logLow: -0.5, logHigh: 0.5 };

/** The same as a program, which the device runs for all levels without coming back in between. */
async function answersAtOnce(
  backend: TrainerBackend<unknown>,
  network: Network<unknown>,
  probes: readonly Probe[],
  { learnsVariance }: Objective,
  rng: Rng,
): Promise<Answer[]> {
  const [ones, x, f, v] = [0, 1, 2, 3];
  const perProbe = learnsVariance ? 2 : 1;
  const operations = probes.flatMap((_, k): Operation[] => {
    const slot = perProbe * k;
    const answer: Operation[] = [
      { kind: 'noise', to: x, key: k },
      { kind: 'denoise', to: f, from: x, t: k },
      { kind: 'keep', from: f, slot },
    ];
    if (!learnsVariance) return answer;
    const said: Operation = { kind: 'learned-noise', to: v, from: x, t: k, noise: ones, ...BOUNDS };
    return [...answer, said, { kind: 'keep', from: v, slot: slot + 1 }];
  });
  const path = backend.sampleProgram!(network, {
    program: { operations, nRegisters: 4, nSlots: perProbe * probes.length, kept: [] },
    start: new Float32Array(probes[0]!.x.length).fill(1),
    levelAt: (k) => ({ level: sharedLevel(probes[k]!.row), skip: 0, out: 1 }),
    rng,
    noise: (key) => probes[key]!.x,
  });
  const slots = await latestOf(path);
  return probes.map((_, k) => ({
    output: slots[perProbe * k]!,
    variance: learnsVariance ? slots[perProbe * k + 1]!.map((value) => 4 * Math.log(value)) : null,
  }));
}

function sharedLevel(row: Float32Array): SharedLevel {
  return {
    inputScale: row[LEVEL.inputScale]!,
    features: row.slice(LEVEL.features),
  };
}

/** `Objective`'s formula for one example, the mean over its coordinates. */
function lossOf(objective: Objective, probe: Probe, { output, variance }: Answer, i: number): number {
  const { row, x0, eps } = probe;
  let sum = 0;
  for (let k = 2 * i; k < 2 * i + 2; k++) {
    const error = output[k]! - (row[LEVEL.targetX0]! * x0[k]! + row[LEVEL.targetEps]! * eps[k]!);
    sum += (row[LEVEL.gain]! * error) ** 2;
    if (variance) sum += objective.boundWeight * boundTerm(row, error, variance[k]!);
  }
  return sum / 2;
}

function boundTerm(row: Float32Array, error: number, v: number): number {
  const [high, low] = [row[LEVEL.logBeta]!, row[LEVEL.logBetaTilde]!];
  const logVariance = ((1 + v) * high + (1 - v) * low) / 2;
  const miss = (row[LEVEL.meanGain]! * error) ** 2;
  if (row[LEVEL.isKl] === 1) return gaussianKl(miss, low, logVariance);
  return (Math.log(2 * Math.PI) + logVariance + miss / Math.exp(logVariance)) / 2;
}
