import type { Rng } from '../../core/types.ts';
import { shuffledDraws } from '../batches.ts';
import { classDraws } from '../classes.ts';
import type { Task } from '../task.ts';
import type { Batch } from '../types.ts';
import { STRIP } from './layout.ts';
import type { Holding, Machine } from './machine.ts';

/** Where a batch lies in the kernel's memory: [size] u32 and twice [size][2] f32. */
export interface BatchPlace {
  readonly size: number;
  readonly level: number;
  readonly x0: number;
  readonly eps: number;
}

/** Batches in the kernel's memory; each takes the place of the one before. */
export interface BatchMemory {
  /** @throws RangeError when the batch is not what it says */
  receive(batch: Batch): BatchPlace;
  /** A batch of its own drawing, as `batchSource` draws them but for the noise, which the kernel makes. */
  draw(size: number, step: number): BatchPlace;
}

/** Words of the kernel's generator: four for each of four streams. */
const STATE_WORDS = 16;

/** What the batches of one size are drawn from. */
interface Streams {
  readonly size: number;
  readonly nextPoint: () => number;
  readonly times: Rng;
  readonly classOf: (index: number) => number;
}

export function batchMemory({ kernel, heap }: Machine, holding: Holding, task: Task, rng: Rng): BatchMemory {
  const { points, objective, drawLevels } = task;
  const rows = objective.nLevels * (1 + (objective.classes ?? 0));
  const generator = holding.floats(STATE_WORDS);
  let capacity = 0;
  let room = { level: 0, x0: 0, eps: 0 };
  let streams: Streams | null = null;

  function placeFor(size: number): BatchPlace {
    if (!Number.isInteger(size) || size < 1) {
      throw new RangeError(`A batch has 1, 2, … examples, not ${size}.`);
    }
    if (size > capacity) {
      if (capacity > 0) for (const at of Object.values(room)) holding.release(at);
      // The kernel makes noise eight numbers at a time.
      capacity = STRIP * Math.ceil(size / STRIP);
      room = {
        level: holding.floats(capacity),
        x0: holding.floats(2 * capacity),
        eps: holding.floats(2 * capacity),
      };
    }
    return { size, ...room };
  }

  /** The kernel reads wherever it is told to, so no wrong level may reach it. */
  function putLevels(at: number, level: Uint32Array, size: number): void {
    for (let i = 0; i < size; i++) {
      if (level[i]! >= rows) {
        throw new RangeError(`There is no noise level ${level[i]}; there are ${rows}.`);
      }
    }
    new Uint32Array(heap.memory.buffer, at, size).set(level);
  }

  /** A size's streams depend on the step it begins at, so that a restored model does not repeat what it has seen. */
  function streamsOf(size: number, step: number): Streams {
    if (streams?.size === size) return streams;
    const fork = rng.fork(size).fork(step);
    const noise = fork.fork('noise');
    const state = new Uint32Array(heap.memory.buffer, generator, STATE_WORDS);
    // Odd numbers: no stream may start from zeros alone.
    for (let word = 0; word < STATE_WORDS; word++) state[word] = 2 * noise.integer(2 ** 31) + 1;
    const nextPoint = shuffledDraws(points.length / 2, fork.fork('order'));
    const classOf = classDraws(task, fork.fork('classes'));
    streams = { size, nextPoint, times: fork.fork('times'), classOf };
    return streams;
  }

  return {
    receive({ size, level, x0, eps }) {
      if (level.length !== size || x0.length !== 2 * size || eps.length !== 2 * size) {
        const counts = `${level.length} levels, ${x0.length} coordinates and ${eps.length} of noise`;
        throw new RangeError(`A batch of ${size} cannot have ${counts}.`);
      }
      const place = placeFor(size);
      putLevels(place.level, level, size);
      heap.view(place.x0, 2 * size).set(x0);
      heap.view(place.eps, 2 * size).set(eps);
      return place;
    },
    draw(size, step) {
      const place = placeFor(size);
      const { nextPoint, times, classOf } = streamsOf(size, step);
      const level = drawLevels(size, times);
      const x0 = heap.view(place.x0, 2 * size);
      for (let i = 0; i < size; i++) {
        const index = nextPoint();
        x0[2 * i] = points[2 * index]!;
        x0[2 * i + 1] = points[2 * index + 1]!;
        level[i]! += classOf(index);
      }
      putLevels(place.level, level, size);
      kernel.normals(STRIP * Math.ceil((2 * size) / STRIP), generator, place.eps);
      return place;
    },
  };
}
