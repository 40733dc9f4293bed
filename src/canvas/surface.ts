import type { CSSProperties } from 'react';
import type { Clock } from './clock.ts';
import { readPalette, watchTheme } from './palette.ts';
import { renderLoop } from './renderLoop.ts';
import type { StagePalette } from './types.ts';
import type { StageSize } from './view.ts';

const LARGEST_RATIO = 2;
/** Milliseconds between two text alternatives while the clock plays. */
const DESCRIBE_EVERY = 2000;

/** Fills the positioned parent. */
export const FILL: CSSProperties = {
  position: 'absolute',
  inset: 0,
  display: 'block',
  width: '100%',
  height: '100%',
};

/** What a picture is drawn on. */
export interface SurfaceFrame {
  readonly context: CanvasRenderingContext2D;
  readonly palette: StagePalette;
  readonly size: StageSize;
}

export interface Picture {
  paint(frame: SurfaceFrame): void;
  /** Whether the clock has moved it since it was painted. */
  isPast(): boolean;
  /** The picture in words. */
  words(): string;
}

export interface Surface {
  readonly size: StageSize;
  /** Asks for the picture to be painted again in the next frame. */
  redraw(): void;
  dispose(): void;
}

/**
 * Keeps a picture on a canvas as large, as sharp and in the colours that the page has, and paints it when the clock moves and it is
 * in sight; never through React. Its words are the canvas's label, renewed now and then while the clock plays.
 */
export function createSurface(canvas: HTMLCanvasElement, clock: Clock, picture: Picture): Surface {
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser has no 2D canvas.');
  let palette = readPalette(canvas);
  let size: StageSize = { width: 0, height: 0, ratio: 1 };
  let visible = true;
  let dirty = true;
  let describedAt = Number.NEGATIVE_INFINITY;

  const redraw = (): void => {
    dirty = true;
    renderLoop.request();
  };
  const label = (now: number): void => {
    if (clock.playing && now - describedAt < DESCRIBE_EVERY) return;
    describedAt = now;
    canvas.setAttribute('aria-label', picture.words());
  };
  const draw = (now: number): boolean => {
    if (!dirty || !visible || size.width === 0) return false;
    dirty = false;
    picture.paint({ context, palette, size });
    label(now);
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
    clock.subscribe(() => {
      if (picture.isPast()) redraw();
      else label(performance.now());
    }),
    watchTheme(() => {
      palette = readPalette(canvas);
      redraw();
    }),
    renderLoop.add('draw', draw),
  ];
  resize();
  label(performance.now());
  return {
    get size() {
      return size;
    },
    redraw,
    dispose() {
      resizes.disconnect();
      sights?.disconnect();
      for (const stop of stops) stop();
    },
  };
}
