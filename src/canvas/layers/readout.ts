import type { StageFrame } from '../frame.ts';

/** Kept free in the upper right corner, CSS pixels: the button that removes a dropped particle is there. */
const CORNER = 30;

/** Words in the upper left corner: on one line, or two where it is narrow. */
export function drawReadout(frame: StageFrame, words: readonly string[]): void {
  const { context, scene, palette, size, textUnit: unit } = frame;
  context.font = `600 ${12 * unit}px system-ui, sans-serif`;
  context.textAlign = 'left';
  context.textBaseline = 'top';
  context.lineJoin = 'round';
  context.lineWidth = 4 * unit;
  context.strokeStyle = palette.background;
  context.fillStyle = palette.text;
  const room = size.width - 10 * unit - (scene.paths.length > 0 ? CORNER : 0);
  const line = words.join(' · ');
  const lines = context.measureText(line).width <= room ? [line] : words;
  const write = (text: string, row: number): void => {
    const y = (8 + 15 * row) * unit;
    context.strokeText(text, 8 * unit, y, room);
    context.fillText(text, 8 * unit, y, room);
  };
  for (const [row, text] of lines.entries()) write(text, row);
  if (scene.shrunkBy === null) return;
  context.font = `${11 * unit}px system-ui, sans-serif`;
  write(`drawn ${scene.shrunkBy}`, lines.length);
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
