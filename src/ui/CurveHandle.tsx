import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import type { CurvePoint } from './curve.ts';
import type { CurveEditing } from './useCurveEditing.ts';

interface CurveHandleProps {
  readonly index: number;
  readonly editing: CurveEditing;
  /** What the values are called. */
  readonly quantity: string;
  /** Where on the plot an event is. */
  readonly positionOf: (event: PointerEvent) => CurvePoint;
}

const KEY_STEP = 0.01;
const LARGE_KEY_STEP = 0.1;

const ARROWS: Readonly<Record<string, readonly [t: number, value: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowDown: [0, -1],
  ArrowUp: [0, 1],
};

/** One point of the curve: arrow keys move it, Enter adds another after it, Delete removes it. */
export function CurveHandle({ index, editing, quantity, positionOf }: CurveHandleProps) {
  /** From the pointer to the point, while it is held. */
  const grip = useRef<CurvePoint | null>(null);
  const point = editing.points[index]!;

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key];
    if (arrow) {
      const step = event.shiftKey ? LARGE_KEY_STEP : KEY_STEP;
      editing.move(index, { t: point.t + arrow[0] * step, value: point.value + arrow[1] * step });
    } else if (event.key === 'Delete' || event.key === 'Backspace') editing.remove(index);
    else if (event.key === 'Enter') editing.addBeside(index);
    else return;
    event.preventDefault();
  };

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (!event.isPrimary || event.button > 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const at = positionOf(event);
    grip.current = { t: point.t - at.t, value: point.value - at.value };
    editing.select(index);
  };
  const onPointerMove = (event: PointerEvent) => {
    if (grip.current === null) return;
    const at = positionOf(event);
    editing.drag(index, { t: at.t + grip.current.t, value: at.value + grip.current.value });
  };
  const finish = () => {
    if (grip.current !== null) editing.drop();
    grip.current = null;
  };

  return (
    // HTML has no slider in two directions; the role has name and value spoken.
    <button
      type="button"
      role="slider"
      aria-valuemin={0}
      aria-valuemax={1}
      className={index === editing.selected ? 'c-curve-point is-selected' : 'c-curve-point'}
      style={{ left: `${100 * point.t}%`, top: `${100 * (1 - point.value)}%` }}
      aria-label={`Point ${index} of ${editing.points.length - 1}`}
      aria-valuenow={point.value}
      aria-valuetext={`${quantity} ${point.value} at t ${point.t}`}
      onFocus={() => editing.select(index)}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={finish}
      onPointerCancel={finish}
    />
  );
}
