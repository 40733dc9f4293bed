import { useState } from 'react';
import { type Points, samePoints } from './drawing.ts';
import { type Undoable, useHistory } from './useHistory.ts';

export interface Drawing extends Omit<Undoable<Points>, 'present'> {
  /** With the stroke in progress. */
  readonly points: Points;
  /** Shows a change that is still going on. */
  preview(points: Points): void;
}

/** The state of a drawing that belongs to `points`' owner: follows it, and remembers what can be undone. */
export function useDrawing(points: Points, onChange: (points: Points) => void): Drawing {
  const [shown, setShown] = useState<Points | null>(null);
  const history = useHistory(points, onChange, samePoints);
  return {
    ...history,
    points: shown ?? history.present,
    preview: setShown,
    commit(next) {
      setShown(null);
      history.commit(next);
    },
  };
}
