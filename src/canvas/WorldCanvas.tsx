import { type CSSProperties, useEffect, useLayoutEffect, useRef } from 'react';
import type { Clock } from './clock.ts';
import { readPalette, watchTheme } from './palette.ts';
import { renderLoop } from './renderLoop.ts';
import type { StagePalette } from './types.ts';
import type { StageSize } from './view.ts';

const LARGEST_RATIO = 2;
/** Milliseconds between two text alternatives while the clock plays. */
const DESCRIBE_EVERY = 2000;
const FILL: CSSProperties = {
  position: 'absolute',
  inset: 0,
  display: 'block',
  width: '100%',
  height: '100%',
};

/** What a world's picture is drawn on, in CSS pixels, at one time. */
export interface WorldFrame {
  readonly context: CanvasRenderingContext2D;
  readonly palette: StagePalette;
  readonly size: StageSize;
  /** 0 is data, 1 is noise. */
  readonly time: number;
}

interface WorldCanvasProps {
  readonly clock: Clock;
  /** The picture as a pure function of what it closes over and of the time. */
  readonly draw: (frame: WorldFrame) => void;
  /** The picture in words. */
  readonly words: (time: number) => string;
}

/** One picture that follows the clock, filling its positioned parent; playing and scrubbing redraw it, and never through React. */
export function WorldCanvas({ clock, draw, words }: WorldCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef({ draw, words });
  latest.current = { draw, words };
  const redraw = useRef<() => void>(() => undefined);

  useLayoutEffect(() => {
    if (canvas.current === null) return;
    const view = follow(canvas.current, clock, latest);
    redraw.current = view.redraw;
    return view.dispose;
  }, [clock]);
  useEffect(() => {
    if (draw !== undefined && words !== undefined) redraw.current();
  }, [draw, words]);
  return <canvas ref={canvas} role="img" style={FILL} />;
}

function follow(
  canvas: HTMLCanvasElement,
  clock: Clock,
  latest: { readonly current: Pick<WorldCanvasProps, 'draw' | 'words'> },
) {
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser has no 2D canvas.');
  let palette = readPalette(canvas);
  let size: StageSize = { width: 0, height: 0, ratio: 1 };
  let dirty = true;
  let describedAt = Number.NEGATIVE_INFINITY;

  const paint = (now: number): boolean => {
    if (!dirty || size.width === 0) return false;
    dirty = false;
    const { time } = clock;
    context.setTransform(size.ratio, 0, 0, size.ratio, 0, 0);
    context.fillStyle = palette.background;
    context.fillRect(0, 0, size.width, size.height);
    latest.current.draw({ context, palette, size, time });
    if (!clock.playing || now - describedAt >= DESCRIBE_EVERY) {
      describedAt = now;
      canvas.setAttribute('aria-label', latest.current.words(time));
    }
    return false;
  };
  const redraw = (): void => {
    dirty = true;
    renderLoop.request();
  };
  const resize = (): void => {
    const { width, height } = canvas.getBoundingClientRect();
    const ratio = Math.min(LARGEST_RATIO, devicePixelRatio);
    if (width === size.width && height === size.height && ratio === size.ratio) return;
    size = { width, height, ratio };
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    dirty = true;
    paint(performance.now()); // at once: resizing has emptied the canvas
  };
  const resizes = new ResizeObserver(resize);
  resizes.observe(canvas);
  const stops = [
    clock.subscribe(redraw),
    watchTheme(() => {
      palette = readPalette(canvas);
      redraw();
    }),
    renderLoop.add('draw', paint),
  ];
  canvas.setAttribute('aria-label', latest.current.words(clock.time));
  resize();
  return {
    redraw,
    dispose() {
      resizes.disconnect();
      for (const stop of stops) stop();
    },
  };
}
