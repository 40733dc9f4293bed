import type { StagePalette } from './types.ts';
import { pixelX, pixelY, type Viewport } from './view.ts';

/** Where the keyboard would drop a particle, data units. */
export type Point = readonly [x: number, y: number];

const STEP = 0.1;
const BIG_STEP = 0.5;
/** Across a plane that is magnified. */
const MOST_STEPS = 40;
const MOVES: Readonly<Record<string, Point>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** The crosshair after a key, held inside the view; null for a key that does not move it. */
export function moveCrosshair(from: Point, key: string, big: boolean, view: Viewport): Point | null {
  const move = MOVES[key];
  if (move === undefined) return null;
  const step = (big ? BIG_STEP / STEP : 1) * Math.min(STEP, (view.right - view.left) / MOST_STEPS);
  const within = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
  return [
    within(from[0] + step * move[0], view.left, view.right),
    within(from[1] + step * move[1], view.bottom, view.top),
  ];
}

export function drawCrosshair(
  context: CanvasRenderingContext2D,
  view: Viewport,
  palette: StagePalette,
  [x, y]: Point,
): void {
  const px = pixelX(view, x);
  const py = pixelY(view, y);
  const arm = 11 * palette.emphasis;
  context.beginPath();
  context.moveTo(px - arm, py);
  context.lineTo(px + arm, py);
  context.moveTo(px, py - arm);
  context.lineTo(px, py + arm);
  context.lineCap = 'round';
  context.strokeStyle = palette.background;
  context.lineWidth = 5 * palette.emphasis;
  context.stroke();
  context.strokeStyle = palette.accent;
  context.lineWidth = 2 * palette.emphasis;
  context.stroke();
}
