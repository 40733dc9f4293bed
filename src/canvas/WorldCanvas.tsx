import { useEffect, useLayoutEffect, useRef } from 'react';
import type { Clock } from './clock.ts';
import { createSurface, FILL, type SurfaceFrame } from './surface.ts';

/** What a world's picture is drawn on, in CSS pixels, at one time. */
export interface WorldFrame extends SurfaceFrame {
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
    let paintedAt: number | null = null;
    const surface = createSurface(canvas.current, clock, {
      paint(frame) {
        const { context, palette, size } = frame;
        context.setTransform(size.ratio, 0, 0, size.ratio, 0, 0);
        context.fillStyle = palette.background;
        context.fillRect(0, 0, size.width, size.height);
        paintedAt = clock.time;
        latest.current.draw({ ...frame, time: paintedAt });
      },
      isPast: () => clock.time !== paintedAt,
      words: () => latest.current.words(clock.time),
    });
    redraw.current = surface.redraw;
    return surface.dispose;
  }, [clock]);
  useEffect(() => {
    if (draw !== undefined && words !== undefined) redraw.current();
  }, [draw, words]);
  return <canvas ref={canvas} role="img" style={FILL} />;
}
