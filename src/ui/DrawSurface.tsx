import {
  type KeyboardEvent,
  type PointerEvent,
  useEffect,
  useEffectEvent,
  useId,
  useRef,
  useState,
} from 'react';
import {
  addStroke,
  type Brush,
  dab,
  eraseAlong,
  eraseAt,
  type Points,
  type Position,
  type StrokeTip,
  sprayTo,
} from './drawing.ts';
import { cursorMove } from './drawKeys.ts';
import { paintPad, toDataUnits } from './drawPadView.ts';
import type { Drawing } from './useDrawing.ts';

export type DrawTool = 'brush' | 'eraser';

interface DrawSurfaceProps {
  readonly drawing: Drawing;
  readonly tool: DrawTool;
  readonly brush: Brush;
  readonly maxPoints: number;
  /** Whether the latest stroke went over the cap. */
  readonly onThinned: (thinned: boolean) => void;
}

/** A stroke in progress; `result` is the drawing with it. */
interface Gesture {
  readonly before: Points;
  readonly erasing: boolean;
  readonly stroke: number[];
  tip: StrokeTip;
  result: Points;
}

/** Smallest reach of the eraser, data units: an eraser as thin as the finest brush could not be aimed. */
const MIN_ERASER = 0.15;

/** No other role lets arrow keys and letters through from a screen reader's browse mode. */
const WIDGET = { role: 'application', 'aria-label': 'Drawing pad', tabIndex: 0 } as const;

const INSTRUCTIONS =
  'Arrow keys move the brush, with Shift in larger steps. Space or Enter puts points, Delete erases, U takes back.';

/** The square itself: turns pointer and key events into strokes. */
export function DrawSurface({ drawing, tool, brush, maxPoints, onThinned }: DrawSurfaceProps) {
  const id = useId();
  const canvas = useRef<HTMLCanvasElement>(null);
  const gesture = useRef<Gesture | null>(null);
  const [cursor, setCursor] = useState<Position | null>(null);
  const [announcement, setAnnouncement] = useState('');
  const reach = Math.max(MIN_ERASER, brush.size);

  const paint = useEffectEvent(() => {
    const radius = tool === 'eraser' ? reach : brush.size;
    if (canvas.current) paintPad(canvas.current, drawing.points, { cursor, radius });
  });
  // Whatever rendered the pad changed its picture.
  useEffect(() => {
    paint();
  });
  useEffect(() => {
    const resized = new ResizeObserver(paint);
    const themed = new MutationObserver(paint);
    if (canvas.current) resized.observe(canvas.current);
    themed.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => {
      resized.disconnect();
      themed.disconnect();
    };
  }, []);

  const withStroke = (before: Points, stroke: Points) => {
    onThinned((before.length + stroke.length) / 2 > maxPoints);
    return addStroke(before, stroke, maxPoints);
  };

  const onPointerDown = (event: PointerEvent<HTMLCanvasElement>) => {
    if (!event.isPrimary || (event.button > 0 && event.pointerType === 'mouse')) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const at = toDataUnits(event.clientX, event.clientY, event.currentTarget.getBoundingClientRect());
    // The far end of a pen is its eraser (bit 32 of buttons).
    const erasing = tool === 'eraser' || (event.buttons & 32) !== 0;
    const before = drawing.points;
    const stroke = erasing ? [] : dab(at, brush, Math.random);
    const result = erasing ? eraseAt(before, at, reach) : withStroke(before, stroke);
    gesture.current = { before, erasing, stroke, tip: { at, sinceLast: 0 }, result };
    setCursor(at);
    drawing.preview(result);
  };

  const onPointerMove = (event: PointerEvent<HTMLCanvasElement>) => {
    if (!event.isPrimary) return;
    const box = event.currentTarget.getBoundingClientRect();
    const at = toDataUnits(event.clientX, event.clientY, box);
    setCursor(at);
    const active = gesture.current;
    if (!active) return;
    if (active.erasing) {
      active.result = eraseAlong(active.result, active.tip.at, at, reach);
      active.tip = { at, sinceLast: 0 };
    } else {
      const sprayed = sprayTo(active.tip, at, brush, Math.random);
      active.tip = sprayed.tip;
      active.stroke.push(...sprayed.points);
      active.result = withStroke(active.before, active.stroke);
    }
    drawing.preview(active.result);
  };

  const finish = () => {
    const active = gesture.current;
    gesture.current = null;
    if (active) drawing.commit(active.result);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const at = cursor ?? [0, 0];
    const command = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    if (command ? key === 'z' : key === 'u') drawing.undo();
    else if (command || event.altKey) return;
    else if (key === ' ' || key === 'enter') {
      drawing.commit(withStroke(drawing.points, dab(at, brush, Math.random)));
    } else if (key === 'delete' || key === 'backspace') {
      drawing.commit(eraseAt(drawing.points, at, reach));
    } else {
      const moved = cursorMove(event.key, event.shiftKey, at);
      if (!moved) return;
      setCursor(moved);
      setAnnouncement(`${moved[0].toFixed(1)}, ${moved[1].toFixed(1)}`);
    }
    event.preventDefault();
  };

  return (
    <div className="c-drawpad-surface">
      <canvas
        ref={canvas}
        {...WIDGET}
        aria-describedby={id}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={finish}
        onPointerCancel={finish}
        onPointerLeave={() => setCursor(null)}
        onFocus={(event) => event.currentTarget.matches(':focus-visible') && setCursor((at) => at ?? [0, 0])}
        onBlur={() => setCursor(null)}
        onKeyDown={onKeyDown}
      />
      {drawing.points.length === 0 && (
        <p className="c-drawpad-empty" aria-hidden="true">
          Draw here
          <small>with mouse, finger, pen or arrow keys and Space</small>
        </p>
      )}
      <span id={id} hidden>
        {INSTRUCTIONS}
      </span>
      <span className="c-visually-hidden" role="status">
        {announcement}
      </span>
    </div>
  );
}
