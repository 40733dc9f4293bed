import { closedForm } from '../../core/forward.ts';
import { createRng } from '../../core/rng.ts';
import { toScaled } from '../../core/standardize.ts';
import type { Rng, Vector } from '../../core/types.ts';
import { type Experiment, freshData } from '../experiment.ts';
import { type RecordingRequest, recordingKey, type Trajectory } from '../protocol.ts';
import { dataUnits, joined, keptStates, MAX_FRAMES } from './frames.ts';
import { shrinkAt } from './view.ts';

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

/** T small steps with fresh noise each: for DDPM's chain, Eq. 2. */
function* chain({ process, nChain }: Experiment, x0: Vector, seed: number) {
  const kept = keptStates(nChain + 1);
  const rng = createRng(seed).fork('forward chain');
  let x = noisier(process, x0, null, 0, rng.fork(0));
  for (let i = 0; i <= nChain; i++) {
    if (i > 0) x = noisier(process, x, (i - 1) / nChain, i / nChain, rng.fork(i));
    if (kept.has(i)) yield { t: i / nChain, x };
  }
}

/**
 * x_t from x_s by the exact kernel between any two times: x_t = a x_s + √(σ_t² − a²σ_s²) z with a = α_t/α_s.
 * @param x [n][2] at `from`, which is null for the data themselves: some processes have noise at t = 0
 */
export function noisier(
  process: Experiment['process'],
  x: Vector,
  from: number | null,
  to: number,
  rng: Rng,
): Vector {
  const earlier = from === null ? { alpha: 1, sigma: 0 } : process.kernel(from);
  const later = process.kernel(to);
  const ratio = later.alpha / earlier.alpha;
  const std = Math.sqrt(Math.max(0, later.sigma ** 2 - (ratio * earlier.sigma) ** 2));
  return x.map((value) => ratio * value + std * rng.normal());
}
