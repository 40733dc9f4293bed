import type { EngineEvent } from './protocol.ts';

const EVERY_MS = 100;

/** Gathers losses between progress events. */
export function createProgress(emit: (event: EngineEvent) => void) {
  let steps: number[] = [];
  let losses: number[] = [];
  let previewMs = 0;
  let since = performance.now();
  let sinceStep = 0;

  function restart(step: number): void {
    steps = [];
    losses = [];
    previewMs = 0;
    since = performance.now();
    sinceStep = step;
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
      const elapsed = performance.now() - since;
      if (steps.length === 0 || (!now && elapsed < EVERY_MS)) return;
      emit({
        type: 'progress',
        step,
        stepsPerSecond: (1000 * (step - sinceStep)) / Math.max(elapsed, 1e-3),
        steps: Float32Array.from(steps),
        losses: Float32Array.from(losses),
        previewShare: Math.min(1, previewMs / Math.max(elapsed, 1e-3)),
      });
      restart(step);
    },
  };
}
