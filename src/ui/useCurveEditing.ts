import { useRef, useState } from 'react';
import { addPoint, type Curve, type CurvePoint, movePoint, removePoint, widestGap } from './curve.ts';
import { useHistory } from './useHistory.ts';

export interface CurveEditing {
  /** With the drag in progress. */
  readonly points: Curve;
  /** The point that was touched last, 1…: what “Remove” removes. */
  readonly selected: number;
  /** What just happened, for screen readers. */
  readonly announcement: string;
  readonly canAdd: boolean;
  readonly canRemove: boolean;
  select(index: number): void;
  /** Adds a point here. */
  add(at: CurvePoint): void;
  /** Adds a point on the curve, halfway to the next one; after the last, halfway to the one before. */
  addBeside(index: number): void;
  /** Adds a point on the curve, where the most room is. */
  addInWidestGap(): void;
  remove(index: number): void;
  /** Moves a point at once. */
  move(index: number, to: CurvePoint): void;
  /** Shows a point elsewhere, until `drop`. */
  drag(index: number, to: CurvePoint): void;
  drop(): void;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Takes back a change, or makes it again. */
  turn(what: 'undo' | 'redo'): void;
  /** Another curve, which can be taken back. */
  replace(points: Curve): void;
}

interface CurveOwner {
  readonly points: Curve;
  readonly onChange: (points: Curve) => void;
  /** During a drag, with the curve so far; with null after it. */
  readonly onPreview?: (points: Curve | null) => void;
  readonly curveOf: (points: Curve) => (t: number) => number;
  readonly unit: number;
  readonly maxPoints: number;
  /** A point that came up under another number wants the focus. */
  readonly onFocus: (index: number) => void;
}

const sameCurve = (a: Curve, b: Curve) =>
  a.length === b.length && a.every(({ t, value }, k) => t === b[k]!.t && value === b[k]!.value);

/** The state of a curve that belongs to somebody else: a drag shows at once, and is told when it ends. */
export function useCurveEditing(owner: CurveOwner): CurveEditing {
  const { onPreview, curveOf, unit, maxPoints, onFocus } = owner;
  const history = useHistory(owner.points, owner.onChange, sameCurve);
  const [dragged, setDragged] = useState<Curve | null>(null);
  // A move and the release may both run before React renders: the release reads the newest curve here.
  const latest = useRef<Curve | null>(null);
  const [selection, setSelection] = useState(1);
  const [announcement, setAnnouncement] = useState('');
  const points = dragged ?? history.present;
  const last = points.length - 1;
  const selected = Math.min(selection, last);
  const canAdd = last < maxPoints;

  const focus = (index: number) => {
    setSelection(index);
    onFocus(index);
  };
  const add = (at: CurvePoint) => {
    const added = canAdd ? addPoint(points, at, unit) : null;
    if (added === null) {
      setAnnouncement(canAdd ? 'There is no room for a point there.' : `${maxPoints} points are the most.`);
      return;
    }
    history.commit(added.curve);
    focus(added.index);
    setAnnouncement(`Added point ${added.index} of ${added.curve.length - 1}.`);
  };
  const addOnCurve = (t: number) => add({ t, value: curveOf(points)(t) });
  const show = (curve: Curve | null) => {
    latest.current = curve;
    setDragged(curve);
    onPreview?.(curve);
  };

  return {
    points,
    selected,
    announcement,
    canAdd,
    canRemove: selected < last,
    select: setSelection,
    add,
    addBeside(index) {
      const neighbour = points[index + 1] ?? points[index - 1]!;
      addOnCurve((points[index]!.t + neighbour.t) / 2);
    },
    addInWidestGap: () => addOnCurve(widestGap(points)),
    remove(index) {
      const next = removePoint(points, index);
      if (next === points) {
        setAnnouncement('The last point stays.');
        return;
      }
      history.commit(next);
      focus(Math.min(index, next.length - 1));
      setAnnouncement(`Removed point ${index}; ${next.length - 1} are left.`);
    },
    move: (index, to) => history.commit(movePoint(points, index, to, unit)),
    drag(index, to) {
      setSelection(index);
      show(movePoint(latest.current ?? points, index, to, unit));
    },
    drop() {
      if (latest.current !== null) history.commit(latest.current);
      show(null);
    },
    canUndo: history.canUndo,
    canRedo: history.canRedo,
    turn(what) {
      history[what]();
      setAnnouncement(what === 'undo' ? 'Taken back.' : 'Done again.');
    },
    replace: history.commit,
  };
}
