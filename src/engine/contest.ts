import type { Rng } from '../core/types.ts';
import type { Task } from './trainers/task.ts';
import type { TrainerBackend, TrainerState } from './trainers/types.ts';

/** What the engines are tried on: the experiment itself. */
export interface Trial {
  readonly task: Task;
  readonly state: TrainerState;
  readonly batchSize: number;
  readonly rng: Rng;
}

/** Long enough for a rate, short enough not to be felt at the start. */
const TRIAL_MS = 150;
const RATES = { learningRate: 1e-4, emaDecay: 0 };

/** Training steps per second, from real steps; the first few, which compile kernels, do not count. */
export async function trainingSpeed(
  backend: TrainerBackend<unknown>,
  { task, state, batchSize, rng }: Trial,
  now: () => number = () => performance.now(),
): Promise<number> {
  const trainer = backend.createTrainer(task, state, rng);
  try {
    trainer.advance(batchSize, [RATES, RATES]);
    await trainer.settle();
    const begun = now();
    let steps = 0;
    for (let count = 1; now() - begun < TRIAL_MS; count *= 2) {
      trainer.advance(batchSize, new Array(count).fill(RATES));
      await trainer.settle();
      steps += count;
    }
    return (1000 * steps) / (now() - begun);
  } finally {
    trainer.dispose();
  }
}
