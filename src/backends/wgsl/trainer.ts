import type { Rng } from '../../core/types.ts';
import { adamRate } from '../adam.ts';
import { parameterCount } from '../network.ts';
import type { Task } from '../task.ts';
import type { Batch, StepRates, Trainer, TrainerState } from '../types.ts';
import { fixedNetwork } from './fixedNetwork.ts';
import type { Gpu } from './gpu.ts';
import { GIVEN_SIZE } from './kernels/batch.ts';
import { RING } from './kernels/forwardBackward.ts';
import { packStep, SOURCE, SPREAD, STEP_STRIDE } from './kernels/step.ts';
import { newPace } from './pace.ts';
import type { PointStore } from './pointStore.ts';
import type { Points } from './points.ts';
import { MOST_STEPS, trainingBuffers } from './trainingBuffers.ts';

const SPREADS: Readonly<Record<string, number>> = {
  stratified: SPREAD.stratified,
  'low-discrepancy': SPREAD.lowDiscrepancy,
  'log-snr': SPREAD.lowDiscrepancy,
  'log-noise': SPREAD.lowDiscrepancy,
  antithetic: SPREAD.antithetic,
};

/** How the times of a batch are spread, as the task says. */
export function spreadOf({ timeSampling }: Task): number {
  return SPREADS[timeSampling] ?? SPREAD.independent;
}

/**
 * A model in training in two dispatches a step, with batches drawn on the GPU: from equal states and seeds come equal
 * steps, bit for bit, though not those of the engines whose batches are drawn on the CPU.
 */
export function wgslTrainer(
  gpu: Gpu,
  store: PointStore,
  task: Task,
  initial: TrainerState,
  rng: Rng,
): Trainer<Points> {
  const { shape } = task;
  const size = parameterCount(shape);
  if (initial.weights.length !== size) {
    throw new Error(`The weights have ${initial.weights.length} numbers; this network needs ${size}.`);
  }
  const buffers = trainingBuffers(gpu, task, initial);
  const { completion } = gpu;
  const pace = newPace(1, undefined, () => completion.latency);
  const words = rng.fork('gpu');
  const seed = [words.integer(2 ** 32), words.integer(2 ** 32)] as const;
  const spread = spreadOf(task);
  const nPoints = task.points.length / 2;
  const numbers = new DataView(new ArrayBuffer(MOST_STEPS * STEP_STRIDE));
  let step = initial.step;
  /** Points drawn since the first epoch began; null before the first draw. */
  let drawn: number | null = null;
  /** Steps whose losses were not asked for yet. */
  let unread = 0;
  let latest = Number.NaN;

  function pack(index: number, source: number, batch: number, { learningRate, emaDecay }: StepRates): void {
    drawn ??= step * batch;
    packStep(numbers, index, {
      step,
      batch,
      capacity: buffers.capacity,
      source,
      seed,
      epoch: Math.floor(drawn / nPoints) % 2 ** 32,
      offset: drawn % nPoints,
      spread,
      slot: step % RING,
      rate: adamRate(learningRate, step + 1),
      averaging: 1 - emaDecay,
    });
    if (source === SOURCE.drawn) drawn += batch;
    step += 1;
    unread += 1;
  }

  /** Queues the steps that are packed; none where it is known that nothing would come of them. */
  function submit(steps: number, batch: number): void {
    if (gpu.failure) return;
    const { device } = gpu;
    device.queue.writeBuffer(buffers.steps, 0, numbers.buffer, 0, steps * STEP_STRIDE);
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    for (let i = 0; i < steps; i++) buffers.encodeStep(pass, i, batch);
    pass.end();
    device.queue.submit([encoder.finish()]);
    pace.submitted(steps, completion.soon(device.queue.onSubmittedWorkDone()));
  }

  return {
    get step() {
      return step;
    },
    advance(batchSize, rates) {
      buffers.reserve(batchSize);
      for (let first = 0; first < rates.length; ) {
        const steps = pace.next(Math.min(MOST_STEPS, rates.length - first));
        for (let i = 0; i < steps; i++) pack(i, SOURCE.drawn, batchSize, rates[first + i]!);
        submit(steps, batchSize);
        first += steps;
      }
    },
    advanceOn(batch, rates) {
      buffers.reserve(batch.size);
      gpu.device.queue.writeBuffer(buffers.given, 0, interleaved(batch));
      pack(0, SOURCE.given, batch.size, rates);
      submit(1, batch.size);
    },
    redraw: (draws) => buffers.redraw(draws),
    async settle() {
      const count = Math.min(unread, RING);
      const end = step;
      unread = 0;
      const ring = new Float32Array(await gpu.read(buffers.losses, 0, 4 * RING));
      if (count === 0) return latest;
      let sum = 0;
      for (let i = end - count; i < end; i++) sum += ring[i % RING]!;
      latest = sum / count;
      return latest;
    },
    async state() {
      const at = step;
      const [weights, rest] = await Promise.all([
        gpu.read(buffers.parameters, 0, 4 * size),
        gpu.read(buffers.optimizer, 0, 12 * size),
      ]);
      const part = (i: number) => new Float32Array(rest, 4 * size * i, size).slice();
      return {
        step: at,
        weights: new Float32Array(weights),
        ema: part(0),
        firstMoment: part(1),
        secondMoment: part(2),
      };
    },
    freeze() {
      const weights = gpu.allocate('frozen weights', 4 * size);
      const encoder = gpu.device.createCommandEncoder();
      encoder.copyBufferToBuffer(buffers.optimizer, 0, weights, 0, 4 * size);
      gpu.device.queue.submit([encoder.finish()]);
      return fixedNetwork(gpu, store, shape, weights);
    },
    dispose: () => buffers.dispose(),
  };
}

function interleaved({ size, level, x0, eps }: Batch): Float32Array<ArrayBuffer> {
  const out = new Float32Array(size * GIVEN_SIZE);
  for (let i = 0; i < size; i++) {
    out.set([level[i]!, x0[2 * i]!, x0[2 * i + 1]!, eps[2 * i]!, eps[2 * i + 1]!], GIVEN_SIZE * i);
  }
  return out;
}
