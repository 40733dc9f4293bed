import { fieldRamp } from '../../canvas/colour.ts';
import {
  brightestAt,
  comparable,
  errorAt,
  fieldAt,
  fieldsOf,
  onScale,
  type ShownField,
} from '../../canvas/field.ts';
import type { StageFrame } from '../../canvas/frame.ts';
import { stepWords } from '../../canvas/frames.ts';
import { drawHeat } from '../../canvas/layers/field.ts';
import { drawFieldArrows } from '../../canvas/layers/fieldArrows.ts';
import { drawFieldLegend } from '../../canvas/layers/fieldLegend.ts';
import { drawWaiting } from '../../canvas/layers/readout.ts';
import type { Picture } from '../../canvas/picture.ts';
import type { StageScene } from '../../canvas/types.ts';
import type { ScoreStage } from './view.ts';

/** An error of this share of the exact score's scale has the brightest colour. */
const ERROR_SHARE = 0.25;

/** The field that the stage asks for; null while a part of it is missing. The scale is the exact score's, if known. */
function shownField(scene: StageScene<ScoreStage>, time: number): ShownField | null {
  const { learned, exact } = fieldsOf(scene, 2);
  const { source } = scene.config;
  if (source === 'error') {
    if (learned === null || exact === null || !comparable(learned, exact)) return null;
    return { slice: errorAt(learned, exact, time), brightest: ERROR_SHARE * brightestAt(exact, time) };
  }
  const field = source === 'exact' ? exact : learned;
  if (field === null) return null;
  return { slice: fieldAt(field, time, source), brightest: brightestAt(exact ?? field, time) };
}

function draw(frame: StageFrame<ScoreStage>): (() => void) | undefined {
  const { source } = frame.scene.config;
  const shown = shownField(frame.scene, frame.time);
  if (shown === null) {
    drawWaiting(frame, source === 'exact' ? 'computing the exact score…' : 'waiting for the first score…');
    return undefined;
  }
  const ramp = fieldRamp(source === 'error' ? 'error' : 'score');
  const { values } = shown.slice;
  drawHeat(frame, shown.slice, ramp, (node) =>
    onScale(Math.hypot(values[2 * node]!, values[2 * node + 1]!), shown.brightest),
  );
  drawFieldArrows(frame, shown);
  const name = source === 'error' ? '|learned − exact|, 1/unit' : '|score|, 1/unit';
  return () => drawFieldLegend(frame, { low: 0, high: shown.brightest, ramp, name });
}

/** The score (or the learned one's error) as arrows over its length. */
export const picture: Picture<ScoreStage> = {
  draw,
  coversGround: true,
  readout: (_, time) => stepWords(null, time),
  describe(scene, time) {
    const { learned, exact } = fieldsOf(scene, 2);
    const { source } = scene.config;
    const ready = (source === 'exact' || learned !== null) && (source === 'learned' || exact !== null);
    if (!ready) return 'not yet computed';
    return `at t = ${time.toFixed(2)}, as arrows over a heat map of its length`;
  },
};
