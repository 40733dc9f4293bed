import { useId, useLayoutEffect, useRef, useState } from 'react';
import { Button, IconButton } from './Button.tsx';
import { CurveHandle } from './CurveHandle.tsx';
import type { Curve, CurvePoint } from './curve.ts';
import { Hint } from './Hint.tsx';
import { Icon } from './icons.tsx';
import { useCurveEditing } from './useCurveEditing.ts';
import { useDoubleClick } from './useDoubleClick.ts';
import { useHistoryKeys } from './useHistory.ts';

interface CurveEditorProps {
  readonly label: string;
  readonly hint: string;
  /** From (0, 1) to t = 1, falling. */
  readonly points: Curve;
  /** After each drag, key press or button; never in the middle of a drag. */
  readonly onChange: (points: Curve) => void;
  /** During a drag, with the curve so far; with null after it. */
  readonly onPreview?: (points: Curve | null) => void;
  /** The curve through some points. */
  readonly curveOf: (points: Curve) => (t: number) => number;
  /** What lies at t = 0 and at t = 1. */
  readonly start: string;
  readonly end: string;
  /** What the values are called; times are called t. */
  readonly quantity: string;
  /** The lattice that the points are on. */
  readonly unit: number;
  /** Without the start. */
  readonly maxPoints: number;
  readonly defaultPoints: Curve;
}

const INSTRUCTIONS =
  'Arrow keys move the point, with Shift in larger steps. Enter adds a point after it, Delete removes it. Ctrl+Z takes back.';

/** A falling curve on the unit square, drawn by its points with mouse, finger or keyboard. */
export function CurveEditor(props: CurveEditorProps) {
  const { label, quantity } = props;
  const id = useId();
  const positionOf = ({ clientX, clientY }: { clientX: number; clientY: number }): CurvePoint => {
    const { left, top, width, height } = plot.current!.getBoundingClientRect();
    return { t: (clientX - left) / width, value: 1 - (clientY - top) / height };
  };
  const [sought, setSought] = useState<{ readonly index: number } | null>(null);
  const onFocus = (index: number) => setSought({ index });
  const editing = useCurveEditing({ ...props, onFocus });
  const plot = useDoubleClick<HTMLDivElement>((event) => {
    if (!(event.target instanceof HTMLButtonElement)) editing.add(positionOf(event));
  });
  // At once with the points that a change leaves: a frame later it could take the focus from where a person has gone.
  useLayoutEffect(() => {
    if (sought === null) return;
    const points = plot.current?.querySelectorAll<HTMLElement>('[role=slider]') ?? [];
    points[Math.min(sought.index, points.length) - 1]?.focus();
  }, [sought, plot]);
  const frame = useRef<HTMLFieldSetElement>(null);
  useHistoryKeys(frame, (what) => {
    const onPoint = document.activeElement?.getAttribute('role') === 'slider';
    editing.turn(what);
    // The point that had the focus may be gone.
    if (onPoint) onFocus(editing.selected);
  });
  const shown = editing.points[editing.selected]!;

  return (
    <fieldset className="c-curve" aria-describedby={id} ref={frame}>
      <legend className="c-curve-head">
        <span className="c-label">{label}</span>
        <Hint subject={label} text={props.hint} />
      </legend>
      <div className="c-curve-plot" ref={plot}>
        <CurvePicture points={editing.points} curve={props.curveOf(editing.points)} />
        <span className="c-curve-y" aria-hidden="true">
          {quantity}
        </span>
        {editing.points.slice(1).map((_, k) => {
          const index = k + 1;
          const handle = { index, editing, quantity, positionOf };
          return <CurveHandle key={`point ${index}`} {...handle} />;
        })}
      </div>
      <div className="c-curve-foot">
        <span aria-hidden="true">{props.start}</span>
        <span>{`t = ${shown.t.toFixed(3)}, ${quantity} = ${shown.value.toFixed(3)}`}</span>
        <span aria-hidden="true">{props.end}</span>
      </div>
      <div className="c-curve-tools">
        <Button
          icon={<Icon name="plus" />}
          disabled={!editing.canAdd}
          aria-label="Add a point"
          onClick={editing.addInWidestGap}
        >
          Add
        </Button>
        <Button
          icon={<Icon name="trash" />}
          disabled={!editing.canRemove}
          aria-label={`Remove point ${editing.selected}`}
          onClick={() => editing.remove(editing.selected)}
        >
          Remove
        </Button>
        <IconButton
          label="Undo"
          shortcut="Ctrl+Z"
          icon={<Icon name="undo" />}
          disabled={!editing.canUndo}
          onClick={() => editing.turn('undo')}
        />
        <IconButton
          label="Redo"
          shortcut="Ctrl+Shift+Z"
          icon={<Icon name="redo" />}
          disabled={!editing.canRedo}
          onClick={() => editing.turn('redo')}
        />
        <IconButton
          label="Reset"
          icon={<Icon name="restart" />}
          onClick={() => editing.replace(props.defaultPoints)}
        />
      </div>
      <span id={id} hidden>
        {INSTRUCTIONS}
      </span>
      <span className="c-visually-hidden" role="status">
        {editing.announcement}
      </span>
    </fieldset>
  );
}

const SEGMENTS = 100;
/** Units of the picture's width and height. */
const SIDE = 100;

interface CurvePictureProps {
  readonly points: Curve;
  readonly curve: (t: number) => number;
}

function CurvePicture({ points, curve }: CurvePictureProps) {
  const times = Array.from({ length: SEGMENTS + 1 }, (_, i) => i / SEGMENTS);
  const place = (t: number) => `${(SIDE * t).toFixed(2)},${(SIDE * (1 - curve(t))).toFixed(2)}`;
  const lines = [0.25, 0.5, 0.75].map((share) => SIDE * share);
  return (
    <svg viewBox={`0 0 ${SIDE} ${SIDE}`} preserveAspectRatio="none" aria-hidden="true">
      {lines.map((at) => (
        <path key={at} className="c-curve-grid" d={`M${at} 0V${SIDE}M0 ${at}H${SIDE}`} />
      ))}
      <polygon className="c-curve-area" points={`0,${SIDE} ${times.map(place).join(' ')} ${SIDE},${SIDE}`} />
      <polyline className="c-curve-line" points={times.map(place).join(' ')} />
      <title>{`A curve through ${points.length - 1} points`}</title>
    </svg>
  );
}
