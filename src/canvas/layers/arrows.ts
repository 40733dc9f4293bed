import type { ParticleFrame } from '../frame.ts';
import { chosenIndices } from '../frames.ts';
import { pixelX, pixelY } from '../view.ts';

const COUNT = 80;

/** Adds a line with an open head to the path; one shorter than the head is a line alone. */
export function addArrow(
  context: CanvasRenderingContext2D,
  fromX: number,
  fromY: number,
  toX: number,
  toY: number,
  head: number,
): void {
  context.moveTo(fromX, fromY);
  context.lineTo(toX, toY);
  const length = Math.hypot(toX - fromX, toY - fromY);
  if (length < 1.2 * head) return;
  const ux = ((toX - fromX) / length) * head;
  const uy = ((toY - fromY) / length) * head;
  context.moveTo(toX - 0.87 * ux + 0.5 * uy, toY - 0.87 * uy - 0.5 * ux);
  context.lineTo(toX, toY);
  context.lineTo(toX - 0.87 * ux - 0.5 * uy, toY - 0.87 * uy + 0.5 * ux);
}

/** From x_t to the prediction x̂₀, for some of the particles. */
export function drawPredictionArrows(frame: ParticleFrame): void {
  const { context, palette, view, unit, nParticles, x, x0Hat } = frame;
  context.strokeStyle = palette.prediction;
  context.lineWidth = 1.1 * unit;
  context.globalAlpha = 0.75;
  context.lineCap = 'round';
  context.beginPath();
  for (const i of chosenIndices(nParticles, COUNT)) {
    addArrow(
      context,
      pixelX(view, x[2 * i]!),
      pixelY(view, x[2 * i + 1]!),
      pixelX(view, x0Hat[2 * i]!),
      pixelY(view, x0Hat[2 * i + 1]!),
      5 * unit,
    );
  }
  context.stroke();
  context.globalAlpha = 1;
}
