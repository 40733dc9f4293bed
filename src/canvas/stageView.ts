import type { Clock } from './clock.ts';
import { drawCrosshair, moveCrosshair, type Point } from './crosshair.ts';
import { describeStage } from './describe.ts';
import { drawStage } from './draw.ts';
import { readPalette, watchTheme } from './palette.ts';
import { renderLoop } from './renderLoop.ts';
import { shownTime } from './shownTime.ts';
import type { StageScene } from './types.ts';
import { dataX, dataY, type StageSize, viewport } from './view.ts';

const LARGEST_RATIO = 2;
/** Milliseconds between two text alternatives while the clock plays. */
const DESCRIBE_EVERY = 2000;

/** A canvas that shows a scene at the clock's time. Made once per element; lives outside React. */
export interface StageView {
  setScene(scene: StageScene): void;
  /** The point of the view under a pointer, data units. */
  pointAt(event: { clientX: number; clientY: number }): Point;
  /** Moves the crosshair; returns whether the key was one that does. */
  moveCrosshair(key: string, big: boolean): boolean;
  /** Shows the crosshair at a point or where it last was, at first in the middle; returns where. */
  showCrosshair(at?: Point): Point;
  hideCrosshair(): void;
  dispose(): void;
}

export function createStageView(canvas: HTMLCanvasElement, clock: Clock, firstScene: StageScene): StageView {
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser has no 2D canvas.');
  let scene = firstScene;
  let palette = readPalette(canvas);
  let size: StageSize = { width: 0, height: 0, ratio: 1 };
  let cross: Point = firstScene.view.centre;
  let aiming = false;
  let visible = true;
  let dirty = true;
  let describedAt = Number.NEGATIVE_INFINITY;

  const redraw = (): void => {
    dirty = true;
    renderLoop.request();
  };
  const updateLabel = (now: number): void => {
    if (clock.playing && now - describedAt < DESCRIBE_EVERY) return;
    describedAt = now;
    canvas.setAttribute('aria-label', describeStage(scene, shownTime(scene, clock)));
  };
  const draw = (now: number): boolean => {
    if (!dirty || !visible || size.width === 0) return false;
    dirty = false;
    drawStage(context, scene, shownTime(scene, clock), palette, size);
    if (aiming) drawCrosshair(context, viewport(scene.view, size), palette, cross);
    updateLabel(now);
    return false;
  };
  const resize = (): void => {
    const { width, height } = canvas.getBoundingClientRect();
    const ratio = Math.min(LARGEST_RATIO, devicePixelRatio);
    if (width === size.width && height === size.height && ratio === size.ratio) return;
    size = { width, height, ratio };
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    dirty = true;
    draw(performance.now()); // at once: resizing has emptied the canvas
  };

  const resizes = new ResizeObserver(resize);
  resizes.observe(canvas);
  const seen = (entries: readonly IntersectionObserverEntry[]): void => {
    visible = entries[entries.length - 1]?.isIntersecting ?? true;
    if (visible) redraw();
  };
  // Without one, every stage is drawn, in sight or not.
  const sights = typeof IntersectionObserver === 'function' ? new IntersectionObserver(seen) : null;
  sights?.observe(canvas);
  const stops = [
    clock.subscribe(redraw),
    watchTheme(() => {
      palette = readPalette(canvas);
      redraw();
    }),
    renderLoop.add('draw', draw),
  ];
  resize();
  updateLabel(performance.now());

  return {
    setScene(next) {
      scene = next;
      redraw();
    },
    pointAt({ clientX, clientY }) {
      const box = canvas.getBoundingClientRect();
      const view = viewport(scene.view, size);
      return [dataX(view, clientX - box.left), dataY(view, clientY - box.top)];
    },
    moveCrosshair(key, big) {
      const view = viewport(scene.view, size);
      const moved = moveCrosshair(cross, key, big, view);
      if (moved === null) return false;
      cross = moved;
      aiming = true;
      redraw();
      return true;
    },
    showCrosshair(at = cross) {
      cross = at;
      aiming = true;
      redraw();
      return cross;
    },
    hideCrosshair() {
      aiming = false;
      redraw();
    },
    dispose() {
      resizes.disconnect();
      sights?.disconnect();
      for (const stop of stops) stop();
    },
  };
}
