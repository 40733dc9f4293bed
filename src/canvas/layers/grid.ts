import type { StageFrame } from '../frame.ts';
import { pixelX, pixelY } from '../view.ts';
import { axisTicks } from './axisTicks.ts';

/** A line across the stage: where it is in data units, and the number it stands for. */
interface GridLine {
  readonly at: number;
  readonly value: number;
  readonly text: string;
}

/** Ticks this far apart are read without crowding, CSS pixels. */
const SPACING = 52;

/** From so many CSS pixels per data unit on, integers would be too few to read a scale from. */
const MAGNIFIED = 110;
const OF_DATA = { centre: [0, 0], scale: [1, 1] } as const;

/** The lines of an axis: integers of the data's units where they suffice, else round numbers; of a file's own units where it has some. */
function linesOf({ scene, view, size, textUnit }: StageFrame, axis: 0 | 1): readonly GridLine[] {
  const [low, high] = axis === 0 ? [view.left, view.right] : [view.bottom, view.top];
  const axes = scene.fileAxes ?? (view.scale > MAGNIFIED ? OF_DATA : null);
  if (axes === null) {
    const every = view.scale < 14 ? 5 : 1;
    const first = Math.ceil(low / every);
    return Array.from({ length: Math.max(0, Math.floor(high / every) - first + 1) }, (_, i) => {
      const value = (first + i) * every;
      return { at: value, value, text: value % (every === 1 ? 2 : 5) === 0 ? written(value) : '' };
    });
  }
  const centre = axes.centre[axis];
  const scale = axes.scale[axis];
  const pixels = axis === 0 ? size.width : size.height;
  const { values, format } = axisTicks(
    centre + low / scale,
    centre + high / scale,
    pixels / (SPACING * textUnit),
  );
  return values.map((value) => ({ at: (value - centre) * scale, value, text: format(value) }));
}

const written = (value: number) => `${value}`.replace('-', '−');

/** Background, lines at round numbers, and stronger axes. */
export function drawGrid(frame: StageFrame): void {
  const { context, palette, size, view, unit } = frame;
  context.fillStyle = palette.background;
  context.fillRect(0, 0, size.width, size.height);
  const [columns, rows] = [linesOf(frame, 0), linesOf(frame, 1)];
  context.strokeStyle = palette.grid;
  for (const axes of [false, true]) {
    context.lineWidth = axes ? 1.6 * unit : 0.8 * unit;
    context.beginPath();
    for (const { at, value } of columns) {
      if ((value === 0) !== axes) continue;
      const px = Math.round(pixelX(view, at)) + 0.5;
      context.moveTo(px, 0);
      context.lineTo(px, size.height);
    }
    for (const { at, value } of rows) {
      if ((value === 0) !== axes) continue;
      const py = Math.round(pixelY(view, at)) + 0.5;
      context.moveTo(0, py);
      context.lineTo(size.width, py);
    }
    context.stroke();
  }
}

/** Numbers along the lower and left edges, and what the axes are called, over everything else but quiet. */
export function drawTicks(frame: StageFrame, colour: string): void {
  const { context, scene, palette, size, view, textUnit: unit } = frame;
  context.font = `${10 * unit}px system-ui, sans-serif`;
  context.fillStyle = colour;
  context.strokeStyle = palette.background;
  context.lineWidth = 3 * unit;
  context.lineJoin = 'round';
  const write = (text: string, x: number, y: number): void => {
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
  };
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  const margin = 24 * unit;
  for (const { at, text } of linesOf(frame, 0)) {
    const px = pixelX(view, at);
    if (px > margin && px < size.width - margin / 2) write(text, px, size.height - 4 * unit);
  }
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  for (const { at, text } of linesOf(frame, 1)) {
    const py = pixelY(view, at);
    if (py > margin && py < size.height - margin) write(text, 4 * unit, py);
  }
  if (!scene.fileAxes) return;
  const [nameX, nameY] = scene.fileAxes.names;
  context.font = `600 ${10 * unit}px system-ui, sans-serif`;
  const room = size.width / 2;
  context.textBaseline = 'alphabetic';
  write(shortened(context, nameY, room), 4 * unit, 36 * unit);
  context.textAlign = 'right';
  write(shortened(context, nameX, room), size.width - 4 * unit, size.height - 17 * unit);
}

/** As much of a name as there is room for. */
function shortened(context: CanvasRenderingContext2D, name: string, room: number): string {
  if (context.measureText(name).width <= room) return name;
  const part = Math.max(1, Math.floor((name.length * room) / context.measureText(name).width) - 1);
  return `${name.slice(0, part)}…`;
}
