import { contours } from 'd3-contour';
import { cellOf } from '../../experiment/stageView.ts';
import type { Field } from '../../protocol/protocol.ts';
import { fieldAt, fieldsOf } from '../field.ts';
import type { StageFrame } from '../frame.ts';
import { pixelX, pixelY } from '../view.ts';

/** Shares of the mass that the lines enclose. */
const SHARES = [0.95, 0.8, 0.5] as const;
/** Lines are kept for so many times between data and noise. */
const TIMES = 200;

/** Closed lines, each [node units: 0.5 is the first node]. */
type Lines = readonly (readonly (readonly [x: number, y: number])[])[];

const known = new WeakMap<Field, Map<number, readonly Lines[]>>();

/** The densities above which so much of the mass lies. */
function thresholds(values: Float32Array): readonly number[] {
  const sorted = Float32Array.from(values).sort().reverse();
  const total = sorted.reduce((sum, value) => sum + value, 0);
  return SHARES.map((share) => {
    let sum = 0;
    for (const value of sorted) {
      sum += value;
      if (sum >= share * total) return value;
    }
    return 0;
  });
}

function linesAt(field: Field, time: number): readonly Lines[] {
  const rounded = Math.round(TIMES * time) / TIMES;
  const ofField = known.get(field) ?? new Map<number, readonly Lines[]>();
  known.set(field, ofField);
  let lines = ofField.get(rounded);
  if (lines === undefined) {
    const { values, resolution } = fieldAt(field, rounded, 'contours');
    const trace = contours().size([resolution, resolution]);
    lines = thresholds(values).map(
      (threshold) => trace.contour(Array.from(values), threshold).coordinates.flat() as unknown as Lines,
    );
    ofField.set(rounded, lines);
  }
  return lines;
}

/** Lines about 50, 80 and 95 % of the mass of the exact p_t, the inner ones stronger. */
export function drawContours(frame: StageFrame): void {
  const { exact: field } = fieldsOf(frame.scene, 1);
  if (field === null) return;
  const { context, palette, view, unit, time } = frame;
  const cell = cellOf(field);
  const at = (node: number, axis: 0 | 1) => field.centre[axis] - field.halfWidth + (node - 0.5) * cell;
  context.lineJoin = 'round';
  for (const [colour, extra] of [
    [palette.background, 1.6],
    [palette.text, 0],
  ] as const) {
    context.strokeStyle = colour;
    for (const [k, lines] of linesAt(field, time).entries()) {
      context.lineWidth = (0.8 + 0.4 * k + extra) * unit;
      context.globalAlpha = extra > 0 ? 0.5 : 0.85;
      context.beginPath();
      for (const line of lines) {
        for (const [i, [x, y]] of line.entries()) {
          if (i === 0) context.moveTo(pixelX(view, at(x, 0)), pixelY(view, at(y, 1)));
          else context.lineTo(pixelX(view, at(x, 0)), pixelY(view, at(y, 1)));
        }
        context.closePath();
      }
      context.stroke();
    }
  }
  context.globalAlpha = 1;
}
