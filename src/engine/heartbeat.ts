/** Between looks, and how many looks an answer may be owed: a slow GPU step is no death. */
const EVERY_MS = 2000;
const PATIENCE = 10;

export interface HeartbeatOptions {
  /** Asks; resolves with the answer, or never. */
  ping(): Promise<unknown>;
  /** Called once, when an answer is overdue; nothing is asked after that. */
  onSilence(): void;
  readonly everyMs?: number;
  readonly patience?: number;
}

/**
 * Notices a worker that has ended without an error, for which a browser has no event. Time is counted in looks and not
 * by the clock: a tab that sleeps for an hour has not looked, and its worker owes nothing.
 * @returns stops asking
 */
export function watchHeartbeat({
  ping,
  onSilence,
  everyMs = EVERY_MS,
  patience = PATIENCE,
}: HeartbeatOptions): () => void {
  let owed = 0;
  const timer = setInterval(() => {
    owed += 1;
    if (owed > patience) {
      clearInterval(timer);
      onSilence();
    } else if (owed === 1) ask();
  }, everyMs);

  function ask(): void {
    ping().then(
      () => {
        owed = 0;
      },
      () => {}, // no answer is what the looks are for
    );
  }
  return () => clearInterval(timer);
}
