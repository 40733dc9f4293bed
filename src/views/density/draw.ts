import { densityRamp, divergingRamp } from '../../canvas/colour.ts';
import type { ColourScale } from '../../canvas/colourScale.ts';
import { comparable, errorAt, type FieldSlice, fieldAt, fieldsOf } from '../../canvas/field.ts';
import type { StageFrame } from '../../canvas/frame.ts';
import { stepWords } from '../../canvas/frames.ts';
import { drawHeat } from '../../canvas/layers/field.ts';
import { drawWaiting } from '../../canvas/layers/waiting.ts';
import type { Picture } from '../../canvas/picture.ts';
import type { StagePalette, StageScene } from '../../canvas/types.ts';
import { cellOf } from '../../experiment/stageView.ts';
import type { DensityStage } from './view.ts';

/** Below 1, so that thin regions are seen beside dense ones. */
const GAMMA = 0.75;
const UNIT = 'per unit²';

interface Shown {
  readonly slice: FieldSlice;
  /** The largest density of the exact one, or of the one shown while the exact is not known. */
  readonly highest: number;
}

/** Share of the places that are no brighter than the brightest: a flow that is followed in steps may go wrong in a few. */
const QUANTILE = 0.998;

function highestOf(values: Float32Array): number {
  const sorted = values.filter(Number.isFinite).sort();
  return sorted[Math.floor(QUANTILE * (sorted.length - 1))] ?? 0;
}

/** What the stage asks for; null while a part of it is missing. */
function shownAt(scene: StageScene<DensityStage>, time: number): Shown | null {
  const { learned, exact } = fieldsOf(scene, 1);
  const { source } = scene.config;
  const own = source === 'exact' ? exact : learned;
  if (own === null) return null;
  if (source !== 'error') {
    const slice = fieldAt(own, time, source);
    return { slice, highest: highestOf(slice.values) };
  }
  if (exact === null || !comparable(own, exact)) return null;
  const slice = errorAt(own, exact, time);
  return { slice, highest: highestOf(fieldAt(exact, time, 'exact').values) };
}

function scaleOf({ source }: DensityStage, highest: number, palette: StagePalette): ColourScale {
  return source === 'error'
    ? {
        low: -highest,
        high: highest,
        ramp: divergingRamp(palette.data, palette.background, palette.sample),
        name: `model’s − exact, ${UNIT}`,
      }
    : {
        low: 0,
        high: highest,
        ramp: densityRamp(
          source === 'exact' ? palette.data : palette.sample,
          palette.background,
          palette.dark,
        ),
        name: `p_t, ${UNIT}`,
      };
}

function draw(frame: StageFrame<DensityStage>): void {
  const { palette, scene, time } = frame;
  const { source } = scene.config;
  const shown = shownAt(scene, time);
  if (shown === null) {
    drawWaiting(
      frame,
      source === 'exact' ? 'computing the exact density…' : 'following the flow from everywhere…',
    );
    return;
  }
  const { slice, highest } = shown;
  const { ramp } = scaleOf(scene.config, highest, palette);
  // What is not a number is drawn as nothing.
  const onRamp = (value: number) => (value > 0 ? Math.min(1, value) : 0);
  drawHeat(frame, slice, ramp, (node) => {
    const share = highest > 0 ? slice.values[node]! / highest : 0;
    return source === 'error' ? onRamp(0.5 + 0.5 * (share || 0)) : onRamp(share) ** GAMMA;
  });
}

/** "4.2 % elsewhere": the mass of the model's density that lies elsewhere than the exact one, half of ∫|difference|. */
function misplaced({ slice }: Shown): string {
  const cell = cellOf(slice);
  const finite = slice.values.filter(Number.isFinite);
  const lost = slice.values.length - finite.length;
  if (lost > 0) return `no number in ${lost} of ${slice.values.length} places`;
  const mass = (cell ** 2 * finite.reduce((sum, value) => sum + Math.abs(value), 0)) / 2;
  return `${(100 * mass).toFixed(1)} % elsewhere`;
}

export const picture: Picture<DensityStage> = {
  draw,
  readout(scene, time) {
    const shown = scene.config.source === 'error' ? shownAt(scene, time) : null;
    const words = stepWords(null, time);
    return shown === null ? words : [...words, misplaced(shown)];
  },
  legend(scene, time, palette) {
    const shown = shownAt(scene, time);
    return shown && scaleOf(scene.config, shown.highest, palette);
  },
  describe(scene, time) {
    const shown = shownAt(scene, time);
    if (shown === null) return 'not yet computed';
    const at = `at t = ${time.toFixed(2)}, as a heat map`;
    if (scene.config.source !== 'error') return `${at} up to ${shown.highest.toPrecision(2)} ${UNIT}`;
    return `${at}; of its mass ${misplaced(shown)}`;
  },
};
