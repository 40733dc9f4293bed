import { useEffect, useRef, useState } from 'react';
import { type Points, samePoints } from './drawing.ts';
import { advance, type History, startHistory, undo } from './history.ts';

export interface Drawing {
  /** With the stroke in progress. */
  readonly points: Points;
  readonly canUndo: boolean;
  /** Shows a change that is still going on. */
  preview(points: Points): void;
  /** Makes a change final: it can be undone, and the owner hears of it. */
  commit(points: Points): void;
  undo(): void;
}

/** The state of a drawing that belongs to `points`' owner: follows it, and remembers what can be undone. */
export function useDrawing(points: Points, onChange: (points: Points) => void): Drawing {
  const [history, setHistory] = useState<History<Points>>(() => startHistory(points));
  const [shown, setShown] = useState<Points | null>(null);
  // Handlers of one burst of events run before React renders: they read and write the newest history here.
  const latest = useRef(history);

  const move = (next: History<Points>, tell: boolean) => {
    setShown(null);
    if (next === latest.current) return;
    latest.current = next;
    setHistory(next);
    if (tell) onChange(next.present);
  };

  useEffect(() => {
    if (samePoints(points, latest.current.present)) return;
    const next = advance(latest.current, points);
    latest.current = next;
    setHistory(next);
  }, [points]);

  return {
    points: shown ?? history.present,
    canUndo: history.past.length > 0,
    preview: setShown,
    commit: (next) => move(advance(latest.current, next), true),
    undo: () => move(undo(latest.current), true),
  };
}
