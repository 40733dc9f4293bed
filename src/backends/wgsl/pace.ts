/** Milliseconds that one submit may keep the device: the page must be drawn in between. */
const SUBMIT_MS = 12;

/** How much work fits a submit. Work is counted in units of the caller's choice. */
export interface Pace {
  /** Units for the next submit, at least 1, at most `most`. */
  next(most: number): number;
  /** Call after a submit of so many units; `done` resolves when the device has done it. */
  submitted(units: number, done: Promise<unknown>): void;
}

/**
 * Starts small and learns from how long submits took: at most twice as many the next time, and never more than
 * fit 12 ms. A submit's time runs from its beginning or, where the device was still busy, from the end of the one before.
 * @param latency how late the browser tells of an end, ms: no work of the device
 */
export function newPace(
  first: number,
  now: () => number = () => performance.now(),
  latency: () => number = () => 0,
): Pace {
  let allowed = first;
  let lastEnd = 0;
  return {
    next: (most) => Math.max(1, Math.min(most, Math.floor(allowed))),
    submitted(units, done) {
      const begun = now();
      done.then(
        () => {
          const end = now();
          // Behind another submit both ends are told equally late.
          const late = begun < lastEnd ? 0 : latency();
          const ms = Math.max(0.01, end - Math.max(begun, lastEnd) - late);
          lastEnd = end;
          const fitting = (SUBMIT_MS * units) / ms;
          // A submit that was cut short says little about how many more would fit.
          allowed = fitting < allowed ? fitting : Math.min(fitting, Math.max(allowed, 2 * units));
        },
        () => {}, // a lost device shows when results are read
      );
    },
  };
}
