import { exactLogDensity } from '../../core/exact.ts';
import type { Vector } from '../../core/types.ts';
import { cellOf } from '../../experiment/stageView.ts';
import type { TargetDensity } from '../../families/gaussian/conditions/target.ts';
import type { GaussianExperiment } from '../../families/gaussian/experiment.ts';
import { ANY_CLASS, askable, densityFor } from '../../families/gaussian/guidance.ts';
import { flowLogDensityAt, predictedAnswerer } from '../../families/gaussian/likelihood/flow.ts';
import { networkPredictor } from '../../families/gaussian/likelihood/predictor.ts';
import { joined } from '../../families/gaussian/recordings/frames.ts';
import { fieldTimes, gridOver } from '../../families/gaussian/recordings/grid.ts';
import { fromDrawn, shrinkAt } from '../../families/gaussian/recordings/view.ts';
import { EXACT_COST, type Recorder, type RecordingContext, type Steps } from '../recorder.ts';
import { recordingKey } from '../types.ts';
import type { DensityRequest } from './request.ts';

const RESOLUTION = 64;
/** Times of a recording, and steps in ln σ/α on the way from each node to the noise: these leave less of ln p than can be seen. */
const WHOLE = { nTimes: 12, flowStep: 0.6 } as const;
/** An eighth of the work: edges are right, heights to a tenth or so. */
const DRAFT = { nTimes: 4, flowStep: 1.5 } as const;
/** What is narrower than this, in distances of two nodes, would fall between them: the picture is blurred by it. */
const BLUR = 0.5;
/** Evaluations on all particles that the model's grid comes to: 4 of a step, on each node and its 4 neighbours. */
const COST = 500;
/** Components times nodes of the exact density that are worked on without a pause. */
const AT_ONCE = 3e6;

export const recorder: Recorder<DensityRequest> = {
  record,
  cost: ({ source }) => (source === 'exact' ? 10 * EXACT_COST : COST),
  dependsOnModel: ({ source }) => source === 'learned',
};

/** Records p_t on a grid at increasing times, per unit of area of the picture, pausing often. */
async function* record(request: DensityRequest, context: RecordingContext): Steps {
  const { model, experiment } = context;
  const { points, ...grid } = gridOver(experiment, RESOLUTION);
  // From the least noise that the network was taught.
  const { nTimes, flowStep } = context.isDraft && request.source === 'learned' ? DRAFT : WHOLE;
  const times = fieldTimes(nTimes, Math.max(experiment.trainingLevels.times[0]!, 1 / experiment.nChain));
  const { ofClass } = askable({ ...ANY_CLASS, ...request }, experiment);
  const exact = request.source === 'exact' ? await exactDensity(request, experiment, ofClass) : null;
  const levels: Float32Array[] = [];
  for (const t of times) {
    const shrink = shrinkAt(experiment.process, t);
    const unit = shrink * experiment.standardization.scale;
    const x = fromDrawn(experiment.standardization, points, shrink);
    const logDensity =
      request.source === 'exact'
        ? yield* exactAt(experiment, exact!, t, x, (BLUR * cellOf(grid)) / unit)
        : yield* learnedAt(context, ofClass, t, x, flowStep);
    const density = Float32Array.from(logDensity, (value) => Math.exp(value) / unit ** 2);
    levels.push(request.source === 'exact' ? density : blurred(density));
    yield null;
  }
  yield () => ({
    kind: 'field',
    key: recordingKey(request),
    source: request.source === 'exact' ? 'exact' : model.source,
    modelStep: model.step,
    times: Float32Array.from(times),
    ...grid,
    components: 1,
    values: joined(levels),
  });
}

/** The data's density, or what a condition makes of it, which is fetched only then. */
async function exactDensity(
  { condition }: DensityRequest,
  experiment: GaussianExperiment,
  ofClass: number,
): Promise<TargetDensity> {
  if (!condition) return { density: densityFor(experiment, ofClass), axes: (x) => x };
  const { targetDensity } = await import('../../families/gaussian/conditions/target.ts');
  return targetDensity(condition, experiment, ofClass);
}

/**
 * ln p_t of points, [n][2] scaled units, a few at a time.
 * @param blur standard deviation of a Gaussian by which the density is blurred, scaled units
 */
async function* exactAt(
  experiment: GaussianExperiment,
  { density, axes }: TargetDensity,
  t: number,
  points: Vector,
  blur: number,
): AsyncGenerator<null, Float64Array, void> {
  const x = axes(points);
  const { alpha, sigma } = experiment.process.kernel(t);
  const kernel = { alpha, sigma: Math.hypot(sigma, blur) };
  const out = new Float64Array(x.length / 2);
  const nodes = Math.max(1, Math.floor(AT_ONCE / density.length));
  for (let from = 0; from < out.length; from += nodes) {
    out.set(exactLogDensity(density, kernel, x.subarray(2 * from, 2 * (from + nodes))), from);
    yield null;
  }
  return out;
}

/** ln p_t of points by the model's flow, [n][2] scaled units. */
async function* learnedAt(
  { model, experiment }: RecordingContext,
  ofClass: number,
  t: number,
  x: Vector,
  flowStep: number,
): AsyncGenerator<null, Float64Array, void> {
  const answer = predictedAnswerer(networkPredictor(model, experiment, ofClass), experiment);
  const flow = flowLogDensityAt(experiment, t, x, answer, flowStep);
  for (let next = await flow.next(); ; next = await flow.next()) {
    if (next.done) return next.value;
    yield null;
  }
}

/** The grid blurred by BLUR of its own cells, as the exact one is. */
function blurred(values: Float32Array): Float32Array {
  const side = Math.exp(-1 / (2 * BLUR ** 2));
  const along = (from: Float32Array, stride: number) =>
    from.map((value, k) => {
      const place = stride === 1 ? k % RESOLUTION : Math.floor(k / RESOLUTION);
      const before = place > 0 ? from[k - stride]! : 0;
      const after = place < RESOLUTION - 1 ? from[k + stride]! : 0;
      return (value + side * (before + after)) / (1 + 2 * side);
    });
  return along(along(values, 1), RESOLUTION);
}
