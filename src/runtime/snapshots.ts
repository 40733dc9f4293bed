import { badRequest } from '../protocol/errors.ts';

/** Whether the weights of a step are kept: of 0, 30, 100, 300, 1 000, 3 000, … */
export const isSnapshotStep = (step: number): boolean => step === 0 || nextSnapshotAfter(step - 1) === step;

/** The next such step. @param step ≥ −1 */
export function nextSnapshotAfter(step: number): number {
  if (step < 0) return 0;
  for (let power = 10; ; power *= 10) {
    if (step < 3 * power) return 3 * power;
    if (step < 10 * power) return 10 * power;
  }
}

/** The averaged weights of a model at some of its steps, on the CPU, and which of them the person wants to see. */
export interface Snapshots {
  /** Increasing. */
  readonly steps: readonly number[];
  /** The step whose weights are shown; null for those of the moment. */
  readonly chosen: number | null;
  keep(step: number, weights: Float32Array): void;
  /** @throws EngineError 'bad-request' where nothing was kept of this step */
  choose(step: number | null): void;
  weightsOf(step: number): Float32Array;
  /** The model went back to this step: forgets what came after. */
  dropAfter(step: number): void;
}

/** @param tell hears of every change of `steps` */
export function createSnapshots(tell: (steps: readonly number[]) => void): Snapshots {
  const kept = new Map<number, Float32Array>();
  let chosen: number | null = null;
  const steps = () => [...kept.keys()];
  return {
    get steps() {
      return steps();
    },
    get chosen() {
      return chosen;
    },
    keep(step, weights) {
      if (kept.has(step)) return;
      kept.set(step, weights);
      tell(steps());
    },
    choose(step) {
      if (step !== null && !kept.has(step)) {
        throw badRequest(
          `Nothing was kept of step ${step}.`,
          `Choose one of ${steps().join(', ')}, or null.`,
        );
      }
      chosen = step;
    },
    weightsOf: (step) => kept.get(step)!,
    dropAfter(last) {
      const later = steps().filter((step) => step > last);
      if (later.length === 0) return;
      for (const step of later) kept.delete(step);
      if (chosen !== null && chosen > last) chosen = null;
      tell(steps());
    },
  };
}
