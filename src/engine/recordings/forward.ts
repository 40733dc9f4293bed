import { closedForm, forwardChain } from '../../core/forward.ts';
import { createRng } from '../../core/rng.ts';
import { toScaled } from '../../core/standardize.ts';
import type { Vector } from '../../core/types.ts';
import { type Experiment, freshData } from '../experiment.ts';
import { type RecordingRequest, recordingKey, type Trajectory } from '../protocol.ts';
import { dataUnits, joined, keptStates, MAX_FRAMES } from './frames.ts';

export type ForwardRequest = Extract<RecordingRequest, { kind: 'forward' }>;

/** Records the noising of fresh data, from t = 0 to t = 1, pausing between frames; the trajectory comes last. */
export async function* recordForward(
  request: ForwardRequest,
  experiment: Experiment,
  { nParticles, seed }: { nParticles: number; seed: number },
): AsyncGenerator<(() => Trajectory) | null, void, void> {
  const units = experiment.standardization;
  const x0 = toScaled(units, freshData(experiment, nParticles, seed));
  const times: number[] = [];
  const x: Float32Array[] = [];
  for (const frame of request.mode === 'chain' ? chain(experiment, x0, seed) : jumps(experiment, x0, seed)) {
    times.push(frame.t);
    x.push(dataUnits(units, frame.x));
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
    nfe: new Int32Array(times.length),
    x: joined(x),
    x0Hat: joined(x.map(() => still)),
  });
}

/** DDPM Eq. 4 with ONE ε per particle: each slides along a fixed curve from its data point to its noise. */
function* jumps({ process }: Experiment, x0: Vector, seed: number) {
  const rng = createRng(seed).fork('forward jump');
  const eps = Float64Array.from(x0, () => rng.normal());
  for (let f = 0; f < MAX_FRAMES; f++) {
    const t = f / (MAX_FRAMES - 1);
    yield { t, x: closedForm(process, x0, eps, t) };
  }
}

/** DDPM Eq. 2: T small steps with fresh noise each. */
function* chain({ betas, nChain }: Experiment, x0: Vector, seed: number) {
  const kept = keptStates(nChain + 1);
  let i = 0;
  for (const x of forwardChain(betas, x0, createRng(seed).fork('forward chain'))) {
    if (kept.has(i)) yield { t: i / nChain, x };
    i += 1;
  }
}
