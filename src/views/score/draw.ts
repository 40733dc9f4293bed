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
import { drawWaiting } from '../../canvas/layers/waiting.ts';
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

const rampOf = ({ source }: ScoreStage) => fieldRamp(source === 'error' ? 'error' : 'score');

function draw(frame: StageFrame<ScoreStage>): void {
  const { source } = frame.scene.config;
  const shown = shownField(frame.scene, frame.time);
  if (shown === null) {
    drawWaiting(frame, source === 'exact' ? 'computing the exact score…' : 'waiting for the first score…');
    return;
  }
  const ramp = rampOf(frame.scene.config);
  const { values } = shown.slice;
  drawHeat(frame, shown.slice, ramp, (node) =>
    onScale(Math.hypot(values[2 * node]!, values[2 * node + 1]!), shown.brightest),
  );
  drawFieldArrows(frame, shown);
}

/** The score (or the learned one's error) as arrows over its length. */
export const picture: Picture<ScoreStage> = {
  draw,
  coversGround: true,
  readout: (_, time) => stepWords(null, time),
  legend(scene, time) {
    const shown = shownField(scene, time);
    if (shown === null) return null;
    const name = scene.config.source === 'error' ? '|learned − exact|, 1/unit' : '|score|, 1/unit';
    return { low: 0, high: shown.brightest, ramp: rampOf(scene.config), name };
  },
  describe(scene, time) {
    const { learned, exact } = fieldsOf(scene, 2);
    const { source } = scene.config;
    const ready = (source === 'exact' || learned !== null) && (source === 'learned' || exact !== null);
    if (!ready) return 'not yet computed';
    return `at t = ${time.toFixed(2)}, as arrows over a heat map of its length`;
  },
};
