import type { Viewport } from '../view.ts';

/**
 * Fills one disc per point. Discs are stamped from one small pre-drawn picture, which software and GPU canvases both
 * do several times faster than filling a path of arcs.
 */
const stamps = new Map<string, HTMLCanvasElement>();

function stampOf(colour: string, radius: number, ratio: number, outline: string | null): HTMLCanvasElement {
  const key = `${colour} ${radius} ${ratio} ${outline}`;
  let stamp = stamps.get(key);
  if (stamp === undefined) {
    if (stamps.size > 64) stamps.clear();
    const line = outline === null ? 0 : Math.max(1, 0.35 * radius);
    const half = Math.ceil((radius + line) * ratio) + 1;
    stamp = document.createElement('canvas');
    stamp.width = stamp.height = 2 * half;
    const context = stamp.getContext('2d');
    if (context === null) throw new Error('This browser has no 2D canvas.');
    context.beginPath();
    context.arc(half, half, radius * ratio, 0, 2 * Math.PI);
    if (outline !== null) {
      context.strokeStyle = outline;
      context.lineWidth = 2 * line * ratio;
      context.stroke();
    }
    context.fillStyle = colour;
    context.fill();
    stamps.set(key, stamp);
  }
  return stamp;
}

export interface DotStyle {
  readonly colour: string;
  /** CSS pixels. */
  readonly radius: number;
  readonly alpha: number;
  /** A ring that sets the dot off from what lies under it. */
  readonly outline?: string;
}

/** @param points interleaved data units, at least n of them; those outside the canvas are left out */
export function drawDots(
  context: CanvasRenderingContext2D,
  view: Viewport,
  ratio: number,
  points: Float32Array,
  n: number,
  style: DotStyle,
): void {
  const stamp = stampOf(style.colour, style.radius, ratio, style.outline ?? null);
  const side = stamp.width / ratio;
  const half = side / 2;
  const { originX, originY, scale, left, right, bottom, top } = view;
  context.globalAlpha = style.alpha;
  for (let i = 0; i < n; i++) {
    const x = points[2 * i]!;
    const y = points[2 * i + 1]!;
    if (x < left || x > right || y < bottom || y > top) continue;
    context.drawImage(stamp, originX + scale * x - half, originY - scale * y - half, side, side);
  }
  context.globalAlpha = 1;
}
