import type { Trajectory } from '../../protocol/protocol.ts';
import type { ParticleFrame } from '../frame.ts';
import { chosenIndices, pointsPerFrame } from '../frames.ts';
import { pixelX, pixelY, type Viewport } from '../view.ts';

const COUNT = 24;
/** Strokes of equal age are drawn together: this many ages. */
const AGES = 6;
/** Longer recordings are drawn through every second, third, … frame: more corners are not seen, and cost time. */
const MOST_CORNERS = 160;

/** Adds corners first…last of one particle's path, `stride` frames apart. */
function addPath(
  context: CanvasRenderingContext2D,
  view: Viewport,
  trajectory: Trajectory,
  i: number,
  first: number,
  last: number,
  stride: number,
): void {
  const count = pointsPerFrame(trajectory);
  for (let corner = first; corner <= last; corner++) {
    const k = 2 * (corner * stride * count + i);
    const px = pixelX(view, trajectory.x[k]!);
    const py = pixelY(view, trajectory.x[k + 1]!);
    if (corner === first) context.moveTo(px, py);
    else context.lineTo(px, py);
  }
}

/** The path so far of a few particles, fading with age, and where they are now; nothing while none has moved. */
export function drawTrails(frame: ParticleFrame, trajectory: Trajectory): void {
  const { context, palette, view, unit, bracket, nParticles, x } = frame;
  if (bracket.before === 0 && bracket.weight === 0) return;
  const chosen = chosenIndices(nParticles, COUNT);
  const stride = Math.ceil(trajectory.times.length / MOST_CORNERS);
  const last = Math.floor(bracket.before / stride);
  context.strokeStyle = palette.trail;
  context.lineWidth = 1.3 * unit;
  context.lineJoin = 'round';
  context.lineCap = 'round';
  const ages = Math.max(1, Math.min(AGES, last));
  for (let age = 0; age < ages; age++) {
    const from = Math.floor((age * last) / ages);
    const to = Math.floor(((age + 1) * last) / ages);
    context.globalAlpha = 0.12 + 0.68 * ((age + 1) / ages) ** 2;
    context.beginPath();
    for (const i of chosen) {
      addPath(context, view, trajectory, i, from, to, stride);
      if (age === ages - 1) context.lineTo(pixelX(view, x[2 * i]!), pixelY(view, x[2 * i + 1]!));
    }
    context.stroke();
  }
  context.globalAlpha = 1;
  context.beginPath();
  const radius = 2.75 * unit;
  for (const i of chosen) {
    const px = pixelX(view, x[2 * i]!);
    const py = pixelY(view, x[2 * i + 1]!);
    context.moveTo(px + radius, py);
    context.arc(px, py, radius, 0, 2 * Math.PI);
  }
  context.strokeStyle = palette.background;
  context.lineWidth = 2 * unit;
  context.stroke();
  context.fillStyle = palette.trail;
  context.fill();
}
