import { drawnDrift } from '../../families/gaussian/recordings/drift.ts';
import { joined } from '../../families/gaussian/recordings/frames.ts';
import { fieldTimes, gridOver } from '../../families/gaussian/recordings/grid.ts';
import { drawnScore } from '../../families/gaussian/recordings/score.ts';
import { EXACT_COST, type Recorder, type RecordingContext, type Steps } from '../recorder.ts';
import { recordingKey } from '../types.ts';
import type { ScoreRequest } from './request.ts';

const RESOLUTION = 40;
const N_TIMES = 21;
/** Evaluations on all particles that the grid at all times comes to. */
const COST = 40;

export const recorder: Recorder<ScoreRequest> = {
  record,
  cost: ({ source }) => COST * (source === 'exact' ? EXACT_COST : 1),
  dependsOnModel: ({ source }) => source === 'learned',
};

/** Records the score on a grid at increasing times, close together near the data, pausing after each. */
async function* record(request: ScoreRequest, { model, experiment }: RecordingContext): Steps {
  const { points, ...grid } = gridOver(experiment, RESOLUTION);
  const times = fieldTimes(N_TIMES, 1 / experiment.nChain);
  const levels: Float32Array[] = [];
  for (const t of times) {
    levels.push(
      await (request.field === 'drift' ? drawnDrift : drawnScore)(request, t, points, model, experiment),
    );
    yield null;
  }
  yield () => ({
    kind: 'field',
    key: recordingKey(request),
    source: request.source === 'exact' ? 'exact' : model.source,
    modelStep: model.step,
    times: Float32Array.from(times),
    ...grid,
    components: 2,
    values: joined(levels),
  });
}
