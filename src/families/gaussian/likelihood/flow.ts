import { LEAST_ALPHA } from '../../../backends/objective.ts';
import { secondOrder } from '../../../core/exact/secondOrder.ts';
import { type FlowAnswer, type FlowQuestion, flowInNoise } from '../../../core/likelihood/flowInNoise.ts';
import { bitsPerDim } from '../../../core/likelihood/units.ts';
import { priorLogDensity } from '../../../core/processes/process.ts';
import type { Vector } from '../../../core/types.ts';
import type { GaussianExperiment } from '../experiment.ts';
import type { Predictor } from './predictor.ts';

/** What the steps may leave in the mean over the points, bits per dimension; judged by its bound, the root mean square. */
export const STEP_BOUND = 0.001;
/** Runge–Kutta steps, even in ln σ/α, of the first try; each further one has twice as many. */
const FEWEST_STEPS = 24;
/** Answers with kinks, as those of a network of ReLUs, would need far more than is worth the wait. */
const MOST_STEPS = 96;
/** Halving the steps of a method of order 4 leaves a 16th of the error: what changed is 15 times what is left. */
const CHANGE_TO_ERROR = 15;
/** Of the differences that give ∂x̂_0/∂x, in σ: large beside the rounding of float32, small beside the noise. */
const STEP = 0.01;

/** Somebody who answers what the flow asks. */
export type Answerer = (question: FlowQuestion) => FlowAnswer | Promise<FlowAnswer>;

export interface FlowDensity {
  /** [n] ln p, nats, scaled units. */
  readonly logDensity: Float64Array;
  readonly nSteps: number;
  /** What the steps leave by their own estimate, bits per dimension: above STEP_BOUND where the most steps do not do. */
  readonly stepError: number;
}

/** ln p of points by the flow of some answers, in as many steps as they need; pauses after every evaluation. */
export async function* flowLogDensity(
  experiment: GaussianExperiment,
  x0: Vector,
  answer: Answerer,
): AsyncGenerator<void, FlowDensity, void> {
  let before = yield* flowInSteps(experiment, x0, answer, FEWEST_STEPS);
  for (let nSteps = 2 * FEWEST_STEPS; ; nSteps *= 2) {
    const logDensity = yield* flowInSteps(experiment, x0, answer, nSteps);
    const change = bitsPerDim(rootMeanSquare(logDensity, before));
    const stepError = change / CHANGE_TO_ERROR;
    // Answers that are not numbers leave an error that is none either: more steps would not help.
    if (!(stepError > STEP_BOUND)) return { logDensity, nSteps, stepError };
    // What does not converge is not of order 4 either.
    if (nSteps >= MOST_STEPS) return { logDensity, nSteps, stepError: change };
    before = logDensity;
  }
}

/** The same in a number of steps. */
export async function* flowInSteps(
  experiment: GaussianExperiment,
  x0: Vector,
  answer: Answerer,
  nSteps: number,
): AsyncGenerator<void, Float64Array, void> {
  // From the least noise that the network was taught.
  return yield* along(
    experiment,
    x0,
    answer,
    flowTimes(experiment, experiment.trainingLevels.times[0]!, nSteps),
  );
}

/**
 * ln p_t of points at a time t; pauses after every evaluation.
 * @param x [n][2] scaled units
 * @param step in ln σ/α, at the most
 */
export async function* flowLogDensityAt(
  experiment: GaussianExperiment,
  t: number,
  x: Vector,
  answer: Answerer,
  step: number,
): AsyncGenerator<void, Float64Array, void> {
  const { process } = experiment;
  const [from, to] = flowEnds(experiment, t);
  if (!(to > from)) return priorLogDensity(process, x);
  const times = flowTimes(experiment, t, Math.ceil((to - from) / step));
  const { alpha } = process.kernel(t);
  const ofRatio = yield* along(
    experiment,
    x.map((value) => value / alpha),
    answer,
    times,
  );
  return ofRatio.map((value) => value - 2 * Math.log(alpha));
}

const ratioAt = ({ process }: GaussianExperiment, t: number): number =>
  process.kernel(t).sigma / process.kernel(t).alpha;

/** ln σ/α from a time to the most noise that the network can be asked about. */
function flowEnds(experiment: GaussianExperiment, from: number): readonly [from: number, to: number] {
  return [Math.log(ratioAt(experiment, from)), Math.log(Math.min(ratioAt(experiment, 1), 1 / LEAST_ALPHA))];
}

/** Even in ln σ/α. */
function flowTimes(experiment: GaussianExperiment, start: number, nSteps: number): number[] {
  const [from, to] = flowEnds(experiment, start);
  return Array.from({ length: nSteps + 1 }, (_, k) =>
    experiment.process.timeOf(Math.exp(from + (k * (to - from)) / nSteps)),
  );
}

async function* along(
  { process }: GaussianExperiment,
  x0: Vector,
  answer: Answerer,
  times: readonly number[],
): AsyncGenerator<void, Float64Array, void> {
  const flow = flowInNoise(process, x0, times, (x) => priorLogDensity(process, x));
  let next = flow.next();
  while (!next.done) {
    next = flow.next(await answer(next.value));
    yield;
  }
  return next.value;
}

function rootMeanSquare(a: Float64Array, b: Float64Array): number {
  return Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0) / a.length);
}

/** The exact answers: ∂x̂_0/∂x_t = α/σ²·Cov[x_0|x_t]. */
export function exactAnswerer({ density, process }: GaussianExperiment): Answerer {
  return ({ x, t }) => {
    const kernel = process.kernel(t);
    const at = secondOrder(density, kernel);
    const x0Hat = new Float64Array(x.length);
    const trace = new Float64Array(x.length / 2);
    for (let i = 0; i < trace.length; i++) {
      const { x0, covariance } = at(x[2 * i]!, x[2 * i + 1]!);
      x0Hat.set(x0, 2 * i);
      trace[i] = (kernel.alpha / kernel.sigma ** 2) * (covariance[0] + covariance[2]);
    }
    return { x0Hat, trace };
  };
}

/** A predictor's answers, with the trace by central differences: it is asked for each point and its four neighbours at once. */
export function predictedAnswerer(predict: Predictor, { process }: GaussianExperiment): Answerer {
  return async ({ x, t }) => {
    const { sigma } = process.kernel(t);
    const h = STEP * sigma;
    // Plain loops over these arrays take a fifth of the time that functions of each value do.
    const shifted = (axis: number, by: number) => {
      const moved = new Float64Array(x.length);
      for (let i = 0; i < x.length; i++) moved[i] = Math.fround(i % 2 === axis ? x[i]! + by : x[i]!);
      return moved;
    };
    // As float32 has them, so that the differences are divided by the distances that there really are.
    const neighbours = [shifted(0, h), shifted(0, -h), shifted(1, h), shifted(1, -h)];
    const all = new Float64Array(5 * x.length);
    for (const [k, points] of [x, ...neighbours].entries()) all.set(points, k * x.length);
    const { x0Hat } = await predict(all, t);
    const slope = (i: number, axis: 0 | 1) => {
      const [ahead, behind] = [2 * axis, 2 * axis + 1] as const;
      const at = 2 * i + axis;
      const rise = x0Hat[(ahead + 1) * x.length + at]! - x0Hat[(behind + 1) * x.length + at]!;
      return rise / (neighbours[ahead]![at]! - neighbours[behind]![at]!);
    };
    const trace = new Float64Array(x.length / 2);
    for (let i = 0; i < trace.length; i++) trace[i] = slope(i, 0) + slope(i, 1);
    return { x0Hat: x0Hat.subarray(0, x.length), trace };
  };
}
