import { exactLogDensity } from '../../core/exact.ts';
import type { Vector } from '../../core/types.ts';
import { ANY_CLASS, askable, densityFor } from '../../families/gaussian/guidance.ts';
import { flowLogDensityAt, predictedAnswerer } from '../../families/gaussian/likelihood/flow.ts';
import { networkPredictor } from '../../families/gaussian/likelihood/predictor.ts';
import { joined } from '../../families/gaussian/recordings/frames.ts';
import { fieldTimes, gridOver } from '../../families/gaussian/recordings/grid.ts';
import { fromDrawn, shrinkAt } from '../../families/gaussian/recordings/view.ts';
import { EXACT_COST, type Recorder, type RecordingContext, type Steps } from '../recorder.ts';
import { recordingKey } from '../types.ts';
import type { DensityRequest } from './request.ts';

const RESOLUTION = 48;
const N_TIMES = 13;
/** In ln σ/α, of the way from each node to the noise: leaves less of ln p than can be seen. */
const FLOW_STEP = 0.5;
/** Evaluations on all particles that the model's grid comes to: 4 of a step, on each node and its 4 neighbours. */
const COST = 400;

export const recorder: Recorder<DensityRequest> = {
  record,
  cost: ({ source }) => (source === 'exact' ? 10 * EXACT_COST : COST),
  dependsOnModel: ({ source }) => source === 'learned',
};

/** Records p_t on a grid at increasing times, per unit of area of the picture, pausing often. */
async function* record(request: DensityRequest, context: RecordingContext): Steps {
  const { model, experiment } = context;
  const { points, ...grid } = gridOver(experiment.standardization, RESOLUTION);
  // From the least noise that the network was taught.
  const times = fieldTimes(N_TIMES, Math.max(experiment.trainingLevels.times[0]!, 1 / experiment.nChain));
  const levels: Float32Array[] = [];
  for (const t of times) {
    const shrink = shrinkAt(experiment.process, t);
    const x = fromDrawn(experiment.standardization, points, shrink);
    const logDensity = yield* logDensityAt(request, t, x, context);
    const area = (shrink * experiment.standardization.scale) ** 2;
    levels.push(Float32Array.from(logDensity, (value) => Math.exp(value) / area));
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

/** ln p_t of points, [n][2] scaled units. */
async function* logDensityAt(
  request: DensityRequest,
  t: number,
  x: Vector,
  { model, experiment }: RecordingContext,
): AsyncGenerator<null, Float64Array, void> {
  const { ofClass } = askable({ ...ANY_CLASS, ...request }, experiment);
  if (request.source === 'exact') {
    return exactLogDensity(densityFor(experiment, ofClass), experiment.process.kernel(t), x);
  }
  const answer = predictedAnswerer(networkPredictor(model, experiment, ofClass), experiment);
  const flow = flowLogDensityAt(experiment, t, x, answer, FLOW_STEP);
  for (let next = await flow.next(); ; next = await flow.next()) {
    if (next.done) return next.value;
    yield null;
  }
}
