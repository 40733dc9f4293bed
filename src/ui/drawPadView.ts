import { DRAWING_EXTENT, type Points, type Position } from './drawing.ts';

/** What the pad shows beside its points. */
export interface PadOverlay {
  /** Centre of the brush, data units; null when it is nowhere. */
  readonly cursor: Position | null;
  /** Its radius, data units. */
  readonly radius: number;
}

/** Data units of a pointer position inside the pad; y points up. */
export function toDataUnits(clientX: number, clientY: number, box: DOMRect): Position {
  const unit = (2 * DRAWING_EXTENT) / box.width;
  return [(clientX - box.left) * unit - DRAWING_EXTENT, DRAWING_EXTENT - (clientY - box.top) * unit];
}

/** Draws the grid, the points and the brush on a square canvas, in the colours of the page's tokens. */
export function paintPad(canvas: HTMLCanvasElement, points: Points, overlay: PadOverlay): void {
  const context = canvas.getContext('2d');
  const side = canvas.clientWidth;
  if (!context || side === 0) return;
  const ratio = window.devicePixelRatio;
  const pixels = Math.round(side * ratio);
  if (canvas.width !== pixels) canvas.width = pixels;
  if (canvas.height !== pixels) canvas.height = pixels;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, side, side);

  const tokens = getComputedStyle(canvas);
  const px = side / (2 * DRAWING_EXTENT);
  const place = ([x, y]: Position) => [(x + DRAWING_EXTENT) * px, (DRAWING_EXTENT - y) * px] as const;

  context.strokeStyle = tokens.getPropertyValue('--border');
  for (let line = -DRAWING_EXTENT + 1; line < DRAWING_EXTENT; line++) {
    const [x, y] = place([line, line]);
    context.globalAlpha = line === 0 ? 1 : 0.45;
    context.beginPath();
    context.moveTo(x, 0);
    context.lineTo(x, side);
    context.moveTo(0, y);
    context.lineTo(side, y);
    context.stroke();
  }

  context.globalAlpha = 0.85;
  context.fillStyle = tokens.getPropertyValue('--data');
  context.beginPath();
  for (let i = 0; i < points.length; i += 2) {
    const [x, y] = place([points[i]!, points[i + 1]!]);
    context.moveTo(x + 2, y);
    context.arc(x, y, 2, 0, 2 * Math.PI);
  }
  context.fill();

  context.globalAlpha = 1;
  if (overlay.cursor) paintCursor(context, place(overlay.cursor), Math.max(4, overlay.radius * px), tokens);
}

function paintCursor(
  context: CanvasRenderingContext2D,
  [x, y]: readonly [number, number],
  radius: number,
  tokens: CSSStyleDeclaration,
): void {
  context.strokeStyle = tokens.getPropertyValue('--text');
  context.lineWidth = 1;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.moveTo(x - 3, y);
  context.lineTo(x + 3, y);
  context.moveTo(x, y - 3);
  context.lineTo(x, y + 3);
  context.stroke();
}
