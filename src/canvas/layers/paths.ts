import type { ParticlePath } from '../../protocol/protocol.ts';
import type { StageFrame } from '../frame.ts';
import { bracketAt, interpolateFrames } from '../frames.ts';
import { scratchBuffer } from '../scratch.ts';
import { pixelX, pixelY } from '../view.ts';

const DASHED = [4, 4];
const SOLID: number[] = [];

/** A path runs from noise to data: before the drop it is grey and dashed (where it came from), after it solid (where it goes). */
function drawPath(frame: StageFrame, path: ParticlePath): void {
  const { context, palette, view, unit, time } = frame;
  const stroke = (first: number, last: number, dash: number[], colour: string): void => {
    context.beginPath();
    for (let k = first; k <= last; k++) {
      const px = pixelX(view, path.points[2 * k]!);
      const py = pixelY(view, path.points[2 * k + 1]!);
      if (k === first) context.moveTo(px, py);
      else context.lineTo(px, py);
    }
    context.setLineDash(dash);
    context.lineWidth = 4.5 * unit;
    context.strokeStyle = palette.background;
    context.stroke();
    context.lineWidth = 2 * unit;
    context.strokeStyle = colour;
    context.stroke();
    context.setLineDash(SOLID);
  };
  context.lineJoin = 'round';
  context.lineCap = 'round';
  stroke(0, path.droppedAt, DASHED, palette.muted);
  stroke(path.droppedAt, path.times.length - 1, SOLID, palette.accent);

  const disc = (x: number, y: number, radius: number, filled: boolean): void => {
    context.beginPath();
    context.arc(pixelX(view, x), pixelY(view, y), radius * unit, 0, 2 * Math.PI);
    context.fillStyle = filled ? palette.accent : palette.background;
    context.fill();
    context.lineWidth = 2 * unit;
    context.strokeStyle = filled ? palette.background : palette.accent;
    context.stroke();
  };
  disc(path.points[2 * path.droppedAt]!, path.points[2 * path.droppedAt + 1]!, 4, false);
  const now = interpolateFrames(path.points, 1, bracketAt(path.times, time), scratchBuffer('path marker', 2));
  disc(now[0]!, now[1]!, 5, true);
}

/** The whole path of each particle that was dropped: where it was, where it will be, and where it is now. */
export function drawPaths(frame: StageFrame): void {
  for (const path of frame.scene.paths) if (path.times.length > 0) drawPath(frame, path);
}
