/** A present and what it was before, newest last. */
export interface History<S> {
  readonly past: readonly S[];
  readonly present: S;
}

/** More than anyone takes back, and little memory at 1 000 points each. */
export const MAX_UNDO = 100;

export const startHistory = <S>(present: S): History<S> => ({ past: [], present });

/** The same history when nothing changes. */
export function advance<S>(history: History<S>, next: S): History<S> {
  if (next === history.present) return history;
  return { past: [...history.past, history.present].slice(-MAX_UNDO), present: next };
}

/** The same history when there is nothing to take back. */
export function undo<S>(history: History<S>): History<S> {
  const previous = history.past.at(-1);
  return previous === undefined ? history : { past: history.past.slice(0, -1), present: previous };
}
