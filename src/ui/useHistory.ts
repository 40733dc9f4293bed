import { type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react';
import { advance, type History, historyKey, redo, startHistory, undo } from './history.ts';

export interface Undoable<S> {
  readonly present: S;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Makes a change final: it can be undone, and the owner hears of it. */
  commit(next: S): void;
  undo(): void;
  redo(): void;
}

/**
 * The history of a value that belongs to somebody else: follows it, and remembers what it was.
 * @param same whether two values are the same to the person
 */
export function useHistory<S>(
  value: S,
  onChange: (value: S) => void,
  same: (a: S, b: S) => boolean,
): Undoable<S> {
  const [history, setHistory] = useState<History<S>>(() => startHistory(value));
  // Handlers of one burst of events run before React renders: they read and write the newest history here.
  const latest = useRef(history);

  const take = (next: History<S>) => {
    latest.current = next;
    setHistory(next);
  };
  const move = (next: History<S>) => {
    if (next === latest.current) return;
    take(next);
    onChange(next.present);
  };
  const follow = useEffectEvent((next: S) => {
    if (!same(next, latest.current.present)) take(advance(latest.current, next));
  });
  useEffect(() => follow(value), [value]);

  return {
    present: history.present,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    commit: (next) => move(advance(latest.current, next)),
    undo: () => move(undo(latest.current)),
    redo: () => move(redo(latest.current)),
  };
}

/** Ctrl+Z and its kin, as long as the focus is within the element. */
export function useHistoryKeys(
  element: RefObject<HTMLElement | null>,
  act: (what: 'undo' | 'redo') => void,
): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const what = historyKey(event);
    if (what === null) return;
    event.preventDefault();
    act(what);
  });
  useEffect(() => {
    const target = element.current;
    const listener = (event: KeyboardEvent) => onKey(event);
    target?.addEventListener('keydown', listener);
    return () => target?.removeEventListener('keydown', listener);
  }, [element]);
}
