import { fieldRamp } from '../../canvas/colour.ts';
import {
  comparable,
  errorAt,
  fieldAt,
  fieldsOf,
  type LengthScale,
  onLogScale,
  onScale,
  type ShownField,
  scaleAt,
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

interface Shown extends ShownField {
  /** The shortest length that is not drawn darkest, on a logarithmic scale; 0 on an even one. */
  readonly darkest: number;
}

/** The field that the stage asks for; null while a part of it is missing. The scale is the exact score's, if known. */
function shownField(scene: StageScene<ScoreStage>, time: number): Shown | null {
  const { learned, exact } = fieldsOf(scene, 2);
  const { source } = scene.config;
  if (source === 'error') {
    if (learned === null || exact === null || !comparable(learned, exact)) return null;
    const brightest = ERROR_SHARE * scaleAt(exact, time).high;
    return { slice: errorAt(learned, exact, time), brightest, darkest: 0 };
  }
  const field = source === 'exact' ? exact : learned;
  if (field === null) return null;
  const { low, high } = scaleAt(exact ?? field, time);
  return { slice: fieldAt(field, time, source), brightest: high, darkest: low };
}

/** Longer scores have numbers that say nothing: only how many times the others they are is told. */
const LARGEST_TOLD = 10_000;

/** The ends of the scale as people can read them: beside noise of next to nothing, a score has fourteen digits. */
export function legendOf(
  { low, high }: LengthScale,
  field: ScoreStage['field'] = 'score',
): LengthScale & { readonly name: string } {
  if (field === 'drift') return { low, high, name: '|μ − x| of a step, units, log' };
  if (high < LARGEST_TOLD) return { low, high, name: '|score|, 1/unit, log' };
  return { low: 1, high: high / low, name: '|score|, × the least, log' };
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
  const [low, high] = [shown.darkest, shown.brightest];
  const share = (length: number) => (low > 0 ? onLogScale(length, { low, high }) : onScale(length, high));
  drawHeat(frame, shown.slice, ramp, (node) => share(Math.hypot(values[2 * node]!, values[2 * node + 1]!)));
  if (!frame.scene.layers.includes('streamlines')) drawFieldArrows(frame, shown);
}

/** The score (or the learned one's error) as arrows over its length. */
export const picture: Picture<ScoreStage> = {
  draw,
  coversGround: true,
  readout: (_, time) => stepWords(null, time),
  legend(scene, time) {
    const shown = shownField(scene, time);
    if (shown === null) return null;
    const [low, high] = [shown.darkest, shown.brightest];
    const ends =
      scene.config.source === 'error'
        ? { low, high, name: `|learned − exact|, ${scene.config.field === 'drift' ? 'units' : '1/unit'}` }
        : legendOf({ low, high }, scene.config.field);
    return { ...ends, ramp: rampOf(scene.config) };
  },
  describe(scene, time) {
    const { learned, exact } = fieldsOf(scene, 2);
    const { source } = scene.config;
    const ready = (source === 'exact' || learned !== null) && (source === 'learned' || exact !== null);
    if (!ready) return 'not yet computed';
    return `at t = ${time.toFixed(2)}, as arrows over a heat map of its length`;
  },
};
