import { fieldAt, fieldsOf, scaleAt } from '../field.ts';
import type { StageFrame } from '../frame.ts';
import { drawFieldArrows } from './fieldArrows.ts';

/** Faint enough for what stands on or below it. */
const STRENGTH = 0.45;

/** The learned score as arrows over another view; nothing while it is not known. */
export function drawScore(frame: StageFrame): void {
  const { learned } = fieldsOf(frame.scene, 2);
  if (learned === null) return;
  const { context, time } = frame;
  context.globalAlpha = STRENGTH;
  drawFieldArrows(frame, {
    slice: fieldAt(learned, time, 'overlay'),
    brightest: scaleAt(learned, time).high,
  });
  context.globalAlpha = 1;
}
