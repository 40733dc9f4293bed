import type { Clock } from './clock.ts';
import { drawCrosshair, moveCrosshair, type Point } from './crosshair.ts';
import { describeStage } from './describe.ts';
import { drawStage } from './draw.ts';
import { shownTime } from './shownTime.ts';
import { createSurface } from './surface.ts';
import type { StageScene } from './types.ts';
import { dataX, dataY, viewport } from './view.ts';

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
  let scene = firstScene;
  let cross: Point = firstScene.view.centre;
  let aiming = false;
  let paintedAt: number | null = null;
  const surface = createSurface(canvas, clock, {
    paint({ context, palette, size }) {
      paintedAt = shownTime(scene, clock);
      drawStage(context, scene, paintedAt, palette, size);
      if (aiming) drawCrosshair(context, viewport(scene.view, size), palette, cross);
    },
    isPast: () => shownTime(scene, clock) !== paintedAt,
    words: () => describeStage(scene, shownTime(scene, clock)),
  });
  const { redraw } = surface;

  return {
    setScene(next) {
      scene = next;
      redraw();
    },
    pointAt({ clientX, clientY }) {
      const box = canvas.getBoundingClientRect();
      const view = viewport(scene.view, surface.size);
      return [dataX(view, clientX - box.left), dataY(view, clientY - box.top)];
    },
    moveCrosshair(key, big) {
      const view = viewport(scene.view, surface.size);
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
    dispose: surface.dispose,
  };
}
