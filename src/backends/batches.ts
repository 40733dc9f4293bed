import type { Rng } from '../core/types.ts';
import { classDraws } from './classes.ts';
import type { Task } from './task.ts';
import type { Batch } from './types.ts';

/** Draws batch after batch. */
export interface BatchSource {
  /** The next batch; its arrays are the source's own and are overwritten by the call after. */
  next(): Batch;
}

/**
 * Shuffled draws of the training set without replacement within an epoch, each at its own time and with fresh noise; where
 * classes are taught, most with their own.
 */
export function batchSource(task: Task, size: number, rng: Rng): BatchSource {
  const { points, drawLevels } = task;
  const draw = shuffledDraws(points.length / 2, rng.fork('order'));
  const times = rng.fork('times');
  const noise = rng.fork('noise');
  const classOf = classDraws(task, rng.fork('classes'));
  const x0 = new Float32Array(2 * size);
  const eps = new Float32Array(2 * size);
  return {
    next() {
      const level = drawLevels(size, times);
      for (let i = 0; i < size; i++) {
        const index = draw();
        x0[2 * i] = points[2 * index]!;
        x0[2 * i + 1] = points[2 * index + 1]!;
        level[i]! += classOf(index);
      }
      for (let i = 0; i < eps.length; i++) eps[i] = noise.normal();
      return { size, level, x0, eps };
    },
  };
}

/**
 * Batches of whatever size is asked for. Each size has a stream of its own that depends on the step it begins at, so
 * that a restored model does not repeat the batches it has seen.
 */
export function batchesFor(task: Task, rng: Rng): (size: number, step: number) => BatchSource {
  let current: { size: number; source: BatchSource } | null = null;
  return (size, step) => {
    if (current?.size !== size) current = { size, source: batchSource(task, size, rng.fork(step)) };
    return current.source;
  };
}

/** Indices 0…n−1 in a new random order for every epoch. */
export function shuffledDraws(n: number, rng: Rng): () => number {
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  let cursor = n;
  return () => {
    if (cursor === n) {
      for (let i = n - 1; i > 0; i--) {
        const j = rng.integer(i + 1);
        const swapped = order[i]!;
        order[i] = order[j]!;
        order[j] = swapped;
      }
      cursor = 0;
    }
    return order[cursor++]!;
  };
}
