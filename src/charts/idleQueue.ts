/** Work for moments when the page has nothing else to do; one piece at a time, so that no two make one long task. */
export interface IdleQueue {
  /** Returns how to take the piece back before it starts. */
  add(work: () => void | Promise<void>): () => void;
}

/** @param schedule calls back once, when idle or after a while */
export function createIdleQueue(schedule: (callback: () => void) => void): IdleQueue {
  const waiting: (() => void | Promise<void>)[] = [];
  let busy = false;
  const next = (): void => {
    if (busy || waiting.length === 0) return;
    busy = true;
    schedule(async () => {
      try {
        await waiting.shift()?.();
      } finally {
        busy = false;
        next();
      }
    });
  };
  return {
    add(work) {
      waiting.push(work);
      next();
      return () => {
        const place = waiting.indexOf(work);
        if (place >= 0) waiting.splice(place, 1);
      };
    },
  };
}

/** Safari has no requestIdleCallback. */
const whenIdle = (callback: () => void): void => {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(callback, { timeout: 1000 });
  else setTimeout(callback, 50);
};

export const idleQueue = createIdleQueue(whenIdle);
