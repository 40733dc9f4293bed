import type { BatchPlace } from './batchMemory.ts';
import { CHUNK_ROWS } from './chunks.ts';
import { type GradientPart, type GradientParts, partGradient, planGradient } from './gradient.ts';
import { packedLevels } from './layout.ts';
import { floatAt, Holding, type Machine } from './machine.ts';
import type { Helper } from './secondThread.ts';

/** Smaller batches are not worth another thread's waking. */
const SPLIT_FROM = 2 * CHUNK_ROWS;
/** Rows of the kernel's largest tile. */
const TILE_ROWS = 6;

export interface TrainingMachine extends Machine {
  /** The second thread, where there is one. */
  readonly helper?: Helper;
}

export interface BatchGradient {
  /** Leaves the gradient where the parts say. @returns the loss */
  of(place: BatchPlace): number;
  /** Puts another table of as many noise levels in the place of the old. */
  relevel(levels: Float32Array): void;
  dispose(): void;
}

/**
 * The loss of a batch and its gradient, in two halves: the second is done beside the first where there is a thread that
 * has the time, and after it otherwise. The sums are the same to the bit.
 * @param parts with the address of a packed array for the gradient
 */
export function batchGradient(
  { kernel, heap, helper }: TrainingMachine,
  parts: GradientParts & { readonly gradient: number },
): BatchGradient {
  const { gradient, layout } = parts;
  const own = new Holding(heap);
  const plan = planGradient(own, parts);
  const rest = own.floats(layout.size);
  const theirs = helper ? new Holding(heap) : null;
  const theirPlan = theirs && planGradient(theirs, parts);
  const theirGradient = theirs?.floats(layout.size) ?? 0;

  function inHalves(first: GradientPart, second: GradientPart): number {
    if (theirPlan) helper?.offer(theirPlan, { ...second, gradient: theirGradient });
    const begun = performance.now();
    const sum = partGradient(kernel, plan, first);
    const theirSum = helper?.collect(performance.now() - begun) ?? null;
    const restSum = theirSum ?? partGradient(kernel, plan, second);
    kernel.accumulate(layout.size, gradient, theirSum === null ? rest : theirGradient);
    return sum + restSum;
  }

  return {
    of(place) {
      const terms = 2 * place.size;
      const whole = { ...place, batchSize: place.size, gradient };
      if (place.size < SPLIT_FROM) return partGradient(kernel, plan, whole) / terms;
      const half = TILE_ROWS * Math.ceil(place.size / 2 / TILE_ROWS);
      const second = { ...partFrom(place, half), batchSize: place.size, gradient: rest };
      return inHalves({ ...whole, size: half }, second) / terms;
    },
    relevel(levels) {
      const packed = packedLevels({ ...parts.objective, levels });
      for (const { levels: at } of theirPlan ? [plan, theirPlan] : [plan]) {
        heap.view(at, packed.length).set(packed);
      }
    },
    dispose() {
      own.releaseAll();
      // A thread that was given up may still write to what is its own, so nobody else ever gets it.
      if (!helper?.lost) theirs?.releaseAll();
    },
  };
}

/** The examples from this one on. */
function partFrom({ size, level, x0, eps }: BatchPlace, from: number): BatchPlace {
  return {
    size: size - from,
    level: floatAt(level, from),
    x0: floatAt(x0, 2 * from),
    eps: floatAt(eps, 2 * from),
  };
}
