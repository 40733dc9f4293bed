import { useState } from 'react';
import { addPoint, type Curve, type CurvePoint, movePoint, removePoint, widestGap } from './curve.ts';

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
  /** Adds a point on the curve, after the given one or in the widest gap. */
  addOnCurve(after?: number): void;
  remove(index: number): void;
  /** Moves a point at once. */
  move(index: number, to: CurvePoint): void;
  /** Shows a point elsewhere, until `drop`. */
  drag(index: number, to: CurvePoint): void;
  drop(): void;
}

interface CurveOwner {
  readonly points: Curve;
  readonly onChange: (points: Curve) => void;
  readonly curveOf: (points: Curve) => (t: number) => number;
  readonly unit: number;
  readonly maxPoints: number;
  /** A point that came up under another number wants the focus. */
  readonly onFocus: (index: number) => void;
}

/** The state of a curve that belongs to somebody else: a drag shows at once, and is told when it ends. */
export function useCurveEditing(owner: CurveOwner): CurveEditing {
  const { onChange, curveOf, unit, maxPoints, onFocus } = owner;
  const [dragged, setDragged] = useState<Curve | null>(null);
  const [selection, setSelection] = useState(1);
  const [announcement, setAnnouncement] = useState('');
  const points = dragged ?? owner.points;
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
    onChange(added.curve);
    focus(added.index);
    setAnnouncement(`Added point ${added.index} of ${added.curve.length - 1}.`);
  };

  return {
    points,
    selected,
    announcement,
    canAdd,
    canRemove: selected < last,
    select: setSelection,
    add,
    addOnCurve(after) {
      const [here, next] = [points[after ?? -1], points[(after ?? -2) + 1]];
      const t = here && next ? (here.t + next.t) / 2 : widestGap(points);
      add({ t, value: curveOf(points)(t) });
    },
    remove(index) {
      const next = removePoint(points, index);
      if (next === points) {
        setAnnouncement('The last point stays.');
        return;
      }
      onChange(next);
      focus(Math.min(index, next.length - 1));
      setAnnouncement(`Removed point ${index}; ${next.length - 1} are left.`);
    },
    move: (index, to) => onChange(movePoint(points, index, to, unit)),
    drag(index, to) {
      setSelection(index);
      setDragged(movePoint(points, index, to, unit));
    },
    drop() {
      if (dragged !== null) onChange(dragged);
      setDragged(null);
    },
  };
}
