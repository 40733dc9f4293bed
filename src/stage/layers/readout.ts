import type { StageFrame } from '../frame.ts';
import { stepLabel } from '../frames.ts';

/** t and the network evaluations so far, in the upper left corner. */
export function drawReadout({ context, scene, time, palette, size, textUnit: unit }: StageFrame): void {
  context.font = `600 ${12 * unit}px system-ui, sans-serif`;
  context.textAlign = 'left';
  context.textBaseline = 'top';
  context.lineJoin = 'round';
  context.lineWidth = 4 * unit;
  context.strokeStyle = palette.background;
  context.fillStyle = palette.text;
  const label = stepLabel(scene.trajectory, time);
  const room = size.width - 14 * unit;
  context.strokeText(label, 8 * unit, 8 * unit, room);
  context.fillText(label, 8 * unit, 8 * unit, room);
}

/** What a stage says while it has nothing to show. */
export function drawWaiting({ context, size, palette, textUnit: unit }: StageFrame, words: string): void {
  context.font = `${13 * unit}px system-ui, sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = 6 * unit;
  context.strokeStyle = palette.background;
  context.fillStyle = palette.muted;
  context.strokeText(words, size.width / 2, size.height / 2, size.width - 16);
  context.fillText(words, size.width / 2, size.height / 2, size.width - 16);
}
