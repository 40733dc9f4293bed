import { closedForm } from '../../core/forward.ts';
import { createRng } from '../../core/rng.ts';
import { toScaled } from '../../core/standardize.ts';
import type { Vector } from '../../core/types.ts';
import { freshData, type GaussianExperiment } from '../../families/gaussian/experiment.ts';
import { dataUnits, joined, keptStates, MAX_FRAMES } from '../../families/gaussian/recordings/frames.ts';
import { noisier } from '../../families/gaussian/recordings/noising.ts';
import { shrinkAt } from '../../families/gaussian/recordings/view.ts';
import type { Recorder, RecordingContext, Steps } from '../recorder.ts';
import { recordingKey } from '../types.ts';
import type { ForwardRequest } from './view.ts';

export const recorder: Recorder<ForwardRequest> = {
  record,
  cost: () => 1,
  dependsOnModel: () => false,
};

/** Records the noising of fresh data, from t = 0 to t = 1, pausing between frames; the trajectory comes last. */
async function* record(
  request: ForwardRequest,
  { experiment, config: { nParticles, seed } }: RecordingContext,
): Steps {
  const units = experiment.standardization;
  const x0 = toScaled(units, freshData(experiment, nParticles, seed));
  const times: number[] = [];
  const x: Float32Array[] = [];
  for (const frame of request.mode === 'chain' ? chain(experiment, x0, seed) : jumps(experiment, x0, seed)) {
    times.push(frame.t);
    x.push(dataUnits(units, frame.x, shrinkAt(experiment.process, frame.t)));
    yield null;
  }
  const still = dataUnits(units, x0);
  yield () => ({
    kind: 'trajectory',
    key: recordingKey(request),
    source: 'data',
    modelStep: 0,
    nParticles,
    nMesh: 0,
    times: Float32Array.from(times),
    denoisedLast: false,
    nfe: new Int32Array(times.length),
    x: joined(x),
    x0Hat: joined(x.map(() => still)),
  });
}

/** DDPM Eq. 4 with ONE ε per particle: each slides along a fixed curve from its data point to its noise. */
function* jumps({ process }: GaussianExperiment, x0: Vector, seed: number) {
  const rng = createRng(seed).fork('forward jump');
  const eps = Float64Array.from(x0, () => rng.normal());
  for (let f = 0; f < MAX_FRAMES; f++) {
    const t = f / (MAX_FRAMES - 1);
    yield { t, x: closedForm(process, x0, eps, t) };
  }
}

/** T small steps with fresh noise each: for DDPM's chain, Eq. 2. */
function* chain({ process, nChain }: GaussianExperiment, x0: Vector, seed: number) {
  const kept = keptStates(nChain + 1);
  const rng = createRng(seed).fork('forward chain');
  let x = noisier(process, x0, null, 0, rng.fork(0));
  for (let i = 0; i <= nChain; i++) {
    if (i > 0) x = noisier(process, x, (i - 1) / nChain, i / nChain, rng.fork(i));
    if (kept.has(i)) yield { t: i / nChain, x };
  }
}
