/** A present, what it was before, newest last, and what was taken back, next to come last. */
export interface History<S> {
  readonly past: readonly S[];
  readonly present: S;
  readonly future: readonly S[];
}

/** More than anyone takes back, and little memory at 1 000 points each. */
export const MAX_UNDO = 100;

export const startHistory = <S>(present: S): History<S> => ({ past: [], present, future: [] });

/** The same history when nothing changes; a change forgets what was taken back. */
export function advance<S>(history: History<S>, next: S): History<S> {
  if (next === history.present) return history;
  return { past: [...history.past, history.present].slice(-MAX_UNDO), present: next, future: [] };
}

/** The same history when there is nothing to take back. */
export function undo<S>(history: History<S>): History<S> {
  const { past, present, future } = history;
  const previous = past.at(-1);
  if (previous === undefined) return history;
  return { past: past.slice(0, -1), present: previous, future: [...future, present] };
}

/** The same history when nothing was taken back. */
export function redo<S>(history: History<S>): History<S> {
  const { past, present, future } = history;
  const next = future.at(-1);
  if (next === undefined) return history;
  return { past: [...past, present], present: next, future: future.slice(0, -1) };
}

/** What a key asks of a history: Ctrl+Z (⌘Z) takes back; with Shift, or Ctrl+Y, it does again. */
export function historyKey(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): 'undo' | 'redo' | null {
  if (event.altKey || !(event.ctrlKey || event.metaKey)) return null;
  const key = event.key.toLowerCase();
  if (key === 'z') return event.shiftKey ? 'redo' : 'undo';
  return key === 'y' && !event.shiftKey ? 'redo' : null;
}
