import type { BatchPlace } from './batchMemory.ts';
import { alwaysTogether } from './fasterWay.ts';
import { type GradientPart, type GradientParts, partGradient, planGradient } from './gradient.ts';
import { packedLevels } from './layout.ts';
import { floatAt, Holding } from './machine.ts';
import { firstHalf, helperMemory, type SharedMachine, SPLIT_FROM, withHelper } from './splitWork.ts';

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
  { kernel, heap, ...shared }: SharedMachine,
  parts: GradientParts & { readonly gradient: number },
): BatchGradient {
  const ways = shared.training === undefined ? alwaysTogether : shared.training;
  const helper = ways ? shared.helper : undefined;
  const { gradient, layout } = parts;
  const own = new Holding(heap);
  const plan = planGradient(own, parts);
  const rest = own.floats(layout.size);
  const theirs = helperMemory(heap, helper);
  const theirPlan = theirs && planGradient(theirs.holding, parts);
  const theirGradient = theirs?.holding.floats(layout.size) ?? 0;

  function inHalves(first: GradientPart, second: GradientPart): number {
    const part = { ...second, gradient: theirGradient };
    const work =
      ways?.together() && theirPlan ? ({ kind: 'gradient', plan: theirPlan, part } as const) : null;
    const { own: sum, theirs: theirSum } = withHelper(helper, work, () => partGradient(kernel, plan, first));
    const restSum = theirSum ?? partGradient(kernel, plan, second);
    kernel.accumulate(layout.size, gradient, theirSum === null ? rest : theirGradient);
    return sum + restSum;
  }

  return {
    of(place) {
      const terms = 2 * place.size;
      const whole = { ...place, batchSize: place.size, gradient };
      if (place.size < SPLIT_FROM) return partGradient(kernel, plan, whole) / terms;
      const half = firstHalf(place.size);
      const second = { ...partFrom(place, half), batchSize: place.size, gradient: rest };
      const begun = performance.now();
      const sum = inHalves({ ...whole, size: half }, second);
      ways?.took((performance.now() - begun) / place.size);
      return sum / terms;
    },
    relevel(levels) {
      const packed = packedLevels({ ...parts.objective, levels });
      for (const { levels: at } of theirPlan ? [plan, theirPlan] : [plan]) {
        heap.view(at, packed.length).set(packed);
      }
    },
    dispose() {
      own.releaseAll();
      theirs?.releaseAll();
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
