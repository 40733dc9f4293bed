import { findAdapter } from '../../../backends/adapter.ts';
import { openBackend } from '../../../backends/device.ts';
import { parameterCount } from '../../../backends/network.ts';
import { initialState } from '../../../backends/state.ts';
import { trainingSpeed } from '../../../backends/trial.ts';
import type { TrainerBackend } from '../../../backends/types.ts';
import { createRng } from '../../../core/rng.ts';
import { defaultConfig } from '../../../experiment/fields.ts';
import type { PeakKind, Speed, SpeedRequest } from '../../../protocol/speed.ts';
import { createExperiment, type GaussianExperiment } from '../experiment.ts';
import { cpuPeak } from './cpuPeak.ts';
import { gpuPeak } from './gpuPeak.ts';
import { ddpmTime } from './sampling.ts';

const POINTS = 2000;
const CHAIN = 50;
/** Plenty for a second thread to start, which it does only while this one lets messages in. */
const THREAD_START_MS = 300;

/** @throws Error with the reason when the engine cannot run here */
export async function speedOf({ entry, width, batch, seconds }: SpeedRequest): Promise<Speed> {
  const experiment = createExperiment({ ...defaultConfig, width, depth: 3, activation: 'silu' });
  const backend = await opened(entry, experiment);
  await new Promise((resolve) => setTimeout(resolve, THREAD_START_MS));
  const peakBefore = await peakOf(entry.peak);
  const trial = {
    task: experiment.task,
    state: initialState(experiment),
    batchSize: batch,
    rng: createRng(1),
  };
  const stepsPerSecond = await trainingSpeed(backend, trial, undefined, 1000 * seconds);
  const run = await ddpmTime(backend, experiment, { points: POINTS, steps: CHAIN, mostSeconds: seconds });
  const peakAfter = await peakOf(entry.peak);
  backend.dispose();
  return {
    stepsPerSecond,
    gflops: 6e-9 * parameterCount(experiment.task.shape) * batch * stepsPerSecond,
    peakGflops: peakBefore && peakAfter && Math.max(peakBefore, peakAfter),
    samplesPerSecond: (POINTS * run.timed) / (CHAIN * run.seconds),
  };
}

async function opened(
  { backend, variant }: SpeedRequest['entry'],
  { task }: GaussianExperiment,
): Promise<TrainerBackend<unknown>> {
  if (backend !== 'simd') return openBackend(backend, await findAdapter(), task, () => {});
  const { simdBackend } = await import('../../../backends/simd/backend.ts');
  const own = await simdBackend(variant, variant && { sampling: 1, training: 1 });
  return own as unknown as TrainerBackend<unknown>;
}

/** null too where the CPU imitates a GPU: that takes long, and what it says is no GPU's. */
async function peakOf(kind: PeakKind | undefined): Promise<number | null> {
  if (kind === undefined) return null;
  if (kind !== 'webgpu') return cpuPeak(kind);
  return (await findAdapter()).software ? null : gpuPeak();
}
