import type { Rng } from '../core/types.ts';
import type { Task } from './task.ts';
import type { TrainerBackend, TrainerState } from './types.ts';

/** What the engines are tried on: the experiment itself. */
export interface Trial {
  readonly task: Task;
  readonly state: TrainerState;
  readonly batchSize: number;
  readonly rng: Rng;
}

/** Long enough for a rate, short enough not to be felt at the start. */
const TRIAL_MS = 150;
/** The most that it may take where a browser tells late of every end, in such times. */
const MOST_TIMES = 4;
const RATES = { learningRate: 1e-4, emaDecay: 0 };

/**
 * Training steps per second, from real steps; the first few, which compile kernels, do not count,
 * nor does the time that a settlement takes by itself: Firefox may tell of a GPU's end 100 ms late.
 */
export async function trainingSpeed(
  backend: TrainerBackend<unknown>,
  { task, state, batchSize, rng }: Trial,
  now: () => number = () => performance.now(),
  ms = TRIAL_MS,
): Promise<number> {
  const trainer = backend.createTrainer(task, state, rng);
  try {
    trainer.advance(batchSize, [RATES, RATES]);
    await trainer.settle();
    const latency = await leastOf(2, now, () => trainer.settle());
    const begun = now();
    let steps = 0;
    let worked = 0;
    for (let count = 1; worked < ms && now() - begun < MOST_TIMES * ms; count *= 2) {
      const from = now();
      trainer.advance(batchSize, new Array(count).fill(RATES));
      await trainer.settle();
      steps += count;
      worked += Math.max(0.01, now() - from - latency);
    }
    return (1000 * steps) / worked;
  } finally {
    trainer.dispose();
  }
}

/** The shortest of so many times that something takes, ms. */
async function leastOf(count: number, now: () => number, body: () => Promise<unknown>): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    const begun = now();
    await body();
    least = Math.min(least, now() - begun);
  }
  return least;
}
