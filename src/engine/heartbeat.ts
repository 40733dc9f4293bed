/** How often a worker is asked whether it is there, and how long it may owe the answer: a slow GPU step is no death. */
const EVERY_MS = 2000;
const PATIENCE_MS = 20_000;

export interface HeartbeatOptions {
  /** Asks; resolves with the answer, or never. */
  ping(): Promise<unknown>;
  /** Called once, when an answer is overdue; nothing is asked after that. */
  onSilence(): void;
  readonly everyMs?: number;
  readonly patienceMs?: number;
}

/**
 * Notices a worker that has ended without an error, for which a browser has no event.
 * @returns stops asking
 */
export function watchHeartbeat({
  ping,
  onSilence,
  everyMs = EVERY_MS,
  patienceMs = PATIENCE_MS,
}: HeartbeatOptions): () => void {
  let owed: ReturnType<typeof setTimeout> | undefined;
  let next: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  function stop(): void {
    stopped = true;
    clearTimeout(owed);
    clearTimeout(next);
  }
  function ask(): void {
    owed = setTimeout(() => {
      stop();
      onSilence();
    }, patienceMs);
    ping().then(
      () => {
        clearTimeout(owed);
        if (!stopped) next = setTimeout(ask, everyMs);
      },
      () => {}, // no answer is what the other clock is for
    );
  }
  next = setTimeout(ask, everyMs);
  return stop;
}
