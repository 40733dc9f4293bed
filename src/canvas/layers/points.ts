import { mixHex } from '../colour.ts';
import type { ParticleFrame, StageFrame } from '../frame.ts';
import { drawDots } from './dots.ts';

/** Fewer points are drawn larger; 1 000 of them have radius 1.7 CSS pixels. */
function radiusFor(n: number, unit: number): number {
  const radius = 1.7 * Math.min(1.5, Math.max(0.75, (1000 / Math.max(1, n)) ** 0.25)) * unit;
  return Math.round(8 * radius) / 8;
}

/** The data set itself, faint, as something to compare with. */
export function drawGhostData({ context, scene, palette, size, view, unit }: StageFrame): void {
  const n = scene.data.length / 2;
  drawDots(context, view, size.ratio, scene.data, n, {
    colour: palette.data,
    radius: radiusFor(n, 0.8 * unit),
    alpha: palette.dark ? 0.32 : 0.22,
  });
}

export function drawPoints(frame: ParticleFrame): void {
  const { context, scene, palette, size, view, unit, ink, nParticles, x } = frame;
  const overDensity = scene.layers.includes('density');
  drawDots(context, view, size.ratio, x, nParticles, {
    colour: overDensity ? mixHex(ink, palette.text, 0.55) : ink,
    radius: radiusFor(nParticles, overDensity ? 0.75 * unit : unit),
    alpha: overDensity ? 0.55 : 0.75,
  });
}

/** Where the model thinks each particle will end: E[x_0|x_t]. */
export function drawPredictions({
  context,
  palette,
  size,
  view,
  unit,
  nParticles,
  x0Hat,
}: ParticleFrame): void {
  drawDots(context, view, size.ratio, x0Hat, nParticles, {
    colour: palette.prediction,
    radius: radiusFor(nParticles, 0.85 * unit),
    alpha: 0.7,
  });
}
