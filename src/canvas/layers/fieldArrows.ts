import { onScale, type ShownField } from '../field.ts';
import type { StageFrame } from '../frame.ts';
import { pixelX, pixelY } from '../view.ts';

/** Arrows along each axis. */
const ARROWS = 18;

/**
 * Adds a filled arrow from (x, y) − (dx, dy) to (x, y) + (dx, dy), CSS pixels: filling is several times cheaper than
 * stroking hundreds of lines.
 * @param grow CSS pixels by which its outline is larger
 */
function addArrowShape(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  dx: number,
  dy: number,
  width: number,
  grow: number,
): void {
  const half = Math.hypot(dx, dy);
  const ux = dx / half;
  const uy = dy / half;
  const head = Math.min(3.4 * width, 1.6 * half);
  const shaft = 0.5 * width + grow;
  const wing = Math.min(1.5 * width, half) + 1.4 * grow;
  const neck = half - head - 0.4 * grow;
  const corner = (along: number, across: number, move = false): void => {
    const px = x + along * ux - across * uy;
    const py = y + along * uy + across * ux;
    if (move) context.moveTo(px, py);
    else context.lineTo(px, py);
  };
  corner(-half - grow, -shaft, true);
  corner(neck, -shaft);
  corner(neck, -wing);
  corner(half + 2 * grow, 0);
  corner(neck, wing);
  corner(neck, shaft);
  corner(-half - grow, shaft);
  context.closePath();
}

/** Arrow directions are true; lengths follow the square root of the colour's scale, so that none is lost or too long. */
export function drawFieldArrows({ context, view, unit }: StageFrame, { slice, brightest }: ShownField): void {
  const { resolution, centre, halfWidth, values: vectors } = slice;
  const spacing = (2 * halfWidth) / ARROWS;
  const longest = 0.92 * spacing * view.scale;
  /** @param offset from the centre */
  const nearest = (offset: number): number => Math.round((0.5 + offset / (2 * halfWidth)) * (resolution - 1));
  const fill = (colour: string, grow: number): void => {
    context.beginPath();
    for (let row = 0; row < ARROWS; row++) {
      for (let column = 0; column < ARROWS; column++) {
        const x = (column + 0.5) * spacing - halfWidth;
        const y = (row + 0.5) * spacing - halfWidth;
        const k = 2 * (nearest(y) * resolution + nearest(x));
        const length = Math.hypot(vectors[k]!, vectors[k + 1]!);
        const half = 0.5 * longest * Math.sqrt(onScale(length, brightest));
        if (!(half > 0.5)) continue;
        const dx = (half * vectors[k]!) / length;
        const dy = (half * vectors[k + 1]!) / length;
        addArrowShape(
          context,
          pixelX(view, centre[0] + x),
          pixelY(view, centre[1] + y),
          dx,
          -dy,
          1.5 * unit,
          grow,
        );
      }
    }
    context.fillStyle = colour;
    context.fill();
  };
  fill('rgba(0, 0, 0, 0.6)', 0.9 * unit);
  fill('#ffffff', 0);
}
