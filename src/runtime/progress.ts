import type { EngineEvent } from '../protocol/protocol.ts';

const EVERY_MS = 100;
/** Rates are averages over this long: slices of training and previews alternate more slowly than events are sent. */
const WINDOW_MS = 2000;

export type Progress = ReturnType<typeof createProgress>;

/** Gathers losses between progress events. */
export function createProgress(emit: (event: Extract<EngineEvent, { type: 'progress' }>) => void) {
  let steps: number[] = [];
  let losses: number[] = [];
  let previewMs = 0;
  let since = performance.now();
  /** Where the window's events stood, oldest first. */
  let marks: { at: number; step: number; previewMs: number }[] = [];

  function restart(step: number): void {
    steps = [];
    losses = [];
    previewMs = 0;
    since = performance.now();
    marks = [{ at: since, step, previewMs: 0 }];
  }

  return {
    restart,
    /** One slice of training has ended at `step`. */
    add(step: number, loss: number): void {
      steps.push(step);
      losses.push(loss);
    },
    addPreview(ms: number): void {
      previewMs += ms;
    },
    /** Sends what there is, if it is time or `now` asks for it. */
    send(step: number, now = false): void {
      const at = performance.now();
      if (steps.length === 0 || (!now && at - since < EVERY_MS)) return;
      while (marks.length > 1 && at - marks[0]!.at > WINDOW_MS) marks.shift();
      const first = marks[0]!;
      const elapsed = Math.max(at - first.at, 1e-3);
      emit({
        type: 'progress',
        step,
        stepsPerSecond: (1000 * (step - first.step)) / elapsed,
        steps: Float32Array.from(steps),
        losses: Float32Array.from(losses),
        previewShare: Math.min(1, (previewMs - first.previewMs) / elapsed),
      });
      steps = [];
      losses = [];
      since = at;
      marks.push({ at, step, previewMs });
    },
  };
}
