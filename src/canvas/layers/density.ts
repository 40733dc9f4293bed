import { type ColourRamp, densityRamp } from '../colour.ts';
import type { ParticleFrame } from '../frame.ts';
import { bandwidth, type DensityGrid, densityGrid, spread } from '../kde.ts';
import { scratchImage } from '../scratch.ts';
import { pixelX, pixelY } from '../view.ts';

/** Cells along each axis: about two thirds of a bandwidth each. */
const SIDE = 96;
/** Below 1, so that thin regions are seen beside dense ones. */
const GAMMA = 0.75;

function paint(grid: DensityGrid, ramp: ColourRamp, pixels: Uint32Array): void {
  const colours = new Uint32Array(ramp.buffer);
  const cells = grid.side * grid.side;
  const perDensity = grid.maximum > 0 ? 1 / grid.maximum : 0;
  for (let k = 0; k < cells; k++) pixels[k] = colours[(255 * (grid.values[k]! * perDensity) ** GAMMA) | 0]!;
}

/** Kernel density estimate of the particles as a heat map; its darkest colour is its own highest value. */
export function drawDensity({ context, scene, palette, view, ink, nParticles, x }: ParticleFrame): void {
  const [centreX, centreY] = scene.view.centre;
  const { halfWidth } = scene.view;
  const square = { left: centreX - halfWidth, top: centreY + halfWidth, width: 2 * halfWidth };
  const scale = scene.data.length > 2 ? spread(scene.data, scene.data.length / 2) : halfWidth / 3;
  const grid = densityGrid(x, nParticles, square, SIDE, bandwidth(nParticles, scale));
  const image = scratchImage(SIDE, SIDE);
  paint(grid, densityRamp(ink, palette.background, palette.dark), image.pixels);
  image.context.putImageData(image.image, 0, 0);
  context.imageSmoothingEnabled = true;
  const side = view.scale * square.width;
  context.drawImage(image.canvas, pixelX(view, square.left), pixelY(view, square.top), side, side);
}
