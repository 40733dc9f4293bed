import { type ColourRamp, fieldRamp } from '../colour.ts';
import { brightestAt, comparable, errorAt, fieldAt, onScale, type ShownField } from '../field.ts';
import type { StageFrame } from '../frame.ts';
import { scratchImage } from '../scratch.ts';
import type { StageScene } from '../types.ts';
import { pixelX, pixelY } from '../view.ts';
import { drawFieldArrows } from './fieldArrows.ts';
import { drawFieldLegend } from './fieldLegend.ts';
import { drawWaiting } from './readout.ts';

const nothing = (): void => {};

/** An error of this share of the exact score's scale has the brightest colour. */
const ERROR_SHARE = 0.25;

/** The field that the stage asks for; null while a part of it is missing. The scale is the exact score's, if known. */
function shownField(scene: StageScene, time: number): ShownField | null {
  const { learnedField: learned, exactField: exact, config } = scene;
  if (config.kind !== 'score') return null;
  if (config.source === 'error') {
    if (learned === null || exact === null || !comparable(learned, exact)) return null;
    return { slice: errorAt(learned, exact, time), brightest: ERROR_SHARE * brightestAt(exact, time) };
  }
  const field = config.source === 'exact' ? exact : learned;
  if (field === null) return null;
  return { slice: fieldAt(field, time, config.source), brightest: brightestAt(exact ?? field, time) };
}

function drawHeat({ context, view }: StageFrame, { slice, brightest }: ShownField, ramp: ColourRamp): void {
  const { resolution, low, high, vectors } = slice;
  const image = scratchImage(resolution, resolution);
  const colours = new Uint32Array(ramp.buffer);
  for (let row = 0; row < resolution; row++) {
    const target = (resolution - 1 - row) * resolution;
    for (let column = 0; column < resolution; column++) {
      const k = 2 * (row * resolution + column);
      const length = Math.sqrt(vectors[k]! ** 2 + vectors[k + 1]! ** 2);
      image.pixels[target + column] = colours[(255 * onScale(length, brightest)) | 0]!;
    }
  }
  image.context.putImageData(image.image, 0, 0);
  const cell = (high - low) / (resolution - 1);
  const side = view.scale * (high - low + cell);
  context.imageSmoothingEnabled = true;
  context.drawImage(image.canvas, pixelX(view, low - cell / 2), pixelY(view, high + cell / 2), side, side);
}

/**
 * The score (or the learned one's error) as arrows over its length; says what it waits for while it is missing.
 * @returns draws the legend, which goes over everything else
 */
export function drawField(frame: StageFrame): () => void {
  const { config } = frame.scene;
  if (config.kind !== 'score') return nothing;
  const shown = shownField(frame.scene, frame.time);
  if (shown === null) {
    drawWaiting(
      frame,
      config.source === 'exact' ? 'computing the exact score…' : 'waiting for the first score…',
    );
    return nothing;
  }
  const ramp = fieldRamp(config.source === 'error' ? 'error' : 'score');
  drawHeat(frame, shown, ramp);
  drawFieldArrows(frame, shown);
  return () =>
    drawFieldLegend(
      frame,
      shown.brightest,
      ramp,
      config.source === 'error' ? '|learned − exact|' : '|score|',
    );
}
