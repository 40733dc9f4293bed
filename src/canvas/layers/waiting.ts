import type { StageFrame } from '../frame.ts';

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
