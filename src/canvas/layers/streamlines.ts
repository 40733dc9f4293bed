import type { Field } from '../../protocol/protocol.ts';
import { fieldAt, fieldsOf } from '../field.ts';
import type { StageFrame } from '../frame.ts';
import { evenStreamlines, type Streamline } from '../streamlines.ts';
import { pixelX, pixelY } from '../view.ts';

/** Lines across the picture, if they were all parallel. */
const LINES = 26;
/** Times at which lines are followed: between them they stand still, since each set begins elsewhere. */
const TIMES = 40;

const known = new WeakMap<Field, Map<number, readonly Streamline[]>>();

function linesAt(field: Field, time: number): readonly Streamline[] {
  const ofField = known.get(field) ?? new Map<number, readonly Streamline[]>();
  known.set(field, ofField);
  const k = Math.round(time * TIMES);
  const found =
    ofField.get(k) ??
    evenStreamlines(fieldAt(field, k / TIMES, 'streamlines'), (2 * field.halfWidth) / LINES);
  ofField.set(k, found);
  return found;
}

/** The lines along which the stage's own field runs, or the learned score's; nothing while it is not known. */
export function drawStreamlines({ context, scene, time, view, unit }: StageFrame): void {
  const { learned, exact } = fieldsOf(scene, 2);
  const wantsExact = scene.config.kind === 'score' && scene.config.source === 'exact';
  const field = wantsExact ? exact : learned;
  if (field === null) return;
  const lines = linesAt(field, time);
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const [width, colour] of [
    [2.8 * unit, 'rgba(0, 0, 0, 0.55)'],
    [1.3 * unit, '#ffffff'],
  ] as const) {
    context.beginPath();
    for (const line of lines) {
      for (let i = 0; i < line.length; i += 2) {
        const [px, py] = [pixelX(view, line[i]!), pixelY(view, line[i + 1]!)];
        if (i === 0) context.moveTo(px, py);
        else context.lineTo(px, py);
      }
    }
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke();
  }
  for (const line of lines) drawHead(line);

  /** Which way it runs, in its middle. */
  function drawHead(line: Streamline): void {
    const i = 2 * Math.floor(line.length / 4);
    const [px, py] = [pixelX(view, line[i]!), pixelY(view, line[i + 1]!)];
    const [dx, dy] = [px - pixelX(view, line[i - 2]!), py - pixelY(view, line[i - 1]!)];
    const size = (4 * unit) / Math.max(1e-9, Math.hypot(dx, dy));
    context.beginPath();
    context.moveTo(px + size * dx, py + size * dy);
    context.lineTo(px - size * (dx - 0.8 * dy), py - size * (dy + 0.8 * dx));
    context.lineTo(px - size * (dx + 0.8 * dy), py - size * (dy - 0.8 * dx));
    context.closePath();
    context.lineWidth = 1.2 * unit;
    context.strokeStyle = 'rgba(0, 0, 0, 0.55)';
    context.stroke();
    context.fillStyle = '#ffffff';
    context.fill();
  }
}
