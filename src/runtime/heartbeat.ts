/**
 * Between looks; how many looks an answer may be owed before that is told, and before the worker is given up: a slow GPU
 * step is no death, but a person should not wonder.
 */
const EVERY_MS = 1000;
const LATE = 3;
const PATIENCE = 20;

export interface HeartbeatOptions {
  /** Asks; resolves with the answer, or never. */
  ping(): Promise<unknown>;
  /** An answer is late. */
  onLate(): void;
  /** What was late has come. */
  onBack(): void;
  /** Called once, when an answer is overdue; nothing is asked after that. */
  onSilence(): void;
  readonly everyMs?: number;
  readonly late?: number;
  readonly patience?: number;
}

/**
 * Notices a worker that has ended without an error, for which a browser has no event, or that is caught in a loop. Time
 * is counted in looks and not by the clock: a tab that sleeps for an hour has not looked, and its worker owes nothing.
 * @returns stops asking
 */
export function watchHeartbeat({
  ping,
  onLate,
  onBack,
  onSilence,
  everyMs = EVERY_MS,
  late = LATE,
  patience = PATIENCE,
}: HeartbeatOptions): () => void {
  let owed = 0;
  const stop = () => clearInterval(timer);
  const timer = setInterval(() => {
    owed += 1;
    if (owed > patience) {
      stop();
      onSilence();
    } else if (owed === 1) ask();
    else if (owed === late + 1) onLate();
  }, everyMs);

  function ask(): void {
    ping().then(
      () => {
        if (owed > late) onBack();
        owed = 0;
      },
      () => {}, // no answer is what the looks are for
    );
  }
  return stop;
}
