/** The engine's worker as `public/boot.js` begins it, before the page's own scripts have been read. */
export interface EarlyEngine {
  readonly worker: Worker;
  readonly hasFailed: boolean;
}

declare global {
  var earlyEngine: EarlyEngine | undefined;
}

/** The worker that was begun early, for the first who asks; null where there is none, or none that works. */
export function takeEarlyEngine(): EarlyEngine | null {
  const early = globalThis.earlyEngine;
  globalThis.earlyEngine = undefined;
  return early && !early.hasFailed ? early : null;
}
