import {
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  useEffect,
  useLayoutEffect,
  useRef,
} from 'react';
import type { Clock } from './clock.ts';
import type { Point } from './crosshair.ts';
import { shownTime } from './shownTime.ts';
import { createStageView, type StageView } from './stageView.ts';
import { FILL } from './surface.ts';
import type { StageScene } from './types.ts';

export interface StageCanvasProps {
  readonly scene: StageScene;
  readonly clock: Clock;
  /** What the stage is called; the picture says so by itself. */
  readonly label: string;
  /** A particle was dropped at a point in data units, at the clock's time. Without it the stage is a picture only. */
  readonly onDrop?: (point: Point, t: number) => void;
  /** It is being dragged; `onDrop` comes when it is let go. */
  readonly onDrag?: (point: Point, t: number) => void;
  /** Where that which is dropped stands: the crosshair begins there, and takes it along. */
  readonly at?: Point;
}

/** A finger may still scroll the page up and down; sideways it drags. */
const TOUCHABLE: CSSProperties = {
  ...FILL,
  padding: 0,
  border: 0,
  background: 'none',
  outlineOffset: -3,
  touchAction: 'pan-y',
  cursor: 'crosshair',
};

/** A press on a picture gives the page's keys to the playback: from whatever had them and, in a frame, from the page around it. */
function takeKeys(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  window.focus();
}

/**
 * One stage, filling its positioned parent. Playing and scrubbing redraw it through the shared loop and never through React.
 * A mouse or a finger drops a particle; with the keyboard, arrows move a crosshair (Shift: further), Enter drops, Escape hides it.
 */
export function StageCanvas({ scene, clock, label, onDrop, onDrag, at }: StageCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const view = useRef<StageView | null>(null);
  const latestScene = useRef(scene);
  latestScene.current = scene;
  const dragging = useRef(false);

  useLayoutEffect(() => {
    if (canvas.current === null) return;
    const made = createStageView(canvas.current, clock, latestScene.current);
    view.current = made;
    return () => {
      made.dispose();
      view.current = null;
    };
  }, [clock]);
  useEffect(() => view.current?.setScene(scene), [scene]);

  const report = (listener: StageCanvasProps['onDrop'], event: PointerEvent): void => {
    const point = view.current?.pointAt(event);
    if (point !== undefined) listener?.(point, shownTime(scene, clock));
  };
  const onPointerDown = (event: PointerEvent<HTMLButtonElement>): void => {
    if (!event.isPrimary || event.button !== 0) return;
    dragging.current = true;
    takeKeys();
    event.currentTarget.setPointerCapture(event.pointerId);
    view.current?.hideCrosshair();
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (dragging.current && event.isPrimary) report(onDrag, event);
  };
  const onPointerUp = (event: PointerEvent): void => {
    if (!dragging.current || !event.isPrimary) return;
    dragging.current = false;
    report(onDrop, event);
  };
  const onPointerCancel = (): void => {
    dragging.current = false;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const stage = view.current;
    if (stage === null || event.ctrlKey || event.metaKey || event.altKey) return;
    if (stage.moveCrosshair(event.key, event.shiftKey)) {
      event.preventDefault();
      event.stopPropagation();
      if (at !== undefined) onDrop?.(stage.showCrosshair(), shownTime(scene, clock));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      onDrop?.(stage.showCrosshair(), shownTime(scene, clock));
    } else if (event.key === 'Escape') stage.hideCrosshair();
  };

  const picture = <canvas ref={canvas} role="img" style={FILL} />;
  if (onDrop === undefined) return <div style={FILL}>{picture}</div>;
  return (
    <div role="application" aria-label={label} style={FILL}>
      {picture}
      <button
        type="button"
        className="stage-drop"
        aria-label={
          at === undefined
            ? `Drop a particle in ${label}: arrow keys move a crosshair, Enter drops`
            : `Move x_t in ${label}: arrow keys, with Shift further`
        }
        style={TOUCHABLE}
        onMouseDown={(event) => event.preventDefault()}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={onPointerCancel}
        onKeyDown={onKeyDown}
        onFocus={() => view.current?.showCrosshair(at)}
        onBlur={() => view.current?.hideCrosshair()}
      />
    </div>
  );
}
