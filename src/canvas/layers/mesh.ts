import { mixHex } from '../colour.ts';
import type { ParticleFrame } from '../frame.ts';
import { pixelX, pixelY } from '../view.ts';

/** A regular grid of x_T carried through the sampler; the colour runs along its first axis, so that folds can be read. */
export function drawMesh({ context, palette, view, unit, nParticles, nMesh, x }: ParticleFrame): void {
  const line = (start: number, stride: number): void => {
    context.beginPath();
    for (let k = 0; k < nMesh; k++) {
      const i = 2 * (nParticles + start + k * stride);
      const px = pixelX(view, x[i]!);
      const py = pixelY(view, x[i + 1]!);
      if (k === 0) context.moveTo(px, py);
      else context.lineTo(px, py);
    }
    context.stroke();
  };
  context.lineJoin = 'round';
  context.lineWidth = 0.9 * unit;
  context.globalAlpha = 0.7;
  for (let k = 0; k < nMesh; k++) {
    context.strokeStyle = mixHex(palette.data, palette.sample, nMesh > 1 ? k / (nMesh - 1) : 0);
    line(k, nMesh);
  }
  context.strokeStyle = palette.muted;
  context.globalAlpha = 0.45;
  for (let k = 0; k < nMesh; k++) line(k * nMesh, 1);
  context.globalAlpha = 1;
}
