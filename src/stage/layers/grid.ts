import type { StageFrame } from '../frame.ts';
import { pixelX, pixelY } from '../view.ts';

/** Background, a line at each integer of the data's units, stronger axes, and a few numbers. */
export function drawGrid({ context, palette, size, view, unit }: StageFrame): void {
  context.fillStyle = palette.background;
  context.fillRect(0, 0, size.width, size.height);

  const every = view.scale < 14 ? 5 : 1;
  context.strokeStyle = palette.grid;
  for (const axes of [false, true]) {
    context.lineWidth = axes ? 1.6 * unit : 0.8 * unit;
    context.beginPath();
    for (let x = Math.ceil(view.left / every) * every; x <= view.right; x += every) {
      if ((x === 0) !== axes) continue;
      const px = Math.round(pixelX(view, x)) + 0.5;
      context.moveTo(px, 0);
      context.lineTo(px, size.height);
    }
    for (let y = Math.ceil(view.bottom / every) * every; y <= view.top; y += every) {
      if ((y === 0) !== axes) continue;
      const py = Math.round(pixelY(view, y)) + 0.5;
      context.moveTo(0, py);
      context.lineTo(size.width, py);
    }
    context.stroke();
  }
}

/** Numbers at even integers along the lower and left edges, over everything else but quiet. */
export function drawTicks({ context, scene, palette, size, view, textUnit: unit }: StageFrame): void {
  const every = view.scale < 14 ? 5 : 2;
  context.font = `${10 * unit}px system-ui, sans-serif`;
  context.fillStyle = scene.config.kind === 'score' ? palette.text : palette.muted;
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
  for (let x = Math.ceil(view.left / every) * every; x <= view.right; x += every) {
    const px = pixelX(view, x);
    if (px > margin && px < size.width - margin / 2)
      write(`${x}`.replace('-', '−'), px, size.height - 4 * unit);
  }
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  for (let y = Math.ceil(view.bottom / every) * every; y <= view.top; y += every) {
    const py = pixelY(view, y);
    if (py > margin && py < size.height - margin) write(`${y}`.replace('-', '−'), 4 * unit, py);
  }
}
