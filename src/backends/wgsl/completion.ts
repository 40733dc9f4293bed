/** Between empty submits, and how long to wait on every task before going over to a timer. */
const NUDGE_MS = 1;
const BUSY_MS = 20;
const REST_MS = 5;

/** Firefox looks from a timer of 100 ms whether a device is done (its bug 1870699), and else at every submit. */
export const looksOnSubmit = (): boolean => /\bFirefox\//.test(globalThis.navigator?.userAgent ?? '');

/** Waits for what a device does. */
export interface Completion {
  /** The promise of a device, once it is settled, without the timer. */
  soon<T>(done: Promise<T>): Promise<T>;
  /** Milliseconds from an idle device's being asked to its answer, where that is late; they are no work. */
  readonly latency: number;
}

interface CompletionOptions {
  /** Whether the browser must be nudged to look. */
  readonly nudges?: boolean;
  readonly now?: () => number;
  /** Lets other tasks go first, for about so long. */
  readonly pause?: (ms: number) => Promise<void>;
}

/** While anything is waited for, empty submits make a browser look that would not by itself. */
export function createCompletion(
  device: GPUDevice,
  { nudges = looksOnSubmit(), now = () => performance.now(), pause = taskOrTimer() }: CompletionOptions = {},
): Completion {
  let waiting = 0;
  let nudging = false;
  let lost = false;
  let latency = 0;
  device.lost.then(() => {
    lost = true;
  });

  async function nudge(): Promise<void> {
    nudging = true;
    const begun = now();
    let nudged = Number.NEGATIVE_INFINITY;
    while (waiting > 0 && !lost) {
      if (now() - nudged >= NUDGE_MS) {
        nudged = now();
        device.queue.submit([device.createCommandEncoder().finish()]);
      }
      await pause(now() - begun < BUSY_MS ? 0 : REST_MS);
    }
    nudging = false;
  }

  function soon<T>(done: Promise<T>): Promise<T> {
    if (!nudges) return done;
    waiting += 1;
    if (!nudging) void nudge();
    return done.finally(() => {
      waiting -= 1;
    });
  }

  /** The least of a few, because the device may be compiling meanwhile. */
  async function measure(): Promise<void> {
    let least = Number.POSITIVE_INFINITY;
    for (let probe = 0; probe < 4; probe++) {
      const begun = now();
      await soon(device.queue.onSubmittedWorkDone());
      least = Math.min(least, now() - begun);
    }
    latency = least;
  }
  if (nudges) measure().catch(() => {}); // a lost device has no latency

  return {
    soon,
    get latency() {
      return latency;
    },
  };
}

/** 0 ms is the next task, by a message: timers are held back for 4 ms and more. */
function taskOrTimer(): (ms: number) => Promise<void> {
  const resolvers: (() => void)[] = [];
  let port: MessagePort | null = null;
  const open = () => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolvers.shift()?.();
    return port2;
  };
  return (ms) =>
    new Promise((resolve) => {
      if (ms > 0) setTimeout(resolve, ms);
      else {
        port ??= open();
        resolvers.push(resolve);
        port.postMessage(0);
      }
    });
}
