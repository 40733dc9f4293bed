import { formatNumber } from '../../experiment/numberText.ts';
import type { ColourRamp } from '../colour.ts';
import { withAlpha } from '../colour.ts';
import type { StageFrame } from '../frame.ts';

const STEPS = 32;

/** What the colours of a field stand for. */
export interface FieldScale {
  readonly low: number;
  readonly high: number;
  readonly ramp: ColourRamp;
  /** What is shown, with its unit. */
  readonly name: string;
}

const shortNumber = (value: number): string =>
  (Math.abs(value) < 1e4 ? String(Number(value.toPrecision(2))) : formatNumber(value, 0)).replace('-', '−');

/** A bar with the ends of the scale and what it measures, on a plate in the lower right corner. */
export function drawFieldLegend(
  frame: Pick<StageFrame, 'context' | 'palette' | 'scene' | 'size' | 'textUnit'>,
  { low, high, ramp, name }: FieldScale,
): void {
  const { context, palette, scene, size, textUnit: unit } = frame;
  const width = Math.min(150 * unit, size.width - 12 * unit);
  const height = 34 * unit;
  const left = size.width - width - 6 * unit;
  // Above the numbers of the axis, and above its name where it has one.
  const top = size.height - height - (scene.fileAxes ? 34 : 20) * unit;
  context.fillStyle = withAlpha(palette.background, 0.88);
  context.beginPath();
  context.roundRect(left, top, width, height, 4 * unit);
  context.fill();

  const inner = width - 12 * unit;
  for (let k = 0; k < STEPS; k++) {
    const entry = 4 * Math.round((255 * k) / (STEPS - 1));
    context.fillStyle = `rgb(${ramp[entry]!}, ${ramp[entry + 1]!}, ${ramp[entry + 2]!})`;
    context.fillRect(left + 6 * unit + (inner * k) / STEPS, top + 17 * unit, inner / STEPS + 0.5, 4 * unit);
  }
  context.fillStyle = palette.text;
  context.font = `${10 * unit}px system-ui, sans-serif`;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  context.fillText(name, left + 6 * unit, top + 9 * unit, inner);
  context.fillText(shortNumber(low), left + 6 * unit, top + 28 * unit);
  context.textAlign = 'right';
  context.fillText(shortNumber(high), left + width - 6 * unit, top + 28 * unit);
}
